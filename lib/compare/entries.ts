/** Entries of tables: the mean of a number over the seeds of one thing, and whose runs it is. */
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { mean, standardDeviation } from "../base/statistics.ts";
import { inHouseOrder, type Method, methodOf } from "../results/method.ts";
import { recordedKeys } from "../train/run.ts";
import { alike, groupRuns } from "./group_runs.ts";
import { type MeasuredRun, quantities, type Quantity } from "./quantities.ts";

/** One number of a table. */
export interface Entry {
  /** those that are averaged, by seed; `seed` of each is in `seeds` */
  readonly values: readonly number[];
  readonly seeds: readonly number[];
  readonly mean: number;
  /** with n - 1 in the denominator; NaN for one seed */
  readonly sd: number;
  /** the keys of the runs, as results/runs has them */
  readonly runs: readonly string[];
}

/** Runs that belong in one row: seeds of one configuration on one data set. */
export interface RunGroup<R extends MeasuredRun = MeasuredRun> {
  readonly data: string;
  readonly method: Method;
  /** by seed */
  readonly runs: readonly R[];
}

/**
 * The runs in groups of one configuration each, in the house order and by data set as they first
 * appear; {@linkcode groupRuns} says what is one configuration.
 *
 * @throws {BadInput} if a group has a seed twice
 */
export function runGroups<R extends MeasuredRun>(runs: readonly R[]): RunGroup<R>[] {
  const groups = groupRuns(runs).map((group) => alike(group).toSorted((a, b) => a.seed - b.seed));
  const bySet = [...Map.groupBy(groups, ([first]) => first!.data.name).values()];
  return bySet.flatMap((ofSet) =>
    inHouseOrder(ofSet, ([first]) => first!.config).map((runs) => ({
      data: runs[0]!.data.name,
      method: methodOf(runs[0]!.config),
      runs,
    }))
  );
}

/**
 * The mean and standard deviation of a quantity over the seeds of one configuration; null if no
 * run has it. Runs that lack it are left out, and their seeds are not among the entry's.
 *
 * ```ts
 * entryOf(runs, "R@50"); // { mean: 24.1, sd: 0.2, seeds: [1, 2, 3], runs: ["0a…", …], … }
 * ```
 *
 * @param name of {@linkcode quantities}
 * @throws {BadInput} for another name, runs of several configurations, or a seed twice
 */
export function entryOf(runs: readonly MeasuredRun[], name: string): Entry | null {
  const quantity = quantityOf(name);
  const having = alike(runs).filter((run) => quantity(run) !== undefined);
  if (having.length === 0) return null;
  const values = having.map((run) => quantity(run)!);
  return {
    values,
    seeds: having.map(({ seed }) => seed),
    mean: mean(values),
    sd: standardDeviation(values),
    runs: recordedKeys(having),
  };
}

/** "24.1 ± 0.2 (3)", "24.1 (1)" for one seed; "–" for null. */
export function entryInWords(entry: Entry | null, digits = 1): string {
  return entry ? `${spreadInWords(entry, digits)} (${entry.seeds.length})` : "–";
}

/** "24.1 ± 0.2", "24.1" for one seed: where something else says how many there are. */
export function spreadInWords({ mean, sd, seeds }: Entry, digits = 1): string {
  return mean.toFixed(digits) + (seeds.length > 1 ? ` ± ${sd.toFixed(digits)}` : "");
}

/** @throws {BadInput} for a name that no quantity has */
export function quantityOf(name: string): Quantity {
  if (Object.hasOwn(quantities, name)) return quantities[name]!;
  const names = Object.keys(quantities);
  const remedy = `There are ${names.join(", ")}.`;
  throw new BadInput(`no such quantity${didYouMean(name, names)}`, "quantity", name, remedy);
}
