/** IHN worked out for a handful of negatives: every number of Algorithm 1, and every gradient. */
import { mean } from "../base/statistics.ts";
import { BadInput } from "../base/bad_input.ts";
import { negativeGradient, requireBeta, requireScores } from "./easy_negatives.ts";
import { softmax } from "./softmax.ts";

/** One negative in IHN. All gradients are dL/dx_j: a positive one pushes the score down. */
export interface WorkedNegative {
  /** x_j */
  readonly score: number;
  /** imp_j = exp(beta x_j) over its mean: how often the negative counts instead of once */
  readonly importance: number;
  /** its part of Neg, imp_j exp(x_j) / sum_i imp_i exp(x_i) */
  readonly share: number;
  /** the gradient if the importance weights were constants: never negative */
  readonly direct: number;
  /** the gradient through the importance weights; these sum to 0 */
  readonly throughWeights: number;
  /** direct + throughWeights, the gradient that is trained with */
  readonly gradient: number;
  /** the same by central differences of Algorithm 1, which know no formula for a gradient */
  readonly byDifferences: number;
}

/** IHN's loss with all its parts. */
export interface WorkedExample {
  readonly loss: number;
  /** Neg = sum_j imp_j exp(x_j) / mean_j imp_j */
  readonly negative: number;
  /** in the order given */
  readonly negatives: readonly WorkedNegative[];
}

/**
 * Works IHN out. With p^c = softmax(c x) and sigma the logistic function,
 *
 *     dL/dx_j = sigma(log Neg - x+) ( p^(1+beta)_j + beta (p^(1+beta)_j - p^beta_j) ):
 *
 * the first term is what plain softmax over the weighted negatives would give, the second flows
 * through imp. It moves gradient from negatives that matter less in Neg than in the mean of the
 * weights to those that matter more, and sums to 0. A negative with
 * exp(x_j) < beta / (1 + beta) Neg / S ends up below 0: it is pushed up.
 *
 * @param scores   [n] x_j, n >= 1; near enough to 0 for exp((1 + beta) x_j)
 * @param positive x+
 * @throws {BadInput} for no negatives, a score that is not finite or too far from 0, or no hardness
 */
export function workedNegatives(
  scores: readonly number[],
  positive: number,
  beta: number,
): WorkedExample {
  requireScores(scores, positive);
  requireBeta(beta);
  const x = Float64Array.from(scores); // [n]
  const { mass } = negativeGradient(x, positive, beta);
  const hard = softmax(x, 1 + beta).p;
  const importance = softmax(x, beta).p;
  const { loss, negative } = algorithm1(scores, positive, beta);
  if (!Number.isFinite(negative) || negative === 0 || !Number.isFinite(loss)) {
    const remedy = "Give scores nearer to 0, or a smaller β.";
    throw new BadInput("too far from 0 for exp((1 + β) x)", "workedNegatives", scores, remedy);
  }
  return {
    loss,
    negative,
    negatives: scores.map((score, j) => {
      const direct = mass * hard[j]!;
      const throughWeights = mass * beta * (hard[j]! - importance[j]!);
      return {
        score,
        importance: importance[j]! * scores.length,
        share: hard[j]!,
        direct,
        throughWeights,
        gradient: direct + throughWeights,
        byDifferences: slope((at) => algorithm1(scores.with(j, at), positive, beta).loss, score),
      };
    }),
  };
}

/** The paper's Algorithm 1, literally. */
function algorithm1(scores: readonly number[], positive: number, beta: number) {
  const importance = scores.map((x) => Math.exp(beta * x));
  const meanImportance = mean(importance);
  const negative = scores.reduce((sum, x, j) => sum + importance[j]! * Math.exp(x), 0) /
    meanImportance;
  return { negative, loss: Math.log1p(negative / Math.exp(positive)) };
}

/** The slope of a function by central differences. */
function slope(f: (at: number) => number, at: number): number {
  const step = 1e-5;
  return (f(at + step) - f(at - step)) / (2 * step);
}
