/** What of a plan is left to do, and what it will cost. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { data } from "../data/load.ts";
import type { Dataset } from "../data/interactions.ts";
import { manifestEntry } from "../data/manifest.ts";
import { readRuns } from "../results/store.ts";
import { optionsOf } from "../train/arguments.ts";
import { resolveConfig, type ResolvedConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import { secondsOf } from "./cost.ts";
import type { Point } from "./plan.ts";

/** A training that is not recorded yet. */
export interface Todo {
  /** its place among all trainings of the plan, recorded or not, from 0 */
  readonly place: number;
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

/** A data set, its L, and the options with which `deno task train` has it. */
export interface SweptData {
  readonly dataset: Dataset;
  readonly historyLength: number;
  readonly options: readonly string[];
}

/**
 * Compares a plan with the recorded runs. A run counts as recorded when its measures were recorded
 * with it. What is left is ordered by seed and then by cost: every figure exists early and gains
 * seeds later.
 *
 * @param own trained on instead of the data sets that the plan names
 * @throws {BadInput} if a data set is not at hand or a configuration cannot be trained
 */
export async function progressOf(
  points: readonly Point[],
  folder: string = resultsPath(),
  own?: SweptData,
): Promise<Progress> {
  const { runs } = await readRuns(folder);
  const recorded = new Set(runs.map((run) => run.key));
  const done = new Set(runs.filter((run) => run.measures).map((run) => run.key));
  const swept = new Map<string, SweptData>();
  const todo: Todo[] = [];
  const keys = new Set<string>();
  for (const point of points) {
    const chosen = own ?? swept.get(point.data) ?? await registered(point.data);
    swept.set(point.data, chosen);
    const { dataset, historyLength } = chosen;
    const config = resolveConfig(point.config);
    const key = runKey(config, dataset);
    if (keys.has(key)) continue;
    const place = keys.size;
    keys.add(key);
    if (done.has(key)) continue;
    const again = recorded.has(key) ? ["--again"] : [];
    const options = [...chosen.options, ...optionsOf(config, historyLength), ...again];
    todo.push({ place, config, key, options, seconds: secondsOf(config, dataset, runs) });
  }
  todo.sort((a, b) => a.config.seed - b.config.seed || a.seconds - b.seconds);
  return { total: keys.size, todo };
}

async function registered(name: string): Promise<SweptData> {
  const { historyLength } = await manifestEntry(name);
  return { dataset: await data(name), historyLength, options: ["--data", name] };
}

/**
 * What one of several machines does. Which trainings of the plan are its share does not depend on
 * what is recorded, so that a sweep that was stopped goes on with the same ones.
 *
 * @param text "2/3" for every third training of the plan, from the second
 * @throws {BadInput} if it is not of this form
 */
export function shardOf(todo: readonly Todo[], text: string): Todo[] {
  const [, part, parts] = text.match(/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/)?.map(Number) ?? [];
  if (part === undefined || parts === undefined || part < 1 || part > parts) {
    throw new BadInput("not a part of a whole", "--shard", text, "Write for example 1/3.");
  }
  return todo.filter(({ place }) => place % parts === part - 1);
}
