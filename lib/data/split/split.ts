/** How data is split into train, valid and test: what people write, and what it means. */
import { BadInput, Hindrance } from "../../base/bad_input.ts";
import { didYouMean } from "../../base/did_you_mean.ts";

/** Where a split by time cuts: after a share of all behaviours, or at a moment. */
export type Cut = { readonly share: number } | { readonly seconds: number };

/** How data is split; {@linkcode splitOf} reads it from a text. */
export type Split =
  | { readonly by: "users"; readonly seed: number }
  | { readonly by: "reference" }
  | { readonly by: "leave-last-out" }
  | { readonly by: "time"; readonly cuts: readonly [valid: Cut, test: Cut] };

/** Users 80/10/10 at random: the split where nothing else is said. */
export const USUAL_SPLIT = "users:1";

/** The ways to split, for people. */
export const SPLIT_HELP = "users, users:<seed>, reference, leave-last-out, time, " +
  "time:<share>,<share> or time:<date>,<date>";

/** After 80 and 90 % of the behaviours. */
const USUAL_CUTS = [{ share: 0.8 }, { share: 0.9 }] as const;

/** Data that cannot be split as was asked, and with which nothing else is wrong. */
export class SplitRefused extends Hindrance {}

/**
 * Reads how to split.
 *
 * @param text "users" (80/10/10 at random, seed 1), "users:7" (with another seed), "reference" (the
 *   official code's own draw), "leave-last-out", "time" (after 80 and 90 % of the behaviours),
 *   "time:0.7,0.8", or "time:2014-06-01,2014-09-01" (in UTC)
 * @param where it comes from, for the error
 * @throws {BadInput} if it is none of these, or the second cut is not after the first
 */
export function splitOf(text: string, where: string): Split {
  const [by = "", more] = /^([^:]*)(?::(.*))?$/s.exec(String(text))!.slice(1);
  const refuse = (what: string) => new BadInput(what, where, text, `There is ${SPLIT_HELP}.`);
  if (by === "users" && /^\d{1,9}$/.test(more ?? "1")) return { by, seed: Number(more ?? 1) };
  if (by === "users") throw refuse("the seed of the split is no integer from 0 to 999,999,999");
  if ((by === "reference" || by === "leave-last-out") && more === undefined) return { by };
  if (by === "time") {
    const [first, second, ...others] = more?.split(",").map(cutOf) ?? USUAL_CUTS;
    const fits = first !== undefined && second !== undefined && others.length === 0;
    if (!fits) throw refuse("no two shares between 0 and 1, or two dates, to cut at");
    const after = "share" in first
      ? "share" in second && first.share < second.share
      : "seconds" in second && first.seconds < second.seconds;
    if (!after) throw refuse("the second cut is not after the first, in the same terms");
    return { by, cuts: [first, second] };
  }
  throw refuse(
    `no way to split${didYouMean(by, ["users", "reference", "leave-last-out", "time"])}`,
  );
}

/** How to split, and the text that says so where it is not the usual way. */
export interface SplitChoice {
  readonly by: Split;
  readonly split?: string;
}

/**
 * The split that is asked for, or else the usual one.
 *
 * @param usual as a text or as what it means
 * @throws {BadInput} as {@linkcode splitOf}
 */
export function chosenSplit(
  text: string | undefined,
  where: string,
  usual: string | Split = USUAL_SPLIT,
): SplitChoice {
  const ordinary = typeof usual === "string" ? splitOf(usual, where) : usual;
  const by = text === undefined ? ordinary : splitOf(text, where);
  const split = splitText(by);
  return split === splitText(ordinary) ? { by } : { by, split };
}

/** The text of a split, one for all that mean the same. */
export function splitText(split: Split): string {
  if (split.by === "users") return `users:${split.seed}`;
  return split.by === "time" ? `time:${split.cuts.map(cutText).join(",")}` : split.by;
}

/** "2014-06-01", or "2014-06-01T12:30:00Z": a moment in UTC. */
export function momentText(seconds: number): string {
  return new Date(1000 * seconds).toISOString().replace(/\.\d+Z$/, "Z").replace(/T00:00:00Z$/, "");
}

function cutText(cut: Cut): string {
  return "share" in cut ? String(cut.share) : momentText(cut.seconds);
}

function cutOf(text: string): Cut | undefined {
  if (/^0?\.\d+$/.test(text) && Number(text) > 0) return { share: Number(text) };
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d)?)?Z?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const moment = Date.parse(`${day}${time ?? "T00:00"}Z`);
  const isDay = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day);
  return isDay ? { seconds: moment / 1000 } : undefined;
}
