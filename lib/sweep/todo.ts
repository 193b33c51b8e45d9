/** What of a plan is left to do, and what it will cost. */
import { data } from "../data/load.ts";
import type { Dataset } from "../data/interactions.ts";
import { manifestEntry } from "../data/manifest.ts";
import type { Run } from "../results/run.ts";
import { readRuns, runsFolder } from "../results/store.ts";
import { optionsOf } from "../train/arguments.ts";
import { resolveConfig, type ResolvedConfig, runKey } from "../train/config.ts";
import { secondsOf } from "./cost.ts";
import type { Point } from "./plan.ts";

/** A training that is not recorded yet. */
export interface Todo {
  readonly point: Point;
  readonly config: ResolvedConfig;
  readonly key: string;
  /** what a reader gives `deno task train` for it */
  readonly options: readonly string[];
  /** estimated seconds on an otherwise idle core */
  readonly seconds: number;
}

/** A plan against the store. */
export interface Progress {
  readonly total: number;
  readonly todo: readonly Todo[];
}

/**
 * Compares a plan with the recorded runs. A run counts as recorded when its measures were recorded
 * with it. What is left is ordered by seed and then by cost: every figure exists early and gains
 * seeds later.
 *
 * @throws {BadInput} if a data set is not at hand or a configuration cannot be trained
 */
export async function progressOf(
  points: readonly Point[],
  folder: string = runsFolder,
): Promise<Progress> {
  const { runs } = await readRuns(folder);
  const recorded = new Set(runs.map((run) => run.key));
  const done = new Set(runs.filter(isComplete).map((run) => run.key));
  const datasets = new Map<string, Dataset>();
  const todo = new Map<string, Todo>();
  const keys = new Set<string>();
  for (const point of points) {
    const dataset = datasets.get(point.data) ?? await data(point.data);
    datasets.set(point.data, dataset);
    const config = resolveConfig(point.config);
    const key = runKey(config, dataset);
    keys.add(key);
    if (done.has(key)) continue;
    const { historyLength } = await manifestEntry(point.data);
    const again = recorded.has(key) ? ["--again"] : [];
    const options = ["--data", point.data, ...optionsOf(config, historyLength), ...again];
    todo.set(key, { point, config, key, options, seconds: secondsOf(config, dataset, runs) });
  }
  const inOrder = [...todo.values()].sort((a, b) =>
    a.config.seed - b.config.seed || a.seconds - b.seconds
  );
  return { total: keys.size, todo: inOrder };
}

function isComplete(run: Run): boolean {
  return run.stop !== "interrupted" && run.measures !== undefined;
}
