/** The reference's ideal DCG beside the usual one, on the same lists: does the order change? */
import { BadInput } from "../../base/bad_input.ts";
import { runGroups } from "../../compare/entries.ts";
import { seedsInWords, spreadOf } from "../../compare/spread.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure } from "../../show/figure.ts";
import { interestColours } from "../../show/theme.ts";
import { dotRows, heightOfRows } from "../grammar/dots.ts";
import { draw } from "../grammar/drawing.ts";

/** What the two are called. */
const ways = [
  { key: "ndcg", name: "ideal of min(N, distinct targets) hits", symbol: "circle" },
  { key: "ndcgReference", name: "ideal of as many hits as there were", symbol: "diamond" },
] as const;

/**
 * A row a method and data set: test NDCG@50 by score, with both ideals. The title says how many
 * pairs of methods of one data set stand the other way round.
 *
 * @throws {BadInput} for no runs, or a seed that a group has twice
 */
export function twoNdcgs(runs: readonly Omit<Run, "curve">[]): Figure {
  if (runs.length === 0) {
    throw new BadInput("no runs", "figure's runs", "[]", "Record some with deno task sweep.");
  }
  const rows = runGroups(runs).map(({ data, method, runs }) => ({
    data,
    name: `${method.name}, ${data}`,
    spreads: ways.map(({ key }) => spreadOf(runs.map(({ test }) => 100 * test[50]![key]))),
  }));
  const pairs = rows.flatMap((a, i) =>
    rows.slice(i + 1).filter(({ data }) => data === a.data).map((b) => [a, b] as const)
  );
  const turned = pairs.filter(([a, b]) => {
    const [usual, reference] = ways.map((_, w) => a.spreads[w]!.mean - b.spreads[w]!.mean);
    return usual! * reference! < 0;
  });
  const factor = rows.map(({ spreads: [usual, reference] }) => reference!.mean / usual!.mean);
  const range = [Math.min(...factor), Math.max(...factor)].map((one) => one.toFixed(2));
  return draw({
    finding:
      `NDCG@50 with the other ideal swaps the means of ${turned.length} of ${pairs.length} pairs`,
    about: [
      "test users, ranks by score",
      `marks: mean of ${seedsInWords(rows.map(({ spreads }) => spreads[0]!.n))}, whiskers: range`,
    ],
    more: `The reference's value is ${range.join(" to ")} times the usual one.` +
      (turned.length > 0
        ? ` Swapped: ${turned.map(([a, b]) => `${a.name} and ${b.name}`).join("; ")}.`
        : ""),
    runs: recordedKeys(runs),
    height: heightOfRows(rows.length) - 4 * rows.length,
    ...dotRows({
      rows: rows.map(({ name }) => name),
      dots: ways.map(({ name, symbol }, w) => ({
        style: { name, symbol, colour: interestColours[w]! },
        values: rows.map(({ spreads }) => spreads[w]!),
      })),
      title: "test NDCG@50 (%)",
    }),
  });
}
