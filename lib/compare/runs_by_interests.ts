/** Runs of one method sorted by K, with everything else but the seed held fixed. */
import { mean } from "../base/statistics.ts";
import { BadInput } from "../base/bad_input.ts";
import type { Run } from "../train/run.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { seedsInWords } from "./spread.ts";
import type { LineStyle } from "../show/theme.ts";
import { commonSteps, eachSeedOnce } from "./together.ts";
import { interestCountStyles } from "../figures/grammar/styles.ts";

/** The seeds of one K. */
export interface InterestRuns {
  readonly K: number;
  readonly style: LineStyle;
  /** by seed, each seed once */
  readonly runs: readonly Run[];
}

/**
 * Groups the runs of one data set by K, ascending; those without measures at every evaluation are
 * left out.
 *
 * @throws {BadInput} for no such runs, runs that differ in more than K and the seed, or a seed that
 *                    one K has twice
 */
export function runsByInterests(runs: readonly Run[]): InterestRuns[] {
  const measured = runs.filter(({ curve }) => curve.every(({ measures }) => measures));
  const settings = new Set(measured.map(settingsOf));
  if (settings.size !== 1) {
    throw new BadInput(
      "not runs with measures that differ in K and the seed only",
      "figure's runs",
      [...settings].slice(0, 2).join(" and ") || "none has measures",
      'Train them with watch, or ask for them with recordedSweep(data, "K").',
    );
  }
  const byK = Map.groupBy(measured, ({ config }) => Number(config.K));
  const Ks = [...byK.keys()].sort((a, b) => a - b);
  const styles = interestCountStyles(Ks);
  return Ks.map((K, i) => ({
    K,
    style: styles[i]!,
    runs: eachSeedOnce(byK.get(K)!).toSorted((a, b) => a.seed - b.seed),
  }));
}

function settingsOf({ config, data }: Run): string {
  const { K: _K, seed: _seed, backend: _backend, ...rest } = config as unknown as ResolvedConfig;
  return JSON.stringify([data.name, rest]);
}

/**
 * The last step at which all runs were evaluated.
 *
 * @throws {BadInput} if there is none
 */
export function lastCommonStep(groups: readonly InterestRuns[]): number {
  return commonSteps(groups.flatMap(({ runs }) => runs), ({ curve }) => curve).at(-1)!;
}

/** What the seeds of one K have at a step. */
export function measuredAt({ runs }: InterestRuns, name: string, step: number): number[] {
  return runs.map(({ curve }) => curve.find((point) => point.step === step)?.measures?.[name])
    .filter((value) => value !== undefined);
}

/** The mean of a measure over the seeds of one K at a step. */
export function meanAt(group: InterestRuns, name: string, step: number): number {
  return mean(measuredAt(group, name, step));
}

/** "one seed for each K", or "mean and range of 3 seeds for each K" where there are several. */
export function seedsOfEachK(counts: readonly number[]): string {
  if (Math.max(...counts) === 1) return "one seed for each K";
  return `mean and range of ${seedsInWords(counts)} for each K`;
}
