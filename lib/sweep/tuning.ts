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

/** How many trainings a whole tuning has. */
export const WHOLE_TUNING = TRIED.lambda.length + TRIED.beta.length - 1 + TRIED.rate.length - 1 +
  2 * FURTHER_SEEDS;

/**
 * The stages that are known: all that are done, and the one after them. Lambda comes first, because
 * RR does most of what REMI does; then beta beside the best lambda; then the learning rate beside
 * both. Of equals the earlier wins, which is the simpler.
 *
 * @param seed of these; the two best are trained again with the next ones
 * @param learningRate the model's usual one
 */
export function tuningStages(valid: ValidRecall, seed: number, learningRate: number): Stage[] {
  const stages: Stage[] = [];
  const done = (about: string, candidates: readonly Candidate[]) => {
    const trials = candidates.map((candidate) => ({ candidate, seed }));
    stages.push({ about, trials });
    return trials.every((trial) => valid(trial) !== undefined);
  };
  const plain = { lambda: 0, beta: 0, learningRate };
  if (!done("lambda", TRIED.lambda.map((lambda) => ({ ...plain, lambda })))) return stages;
  const withRr = ranked(stages, valid)[0]!.candidate;
  if (!done("beta", TRIED.beta.slice(1).map((beta) => ({ ...withRr, beta })))) return stages;
  const both = ranked(stages, valid)[0]!.candidate;
  const rates = TRIED.rate.slice(1).map((factor) => factor * learningRate);
  const rounded = rates.map((rate) => Number(rate.toPrecision(12)));
  if (!done("learning rate", rounded.map((rate) => ({ ...both, learningRate: rate })))) {
    return stages;
  }
  const best = ranked(stages, valid).slice(0, 2);
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
  if (other === undefined) return { chosen: one, runnerUp: null, ahead: [], fresh: false };
  const seeds = new Set(stages.flatMap(({ trials }) => trials.map(({ seed }) => seed)));
  const by = (seed: number) => {
    const [a, b] = [one, other].map((candidate) => valid({ candidate, seed }));
    return a === undefined || b === undefined ? [] : [{ seed, by: a - b }];
  };
  const further = [...seeds].filter((other) => other !== seed).flatMap(by);
  const fresh = further.length > 0;
  const ahead = fresh ? further : by(seed);
  if (mean(ahead.map(({ by }) => by)) >= 0) return { chosen: one, runnerUp: other, ahead, fresh };
  const turned = ahead.map(({ seed, by }) => ({ seed, by: -by }));
  return { chosen: other, runnerUp: one, ahead: turned, fresh };
}

/** Trials by falling recall; equal ones as they are tried. */
function ranked(stages: readonly Stage[], valid: ValidRecall, seed?: number): Trial[] {
  const trials = stages.flatMap(({ trials }) => trials)
    .filter((trial) => (seed === undefined || trial.seed === seed) && isKnown(valid(trial)));
  return trials.sort((a, b) => valid(b)! - valid(a)!);
}

function isKnown(recall: number | undefined): boolean {
  return recall !== undefined && recall > -Infinity;
}
