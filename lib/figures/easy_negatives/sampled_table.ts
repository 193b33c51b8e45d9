/** The table of recall@50 against the number of sampled negatives. */
import { recordedKeys, type Run } from "../../train/run.ts";
import { linesByMethod, type Point } from "../../compare/group_runs.ts";
import { methodOf } from "../../results/method.ts";
import { spreadOf } from "../../compare/spread.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { grouped } from "../../show/theme.ts";

/**
 * Test recall@50 in % by method and S, and with the full softmax over all items: the mean over
 * seeds, with the range from two seeds on, and the number of seeds. What is not recorded is a dash.
 *
 * @param runs of one data set that differ in method, S and seed
 * @throws {BadInput} for no runs, or a seed that one method and S has twice
 */
export function sampledTable(runs: readonly Run[]): Table {
  const lines = linesByMethod(runs, "S");
  const sizes = [...new Set(lines.flatMap(({ points }) => points.map(({ value }) => value)))]
    .sort((a, b) => a - b);
  const byMethod = Map.groupBy(lines, ({ style }) => `${style.model}${style.variant}`);
  const rows = [...byMethod.values()].map((lines): Row => {
    const points = lines.flatMap(({ points }) => points);
    const at = (S: number) => recall(points.find(({ value }) => value === S));
    const { config } = points[0]!.runs[0]!;
    const objective = { ...config.objective, softmax: "sampled" } as const;
    return {
      method: methodOf({ ...config, objective }).name,
      ...Object.fromEntries(
        sizes.filter(Number.isFinite).map((S) => [`S = ${grouped(S)}`, at(S)] as const),
      ),
      "all items": at(Infinity),
    };
  });
  return table(rows, {
    caption: `Test recall@50 of ${runs[0]!.data.name}, %: mean (least to greatest; seeds)`,
    runs: recordedKeys(runs),
  });
}

/** "36.3 (35.9 to 36.6; 3)", or "36.3 (1)". */
function recall(point: Point | undefined): string | null {
  if (!point) return null;
  const { mean, least, most, n } = spreadOf(
    point.runs.map((run) => 100 * run.test[50]!.recall),
  );
  const range = n === 1 ? "" : `${least.toFixed(1)} to ${most.toFixed(1)}; `;
  return `${mean.toFixed(1)} (${range}${n})`;
}
