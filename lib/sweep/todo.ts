/** What of a plan is left to do, and what it will cost. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { data, NotAtHand } from "../data/load.ts";
import type { Dataset } from "../data/interactions.ts";
import { manifestEntry } from "../data/manifest.ts";
import type { Point } from "../results/points.ts";
import { latestOfNames, readRuns, type StoredRun } from "../results/store.ts";
import { optionsOf } from "../train/arguments.ts";
import { resolveConfig, type ResolvedConfig } from "../train/config.ts";
import { forData, requireReadable } from "../train/for_data.ts";
import { isUncommitted } from "../train/provenance.ts";
import { runKey } from "../train/run_key.ts";
import { trainingMemory } from "../train/training_memory.ts";
import { secondsOf } from "./cost.ts";
import { standIn } from "./stand_in.ts";
import { study, studyNames } from "../results/study.ts";

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
  /** memory that it takes, at least */
  readonly bytes: number;
}

/** A plan against the store. */
export interface Progress {
  readonly total: number;
  readonly todo: readonly Todo[];
  /** data sets that are not at hand */
  readonly absent: readonly string[];
  /** trainings that the reader's own data cannot have, such as UMI's without profiles, and why */
  readonly impossible: readonly { readonly options: readonly string[]; readonly why: BadInput }[];
}

/** A data set, its L, and the options with which `deno task train` has it. */
export interface SweptData {
  readonly dataset: Dataset;
  readonly historyLength: number;
  readonly options: readonly string[];
  /** only its sizes are real: it is not at hand */
  readonly isAbsent?: true;
}

/** What a plan is compared with. */
export interface Against {
  /** of results; the project's own unless said otherwise */
  readonly folder?: string;
  /** trained on instead of the data sets that the plan names */
  readonly own?: SweptData;
  /** train again what code computed that was never committed */
  readonly uncommitted?: boolean;
  /** plan with the manifest's sizes for data that is not at hand, instead of refusing it */
  readonly onlyListed?: boolean;
}

/**
 * Compares a plan with the recorded runs. A run counts as recorded when its measures were recorded
 * with it, and under the name that the data has in the plan, as figures read it. What is left is
 * ordered by seed and then by cost: every figure exists early and gains seeds later.
 *
 * @throws {BadInput} if a data set is not at hand, or a configuration cannot be trained on any data
 */
export async function progressOf(
  points: readonly Point[],
  { folder = resultsPath(), own, uncommitted = false, onlyListed = false }: Against = {},
): Promise<Progress> {
  const { runs } = await readRuns(folder);
  const recorded = new Set(runs.map((run) => run.key));
  const counts = (run: StoredRun) =>
    run.measures !== undefined && !(uncommitted && isUncommitted(run));
  const done = Map.groupBy(latestOfNames(runs).filter(counts), ({ data }) => data.name);
  const swept = new Map<string, SweptData>();
  const todo: Todo[] = [];
  const keys = new Set<string>();
  const impossible = new Map<string, Progress["impossible"][number]>();
  for (const point of points) {
    const chosen = own ?? swept.get(point.data) ?? await registered(point.data, onlyListed);
    swept.set(point.data, chosen);
    const { dataset, historyLength } = chosen;
    const config = resolveConfig(point.config);
    const key = runKey(config, dataset);
    if (keys.has(key) || impossible.has(key)) continue;
    const why = own && whyImpossible(config, dataset);
    if (why !== undefined) {
      impossible.set(key, {
        options: [...chosen.options, ...optionsOf(config, historyLength)],
        why,
      });
      continue;
    }
    const place = keys.size;
    keys.add(key);
    if (done.get(dataset.name)?.some((run) => run.key === key)) continue;
    const again = recorded.has(key) ? ["--again"] : [];
    const options = [...chosen.options, ...optionsOf(config, historyLength), ...again];
    const bytes = trainingMemory(dataset, config).reduce((sum, part) => sum + part.bytes, 0);
    todo.push({ place, config, key, options, seconds: secondsOf(config, dataset, runs), bytes });
  }
  todo.sort((a, b) => a.config.seed - b.config.seed || a.seconds - b.seconds);
  const absent = [...swept].filter(([, { isAbsent }]) => isAbsent).map(([name]) => name);
  return { total: keys.size, todo, absent, impossible: [...impossible.values()] };
}

/** Why data cannot have a training; undefined if it can. */
function whyImpossible(config: ResolvedConfig, dataset: Dataset): BadInput | undefined {
  try {
    requireReadable(forData(config, dataset), dataset);
    return undefined;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return error;
  }
}

async function registered(name: string, onlyListed: boolean): Promise<SweptData> {
  const entry = await manifestEntry(name);
  const { historyLength } = entry;
  const options = ["--data", name];
  try {
    return { dataset: await data(name), historyLength, options };
  } catch (error) {
    if (!onlyListed || !(error instanceof NotAtHand)) throw error;
    // what is published is known by the hash of its study: it is recorded, here or not
    const hash = studyNames.includes(name) ? { hash: study(name).hash } : {};
    return { dataset: { ...standIn(entry), ...hash }, historyLength, options, isAbsent: true };
  }
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
