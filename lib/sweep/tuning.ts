/**
 * Which trainings choose lambda, beta and the learning rate for a data set: one after the other, in
 * the order of what they do, and then the two best again with other seeds. A function of what is
 * known so far, so that a tuning that was stopped goes on where it was.
 */
import { mean } from "../base/statistics.ts";

/** Values that are chosen. */
export interface Candidate {
  /** weight of RR; 0 for none */
  readonly lambda: number;
  /** of IHN; 0 for none */
  readonly beta: number;
  readonly learningRate: number;
}

/** A training of a candidate. */
export interface Trial {
  readonly candidate: Candidate;
  readonly seed: number;
}

/** Trainings that do not depend on each other. */
export interface Stage {
  /** "lambda" */
  readonly about: string;
  readonly trials: readonly Trial[];
}

/** The valid recall@50 of a trial; -Infinity of one that failed, undefined of one not trained. */
export type ValidRecall = (trial: Trial) => number | undefined;

/** The values that are tried; of the learning rate, times the model's usual one. */
const TRIED = {
  lambda: [0, 10, 100, 1000],
  beta: [0, 0.1, 1, 10],
  rate: [1, 0.3, 3],
} as const;

/** Further seeds of the two best. */
const FURTHER_SEEDS = 2;

/** Where a tuning begins. */
export interface TuningStart {
  /** of the first trainings; the two best are trained again with the next ones */
  readonly seed: number;
  /** the model's usual one */
  readonly learningRate: number;
  /** what the model or its softmax does not take: it stays 0 */
  readonly without?: readonly ("lambda" | "beta")[];
}

/** How many trainings a whole tuning has at most. */
export function wholeTuning(without: TuningStart["without"] = []): number {
  const more = (["lambda", "beta"] as const).filter((name) => !without.includes(name))
    .reduce((sum, name) => sum + TRIED[name].length - 1, 0);
  return 1 + more + TRIED.rate.length - 1 + 2 * FURTHER_SEEDS;
}

/**
 * The stages that are known: all that are done, and the one after them. Lambda comes first, because
 * RR does most of what REMI does; then beta beside the best lambda; then the learning rate beside
 * both. Of equals the earlier wins, which is the simpler. Where all trainings of lambda fail, so
 * would the others, and where only one candidate is left, further seeds have nothing to decide.
 */
export function tuningStages(
  valid: ValidRecall,
  { seed, learningRate, without = [] }: TuningStart,
): Stage[] {
  const stages: Stage[] = [];
  const done = (about: string, candidates: readonly Candidate[]) => {
    if (candidates.length === 0) return true;
    const trials = candidates.map((candidate) => ({ candidate, seed }));
    stages.push({ about, trials });
    return trials.every((trial) => valid(trial) !== undefined);
  };
  const plain = { lambda: 0, beta: 0, learningRate };
  const lambdas = without.includes("lambda") ? [0] : TRIED.lambda;
  if (!done("lambda", lambdas.map((lambda) => ({ ...plain, lambda })))) return stages;
  const withRr = ranked(stages, valid)[0]?.candidate;
  if (withRr === undefined) return stages;
  const betas = without.includes("beta") ? [] : TRIED.beta.slice(1);
  if (!done("beta", betas.map((beta) => ({ ...withRr, beta })))) return stages;
  const both = ranked(stages, valid)[0]!.candidate;
  const rates = TRIED.rate.slice(1).map((factor) => factor * learningRate);
  const rounded = rates.map((rate) => Number(rate.toPrecision(12)));
  if (!done("learning rate", rounded.map((rate) => ({ ...both, learningRate: rate })))) {
    return stages;
  }
  const best = ranked(stages, valid).slice(0, 2);
  if (best.length < 2) return stages;
  const seeds = Array.from({ length: FURTHER_SEEDS }, (_, i) => seed + 1 + i);
  const trials = seeds.flatMap((seed) => best.map(({ candidate }) => ({ candidate, seed })));
  return [...stages, { about: "the two best with other seeds", trials }];
}

/** What a tuning comes to. */
export interface Choice {
  readonly chosen: Candidate;
  readonly runnerUp: Candidate | null;
  /** recall@50 by which the chosen is ahead, by seed; of seeds that chose the two, if no others */
  readonly ahead: readonly { readonly seed: number; readonly by: number }[];
  /** whether seeds decided that did not choose the two */
  readonly fresh: boolean;
  /** further seeds that do not count, because one of the two failed there */
  readonly failed: readonly number[];
}

/**
 * The best candidate as far as it is known. The first seed chose the two best among many, so it
 * flatters them: where both were trained with further seeds, these alone decide between the two.
 *
 * @returns null if nothing was trained
 */
export function choiceOf(stages: readonly Stage[], valid: ValidRecall): Choice | null {
  const seed = stages[0]!.trials[0]!.seed;
  const first = ranked(stages, valid, seed);
  const [one, other] = first.map(({ candidate }) => candidate);
  if (one === undefined) return null;
  if (other === undefined) {
    return { chosen: one, runnerUp: null, ahead: [], fresh: false, failed: [] };
  }
  const both = (seed: number) => [one, other].map((candidate) => valid({ candidate, seed }));
  const by = (seed: number) => {
    const [a, b] = both(seed);
    return isKnown(a) && isKnown(b) ? [{ seed, by: a - b }] : [];
  };
  const others = new Set(stages.flatMap(({ trials }) => trials.map(({ seed }) => seed)));
  others.delete(seed);
  const failed = [...others].filter((seed) => both(seed).includes(-Infinity));
  const further = [...others].flatMap(by);
  const fresh = further.length > 0;
  const ahead = fresh ? further : by(seed);
  const about = { fresh, failed };
  if (mean(ahead.map(({ by }) => by)) >= 0) {
    return { chosen: one, runnerUp: other, ahead, ...about };
  }
  const turned = ahead.map(({ seed, by }) => ({ seed, by: -by }));
  return { chosen: other, runnerUp: one, ahead: turned, ...about };
}

/** Trials by falling recall; equal ones as they are tried. */
function ranked(stages: readonly Stage[], valid: ValidRecall, seed?: number): Trial[] {
  const trials = stages.flatMap(({ trials }) => trials)
    .filter((trial) => (seed === undefined || trial.seed === seed) && isKnown(valid(trial)));
  return trials.sort((a, b) => valid(b)! - valid(a)!);
}

function isKnown(recall: number | undefined): recall is number {
  return recall !== undefined && recall > -Infinity;
}
