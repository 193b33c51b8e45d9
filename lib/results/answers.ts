/** The recorded runs that answer a question, and what is missing. */
import { resultsPath } from "../base/files.ts";
import { resolveConfig, type ResolvedConfig } from "../train/config.ts";
import { forData } from "../train/for_data.ts";
import { runKey } from "../train/run_key.ts";
import type { Point } from "./points.ts";
import { questionOf, questions } from "./questions.ts";
import { latestOfKeys, readRuns, type StoredRun } from "./store.ts";
import { type Identified, study, studyNames } from "./study.ts";

/** A training of a question, with its run if it is recorded. */
export interface Answer {
  readonly data: string;
  readonly key: string;
  /** every default filled in, and what follows from the data */
  readonly config: ResolvedConfig;
  /** without its curve; undefined if it is not recorded yet */
  readonly run?: StoredRun;
}

/**
 * What answers a question, each training once, in the order in which they are declared: a table has
 * a row for each method, with its runs and with how many are missing.
 *
 * ```ts
 * const answers = await answersTo("main");
 * const missing = answers.filter(({ run }) => run === undefined);
 * ```
 *
 * @param name of the question: "main", "profiles", "generality", "tuned", "one-vector", "remedies"
 *   or "rest"
 * @throws {BadInput} for a name that there is not
 */
export async function answersTo(name: string, folder: string = resultsPath()): Promise<Answer[]> {
  return await answersOf(questionOf(name).points, folder);
}

/**
 * The recorded runs of some questions without their curves, each once: for data frames.
 *
 * ```ts
 * const frame = runsFrame(await recordedFor("main", "generality"));
 * ```
 *
 * @throws {BadInput} for a question that there is not
 */
export async function recordedFor(...names: readonly string[]): Promise<StoredRun[]> {
  const points = names.flatMap((name) => questionOf(name).points);
  return (await answersOf(points)).flatMap(({ run }) => run ?? []);
}

/**
 * The same as {@linkcode answersTo} of any declared trainings.
 *
 * @throws {BadInput} for one on a data set without a study
 */
export async function answersOf(
  points: readonly Point[],
  folder: string = resultsPath(),
): Promise<Answer[]> {
  const { runs } = await readRuns(folder);
  const answers = answered(points);
  const wanted = new Set(answers.map(({ key }) => key));
  const byKey = new Map(
    latestOfKeys(runs.filter((run) => wanted.has(run.key) && isGenuine(run)))
      .map((run) => [run.key, run] as const),
  );
  return answers.map((answer) => {
    const run = byKey.get(answer.key);
    return run ? { ...answer, run } : answer;
  });
}

/** The keys of all trainings of all questions; made once. */
let askedKeys: ReadonlySet<string> | undefined;

/** Whether a run is a training of some question, on the data of its study and under its own key. */
export function isAsked(run: Identified): boolean {
  askedKeys ??= new Set(
    Object.values(questions).flatMap(({ points }) => answered(points)).map(({ key }) => key),
  );
  return askedKeys.has(run.key) && isGenuine(run);
}

/** Whether a run is on the data of its data set's study, under its own key. */
function isGenuine({ key, config, data }: Identified): boolean {
  return studyNames.includes(data.name) && data.hash === study(data.name).hash &&
    key === runKey(config, data);
}

function answered(points: readonly Point[]): Answer[] {
  const answers = points.map(({ data, config: said }) => {
    const hashes = study(data);
    const config = forData(resolveConfig(said), hashes);
    return { data, config, key: runKey(config, hashes) };
  });
  return [...new Map(answers.map((answer) => [answer.key, answer])).values()];
}
