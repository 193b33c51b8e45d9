/** Who stands where among the methods of one data set, and how far the runs support it. */
import { resultsPath } from "../base/files.ts";
import type { Asked } from "./asked_rows.ts";
import { type Entry, entryOf } from "./entries.ts";
import { pairedTests } from "./paired_tests.ts";
import { FEWEST_SEEDS } from "./verdict.ts";

/** A method's place among others by one quantity. */
export interface Standing {
  readonly row: Asked;
  /** null if it is not recorded */
  readonly entry: Entry | null;
  /** by mean, among those that are recorded */
  readonly rank: number | null;
  /** the least and greatest rank that the verdicts leave open */
  readonly open: readonly [number, number];
  /** higher than all others with enough seeds by the rule, and than the means of the rest */
  readonly best: boolean;
}

/**
 * The standings of some rows of one data set: every pair with enough seeds is tested, with Holm's
 * adjustment over all of them.
 *
 * @param quantity as {@linkcode pairedTests} takes it
 * @throws {BadInput} as {@linkcode pairedTests}
 */
export async function standings(
  rows: readonly Asked[],
  quantity: string,
  folder: string = resultsPath(),
): Promise<Standing[]> {
  const judged = rows.filter(({ runs }) => runs.length >= FEWEST_SEEDS);
  const pairs = judged.flatMap((a, i) => judged.slice(i + 1).map((b) => [a, b] as const));
  const tests = await pairedTests(
    pairs.map(([a, b]) => ({ from: a.runs, to: b.runs })),
    quantity,
    { folder },
  );
  const above = new Map(rows.map((row) => [row, new Set<Asked>()]));
  pairs.forEach(([a, b], i) => {
    const verdict = tests[i]?.verdict;
    if (verdict === "higher") above.get(b)!.add(a);
    if (verdict === "lower") above.get(a)!.add(b);
  });
  const entries = rows.map(({ runs }) => runs.length > 0 ? entryOf(runs, quantity) : null);
  const means = entries.flatMap((entry) => entry ? [entry.mean] : []);
  return rows.map((row, i) => {
    const entry = entries[i]!;
    const below = above.get(row)!.size;
    const higher = rows.filter((other) => above.get(other)!.has(row)).length;
    const first = entry !== null && entry.mean === Math.max(...means);
    return {
      row,
      entry,
      rank: entry && 1 + means.filter((mean) => mean > entry.mean).length,
      open: [1 + higher, means.length - below],
      best: first && judged.length > 1 && below === judged.length - 1,
    };
  });
}
