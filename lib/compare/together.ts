/** What runs must have in common to be drawn together: a data set, each seed once, and steps. */
import { requireNearest, trainsNearest } from "../analyze/selected_interest.ts";
import { BadInput } from "../base/bad_input.ts";
import type { Run } from "../train/run.ts";

/**
 * The name of the one data set that runs are of.
 *
 * @throws {BadInput} for no runs, or for several data sets, by name or by the hash of their content
 */
export function oneDataSet(runs: readonly Pick<Run, "data">[]): string {
  const sets = new Map(runs.map(({ data }) => [`${data.name} ${data.hash}`, data]));
  const [one, ...others] = sets.values();
  if (one && others.length === 0) return one.name;
  const names = new Set([...sets.values()].map(({ name }) => name));
  const hashes = [...sets.values()].map(({ name, hash }) => `${name} (hash ${hash.slice(0, 8)})`);
  throw new BadInput(
    "not the runs of one data set",
    "figure's runs, data",
    (names.size < sets.size ? hashes : [...names]).join(", ") || "no runs",
    "Pass recorded runs of one data set.",
  );
}

/** Whether a run has measures of the selected interest at every evaluation. */
export function isMeasured(run: Pick<Run, "curve" | "config">): boolean {
  return trainsNearest(run) && run.curve.every(({ measures }) => measures);
}

/**
 * Those that have measures of the selected interest at every evaluation.
 *
 * @throws {BadInput} if none has
 */
export function withMeasures(runs: readonly Run[]): Run[] {
  const measured = runs.filter(isMeasured);
  if (measured.length > 0) return measured;
  for (const run of runs) requireNearest(run, "figure's runs");
  throw new BadInput(
    "none has measures",
    "figure's runs",
    runs.map(({ key }) => key).join(", ") || "no runs",
    'Train them with watch, or ask for them with recordedSweep(data, "K").',
  );
}

/**
 * The runs that are averaged, as they are.
 *
 * @throws {BadInput} if a seed appears twice: it would count for two
 */
export function eachSeedOnce<T extends Pick<Run, "key" | "seed">>(
  runs: readonly T[],
): readonly T[] {
  const bySeed = new Map<number, T>();
  for (const run of runs) {
    const other = bySeed.get(run.seed);
    if (other) {
      throw new BadInput(
        "a seed appears twice among runs that are averaged",
        `figure's runs, ${other.key} and ${run.key}, seed`,
        run.seed,
        "Leave one of the two out; recordedAblation and recordedSweep give each seed once.",
      );
    }
    bySeed.set(run.seed, run);
  }
  return runs;
}

/**
 * The steps that all trainings have, ascending as in the first.
 *
 * @param stepsOf those of one training
 * @throws {BadInput} for no training, or for trainings without a common step
 */
export function commonSteps<T extends Pick<Run, "key">>(
  trainings: readonly T[],
  stepsOf: (training: T) => readonly { readonly step: number }[],
): number[] {
  const common = inAll(trainings.map((training) => stepsOf(training).map(({ step }) => step)));
  if (common.length > 0) return common;
  throw new BadInput(
    "no training, or no step that all of them have",
    "figure's steps",
    trainings.map(({ key }) => key).join(", "),
    "Pass trainings of the same evaluateEvery.",
  );
}

/** The numbers that are in all lists, in the order of the first. */
export function inAll([first = [], ...rest]: readonly (readonly number[])[]): number[] {
  const others = rest.map((list) => new Set(list));
  return first.filter((value) => others.every((other) => other.has(value)));
}
