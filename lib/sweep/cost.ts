/**
 * What a training will cost: its multiply-adds, how many steps it will take, and how fast recorded
 * trainings went. An estimate to plan with, not a measurement.
 */
import { median } from "../base/statistics.ts";
import { type Dataset, type Interactions, userCount } from "../data/interactions.ts";
import type { StoredRun } from "../results/store.ts";
import type { ResolvedConfig } from "../train/config.ts";

/** Multiply-adds per second before any training is recorded: about what a laptop's core does. */
const FIRST_GUESS = 8e9;

/** Steps to early stopping before any is recorded, in validations beyond the patience. */
const VALIDATIONS = 100;

/**
 * Estimated seconds of a training on one core.
 *
 * @param runs recorded trainings; those on the same data tell the rate and the number of steps
 */
export function secondsOf(
  config: ResolvedConfig,
  dataset: Dataset,
  runs: readonly StoredRun[],
): number {
  const alike = runs.filter((run) =>
    run.data.hash === dataset.hash && run.config.model === config.model
  ).map((run) => ({ run, config: run.config }));
  const rates = alike.map(({ run, config }) => work(config, dataset, run.steps) / run.wallSeconds);
  const steps = stepsOf(config, alike);
  return work(config, dataset, steps) / (rates.length > 0 ? median(rates) : FIRST_GUESS);
}

type Recorded = { readonly run: StoredRun; readonly config: ResolvedConfig };

function stepsOf(config: ResolvedConfig, alike: readonly Recorded[]): number {
  const { maxSteps, evaluateEvery, patience, objective } = config;
  const sameRouting = alike.filter(({ config, run }) =>
    run.stop === "early-stopping" &&
    (config.objective.rr === undefined) === (objective.rr === undefined)
  );
  const afterBest = patience * evaluateEvery;
  const best = sameRouting.length > 0
    ? median(sameRouting.map(({ run }) => run.bestStep))
    : VALIDATIONS * evaluateEvery;
  return Math.min(maxSteps, best + afterBest);
}

/** Multiply-adds of so many steps with their validations. */
function work(config: ResolvedConfig, dataset: Dataset, steps: number): number {
  const { evaluateEvery, K, d } = config;
  const validation = userCount(dataset.valid) * dataset.itemCount * K * d;
  return steps * workOfStep(config, dataset) + steps / evaluateEvery * validation;
}

/** Multiply-adds of a step: attention and softmax, each forward and twice backward. */
function workOfStep({ B, L, K, S, d, model, objective }: ResolvedConfig, dataset: Dataset): number {
  const negatives = objective.softmax === "full" ? dataset.itemCount : S;
  const positions = B * meanLength(dataset.train, L);
  const attention = model === "comirec-sa" ? positions * (4 * d * d + 4 * d * K) : B * d * d;
  return 3 * (attention + B * negatives * d);
}

/** Mean number of real positions of a history of at most L, for targets anywhere in a sequence. */
function meanLength({ offsets }: Interactions, L: number): number {
  let sum = 0;
  for (let u = 1; u < offsets.length; u++) {
    sum += Math.min(L, (offsets[u]! - offsets[u - 1]!) / 2);
  }
  return sum / (offsets.length - 1);
}
