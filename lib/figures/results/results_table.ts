/** The table of results: test metrics by method, mean and standard deviation over seeds. */
import { mean, standardDeviation } from "../../base/statistics.ts";
import type { MetricsAt } from "../../evaluate/evaluation.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import { type MethodRuns, runsByMethod } from "../../compare/group_runs.ts";
import { type Row, type Table, table } from "../../show/table.ts";

const columns: readonly (readonly [string, number, keyof MetricsAt])[] = [
  ["R@20", 20, "recall"],
  ["HR@20", 20, "hr"],
  ["NDCG@20", 20, "ndcg"],
  ["R@50", 50, "recall"],
  ["HR@50", 50, "hr"],
  ["NDCG@50", 50, "ndcg"],
];

/**
 * Test metrics in % by method: the mean and, from two seeds on, the sample standard deviation.
 * NDCG is ranked by score over the ideal of min(N, distinct targets) hits.
 *
 * @throws {BadInput} for no runs, several data sets, or several settings of one method
 */
export function resultsTable(runs: readonly Run[], caption?: string): Table {
  return table(runsByMethod(runs).map(rowOf), {
    caption: caption ?? `Test users of ${runs[0]!.data.name}, %`,
    runs: recordedKeys(runs),
  });
}

function rowOf({ style, runs, cut }: MethodRuns): Row {
  const metrics = columns.map(([name, N, metric]) =>
    [name, spread(runs.map((run) => 100 * run.test[N]![metric]))] as const
  );
  const best = runs.map((run) => run.bestStep);
  return {
    method: named(style.name, cut),
    seeds: runs.length,
    ...Object.fromEntries(metrics),
    "best step": Math.round(mean(best)),
  };
}

/** "36.3 ± 0.4", or "36.3" for one seed. */
function spread(values: readonly number[]): string {
  const centre = mean(values);
  if (values.length === 1) return centre.toFixed(1);
  return `${centre.toFixed(1)} ± ${standardDeviation(values).toFixed(1)}`;
}

/** "REMI (capped)" */
function named(method: string, cut: string | null): string {
  return cut === null ? method : `${method} (${cut})`;
}
