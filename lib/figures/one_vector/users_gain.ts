/** Which users gain by several interests: a row a group of users. */
import { BadInput } from "../../base/bad_input.ts";
import { signed } from "../../base/signed.ts";
import type { GroupGain } from "../../compare/gains_by_users.ts";
import type { Spread } from "../../compare/spread.ts";
import type { Displayable } from "../../show/bundle.ts";
import type { Figure } from "../../show/figure.ts";
import { markdown } from "../../show/show.ts";
import { interestColours, listed } from "../../show/theme.ts";
import { dotRows, heightOfRows } from "../grammar/dots.ts";
import { draw } from "../grammar/drawing.ts";
import { rule } from "../grammar/marks.ts";

/** Groups of users with their gains. */
export interface UsersGain {
  /** what is compared, of which data and how many seeds */
  readonly about: string;
  /** "recall@50" */
  readonly metric: string;
  readonly groups: readonly GroupGain[];
}

const kinds = [
  { name: "told from 0 by the paired rule", symbol: "circle", told: true },
  { name: "not told apart, or too few seeds", symbol: "circle-open", told: false },
] as const;

/**
 * A row a group: each user's mean gain over the seeds, as a mean with its 95 % interval over the
 * users. Full marks are told from 0 by the paired rule.
 *
 * @throws {BadInput} for no groups
 */
export function usersGain({ about, metric, groups }: UsersGain): Figure {
  if (groups.length === 0) throw new BadInput("no groups", "figure's groups", "[]", "Pass some.");
  const isTold = ({ verdict }: GroupGain) => verdict === "higher" || verdict === "lower";
  const of = (wanted: GroupGain["verdict"]) =>
    groups.filter(({ verdict }) => verdict === wanted).length;
  const dots = dotRows({
    rows: groups.map(({ by, label }) => `${by}: ${label}`),
    dots: kinds.map(({ name, symbol, told }) => ({
      style: { name, symbol, colour: interestColours[told ? 0 : 7]! },
      values: groups.map((group) => isTold(group) === told ? spread(group) : null),
    })),
    title: `gain in ${metric} (percentage points)`,
    digits: 1,
  });
  return draw({
    finding: `Gain in ${metric}: ${of("higher")} of ${groups.length} groups higher, ` +
      `${of("lower")} lower`,
    about: [about, "lines: 95 % over users"],
    more: `${groups.map(inWords).join("; ")}.`,
    height: heightOfRows(groups.length),
    data: dots.data,
    layout: { ...dots.layout, shapes: [rule({ x: 0 })] },
  });
}

/** Which groups gain, which lose, and of which nothing is told: by the one rule. */
export function usersGainInWords({ metric, groups }: UsersGain): Displayable {
  const said = (["higher", "lower", "not told apart", "too few seeds"] as const).flatMap((word) => {
    const its = groups.filter(({ verdict }) => verdict === word);
    return its.length > 0 ? `${word} for ${listed(its.map(inWords))}` : [];
  });
  return markdown(`**With several interests ${metric} is ${said.join("; ")}.**`);
}

function inWords({ by, label, overUsers }: GroupGain): string {
  return `${by} ${label} (${signed(overUsers.mean)})`;
}

function spread({ overUsers: { mean, low, high }, users }: GroupGain): Spread {
  return { mean, least: low, most: high, n: users.length };
}
