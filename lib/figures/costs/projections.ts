/** What plans would take on data of the paper's size, from the record of `bench paper-scale`. */
import { BadInput } from "../../base/bad_input.ts";
import type { BenchRecord } from "../../bench/record.ts";
import type { Figure } from "../../show/figure.ts";
import { grouped } from "../../show/theme.ts";
import { dotRows, heightOfRows, single } from "../grammar/dots.ts";
import { draw } from "../grammar/drawing.ts";
import { styleOf } from "../grammar/styles.ts";

/** "plan main, 30 trainings, validated on all users" */
const NAMED = /^plan (\S+), (.+ trainings), validated on (.+)$/;

/**
 * A row a plan: core-hours if all its trainings were on data of that size, validated on all users
 * and on a sample of them.
 *
 * @throws {BadInput} for a record without plans
 */
export function projections({ measurements, about, machine, date }: BenchRecord): Figure {
  const found = measurements.flatMap(({ name, unit, wall }) => {
    const [, plan, trainings, users] = unit === "core-hours" ? name.match(NAMED) ?? [] : [];
    return plan ? [{ row: `${plan} (${trainings})`, users: users!, hours: wall.median }] : [];
  });
  if (found.length === 0) {
    const remedy = "Record one with deno task bench paper-scale --record.";
    throw new BadInput("no plans in it", "record", about, remedy);
  }
  const rows = [...new Set(found.map(({ row }) => row))];
  const ways = [...new Set(found.map(({ users }) => users))];
  const totals = ways.map((way) =>
    found.filter(({ users }) => users === way).reduce((sum, { hours }) => sum + hours, 0)
  );
  const inWords = ways.map((way, w) => `${grouped(Math.round(totals[w]!))} validated on ${way}`);
  const most = found.toSorted((a, b) => b.hours - a.hours)[0]!;
  return draw({
    finding: `Plans take up to ${grouped(Math.round(most.hours))} core-hours at the paper's size`,
    about: [about, `${machine}, ${date.slice(0, 10)}`],
    more: `All plans, what several share counted in each, core-hours: ${inWords.join(", ")}.`,
    height: heightOfRows(rows.length) + 30,
    ...dotRows({
      rows,
      dots: ways.map((way, w) => ({
        style: {
          name: `validated on ${way}`,
          ...styleOf(w),
        },
        values: rows.map((row) => {
          const one = found.find((other) => other.row === row && other.users === way);
          return one ? single(one.hours) : null;
        }),
      })),
      title: "core-hours",
      log: true,
      digits: 1,
    }),
  });
}
