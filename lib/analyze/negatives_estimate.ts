/**
 * Algorithm 1 as an estimate. With n uniform draws of a catalogue it computes
 *
 *     Neg / S = sum_j w_j exp(x_j) / sum_j w_j,   w = exp(beta x),
 *
 * in place of its ideal value, the mean of exp(x) under q_beta over the whole catalogue. A ratio of
 * two means is biased for finite n (self-normalised importance sampling): with one draw it is
 * exp(x_1) whatever beta, and it goes to the greatest exp(x_j) of the draws as beta grows.
 */
import { mean, quantile, standardDeviation } from "../base/statistics.ts";
import { BadInput } from "../base/bad_input.ts";
import { requireAscending } from "../base/given_numbers.ts";
import type { Random } from "../base/random.ts";
import { effectiveNumber } from "./easy_negatives.ts";
import { softmax } from "./softmax.ts";

/** The estimate from n draws over many repetitions, as multiples of the ideal value. */
export interface EstimateAt {
  /** draws, n */
  readonly draws: number;
  readonly mean: number;
  /** mean - 1, free of the part of its noise that is known to have mean 0 */
  readonly bias: number;
  /** standard error of the bias */
  readonly biasError: number;
  readonly sd: number;
  /** 5 and 95 % of the repetitions lie below */
  readonly low: number;
  readonly high: number;
  /** what the first order in 1/n says of mean - 1 and of sd */
  readonly firstOrder: { readonly bias: number; readonly sd: number };
}

/** The estimate for one beta. */
export interface EstimateStudy {
  readonly beta: number;
  /** Neg / S with the whole catalogue: the mean of exp(x) under q_beta */
  readonly ideal: number;
  /** the mean of exp(x) under p over the ideal value: the expected estimate from one draw */
  readonly uniform: number;
  /** the part of the draws that count, 1 / (N sum_i q_i^2) for a catalogue of N */
  readonly effectiveDraws: number;
  readonly points: readonly EstimateAt[];
}

/** How an estimate is studied. */
export interface EstimateOptions {
  readonly betas: readonly number[];
  /** numbers of draws, ascending; in a repetition, fewer draws are the first of the more */
  readonly draws: readonly number[];
  /** a whole number, at least two */
  readonly repetitions: number;
  readonly random: Random;
}

/**
 * Repeats Algorithm 1's estimate over seeded uniform draws with replacement; all betas see the same
 * draws. The first order is that of a ratio of means, with f = exp(x) / ideal and N q the weights:
 *
 *     bias = -(1/n) sum_i q_i N q_i (f_i - 1),   sd^2 = (1/n) sum_i q_i N q_i (f_i - 1)^2.
 *
 * The bias is smaller than the noise of its measurement long before it is 0. The estimate's error
 * is to first order T = (1/n) sum_j N q_j (f_j - 1), whose mean is exactly 0, so c T is taken off
 * each repetition before they are averaged, with the c that leaves the least variance (a control
 * variate).
 *
 * @param scores [N] x_i of the whole catalogue
 * @throws {BadInput} for repetitions that are not whole or fewer than two, or draws that are not
 *   ascending integers >= 1
 */
export function estimateStudy(
  scores: Float64Array,
  { betas, draws, repetitions, random }: EstimateOptions,
): EstimateStudy[] {
  requireAscending(draws, "draws", 1, "[5, 50, 500]");
  if (!Number.isInteger(repetitions) || repetitions < 2) {
    const remedy = "Give a whole number, at least 2: one repetition has no spread.";
    throw new BadInput("not a number of repetitions", "repetitions", repetitions, remedy);
  }
  const N = scores.length;
  const ideals = betas.map((beta) => idealOf(scores, beta));
  const perBeta = () => betas.map(() => draws.map(() => new Float64Array(repetitions)));
  const [estimates, linear] = [perBeta(), perBeta()];
  const drawn = new Float64Array(draws.at(-1)!); // [n] scores
  for (let r = 0; r < repetitions; r++) {
    for (let j = 0; j < drawn.length; j++) drawn[j] = scores[random.below(N)]!;
    ideals.forEach(({ log, logSum }, b) => {
      const beta = betas[b]!;
      weightSums(drawn, beta, draws).forEach(({ greatest, weights, weighted }, i) => {
        const f = Math.exp(greatest - log);
        estimates[b]![i]![r] = f * weighted / weights;
        const q = N * Math.exp(beta * greatest - logSum);
        linear[b]![i]![r] = q * (f * weighted - weights) / draws[i]!;
      });
    });
  }
  return ideals.map(({ log, uniform, q, bias, variance }, b) => ({
    beta: betas[b]!,
    ideal: Math.exp(log),
    uniform,
    effectiveDraws: effectiveNumber(q) / N,
    points: draws.map((n, i) => ({
      draws: n,
      ...summary(estimates[b]![i]!, linear[b]![i]!),
      firstOrder: { bias: bias / n, sd: Math.sqrt(variance / n) },
    })),
  }));
}

/** Sums over some draws, relative to their greatest score so that none can overflow. */
interface WeightSums {
  readonly greatest: number;
  /** sum_j exp(beta (x_j - greatest)) */
  readonly weights: number;
  /** sum_j exp((1 + beta) (x_j - greatest)) */
  readonly weighted: number;
}

/** The sums over the first n scores, for every n. */
function weightSums(x: Float64Array, beta: number, draws: readonly number[]): WeightSums[] {
  const found: WeightSums[] = [];
  let greatest = x[0]!, weights = 0, weighted = 0;
  for (let j = 0; found.length < draws.length; j++) {
    const rise = x[j]! - greatest;
    if (rise > 0) {
      weights *= Math.exp(-beta * rise);
      weighted *= Math.exp(-(1 + beta) * rise);
      greatest = x[j]!;
    }
    const weight = Math.exp(beta * (x[j]! - greatest));
    weights += weight;
    weighted += weight * Math.exp(x[j]! - greatest);
    if (j + 1 === draws[found.length]) found.push({ greatest, weights, weighted });
  }
  return found;
}

/** The ideal value, exactly, and the first order around it. */
function idealOf(scores: Float64Array, beta: number) {
  const N = scores.length;
  const { p: q, logSum } = softmax(scores, beta);
  const log = softmax(scores, 1 + beta).logSum - logSum;
  let bias = 0, variance = 0, uniform = 0;
  for (let i = 0; i < N; i++) {
    const f = Math.exp(scores[i]! - log);
    uniform += f / N;
    bias -= N * q[i]! ** 2 * (f - 1);
    variance += N * q[i]! ** 2 * (f - 1) ** 2;
  }
  return { log, logSum, uniform, q, bias, variance };
}

function summary(
  values: Float64Array,
  linear: Float64Array,
): Omit<EstimateAt, "draws" | "firstOrder"> {
  const n = values.length;
  const c = products(values, linear) / (products(linear, linear) || 1);
  const freed = values.map((value, r) => value - c * linear[r]!);
  return {
    mean: mean(values),
    bias: mean(freed) - 1,
    biasError: Math.sqrt(products(freed, freed) / (n - 1) / n),
    sd: standardDeviation(values),
    low: quantile(values, 0.05),
    high: quantile(values, 0.95),
  };
}

/** The sum of the products of two samples' deviations from their means. */
function products(a: Float64Array, b: Float64Array): number {
  const [ofA, ofB] = [mean(a), mean(b)];
  return a.reduce((sum, value, r) => sum + (value - ofA) * (b[r]! - ofB), 0);
}
