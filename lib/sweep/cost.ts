/**
 * What a training will cost: its multiply-adds, how many steps it will take, and how fast recorded
 * trainings went. An estimate to plan with, not a measurement.
 */
import { median } from "../base/statistics.ts";
import { type Dataset, userCount } from "../data/interactions.ts";
import { differences, settingsOf } from "../results/settings.ts";
import type { StoredRun } from "../results/store.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { stepSeconds } from "./work_of_step.ts";

/** Multiply-adds per second of a search of the whole catalogue, which skips most of it. */
const SEARCH_RATE = 5e10;

/** Validations to the best one before anything is recorded. */
const VALIDATIONS = 100;

/** Of so many runs of a model its speed is taken. */
const LATEST = 5;

/** Of equal bearing on how long a training takes, one by one. */
const RULES = ["patience", "maxSteps", "evaluateEvery", "validationUsers"];

/**
 * Estimated seconds of a training on one core: multiply-adds at the usual rates, corrected by how
 * far these are off for recorded runs on the same data. Of the same model the fastest of the latest
 * counts, because code gets faster, and a machine's other work only slows a training down.
 *
 * @param runs recorded trainings of any data
 */
export function secondsOf(
  config: ResolvedConfig,
  dataset: Dataset,
  runs: readonly StoredRun[],
): number {
  const here = runs.filter(({ data }) => data.hash === dataset.hash);
  const timed = here.filter(({ wallSeconds }) => wallSeconds > 0);
  const off = (run: StoredRun) => run.wallSeconds / computed(run.config, dataset, run.steps);
  const alike = timed.filter((run) => run.config.model === config.model)
    .toSorted((a, b) => Date.parse(b.finished) - Date.parse(a.finished)).slice(0, LATEST);
  const factor = alike.length > 0
    ? Math.min(...alike.map(off))
    : timed.length > 0
    ? median(timed.map(off))
    : 1;
  return factor * computed(config, dataset, stepsOf(config, here.some(hasEnded) ? here : runs));
}

/** Steps to the end: as like trainings took to their best, and the patience after it. */
export function stepsOf(config: ResolvedConfig, runs: readonly StoredRun[]): number {
  const { maxSteps, evaluateEvery, patience, model } = config;
  if (model === "popularity") return Math.min(maxSteps, (patience + 1) * evaluateEvery);
  const own = settingsOf(config);
  const ended = runs.filter(hasEnded);
  const apart = ended.map((run) => differences(own, settingsOf(run.config), RULES).length);
  const least = apart.reduce((a, b) => Math.min(a, b), Infinity);
  const closest = ended.filter((_, i) => apart[i] === least).map(({ bestStep }) => bestStep);
  const best = closest.length > 0 ? median(closest) : VALIDATIONS * evaluateEvery;
  return Math.min(maxSteps, best + patience * evaluateEvery);
}

/** Whether a run tells how long minimizing a loss takes. */
function hasEnded({ stop, config }: StoredRun): boolean {
  return stop === "early-stopping" && config.model !== "popularity";
}

/** Seconds of the two parts of a training. */
export interface PartSeconds {
  readonly step: number;
  readonly validation: number;
}

/** A step and a validation at the usual rates. */
export function usualSeconds(config: ResolvedConfig, dataset: Dataset): PartSeconds {
  const { K, d, validationUsers = Infinity } = config;
  const users = Math.min(userCount(dataset.valid), validationUsers);
  const validation = users * dataset.itemCount * K * d / SEARCH_RATE;
  return { step: stepSeconds(config, dataset), validation };
}

/** Seconds of so many steps with their validations at the usual rates. */
function computed(config: ResolvedConfig, dataset: Dataset, steps: number): number {
  const { step, validation } = usualSeconds(config, dataset);
  return steps * (step + validation / config.evaluateEvery);
}
