/**
 * Problem 1, easy negatives, in numbers: how the gradient of the loss is spread over the negatives.
 * A negative is easy when its share of that gradient is next to nothing.
 */
import { BadInput } from "../base/bad_input.ts";
import { requireFinite, requireNumbers } from "../base/given_numbers.ts";
import { MOST_BETA } from "../engine/engine_config.ts";
import { softmax } from "./softmax.ts";

/** The gradient of one user's loss with respect to the scores of the negatives. */
export interface NegativeGradient {
  /** sum_j dL/dx_j, in [0, 1]: how much the negatives have to say at all */
  readonly mass: number;
  /** [n] dL/dx_j / mass; they sum to 1, and IHN gives some of them a negative sign */
  readonly weights: Float64Array;
}

/**
 * The gradient of the softmax losses with respect to the negatives' scores x_j. With
 * p^c = softmax(c x) and sigma the logistic function,
 *
 *     L = softplus(log Neg - x+),    log Neg = log S + lse((1 + beta) x) - lse(beta x)
 *     dL/dx_j = sigma(log Neg - x+) * ( (1 + beta) p^(1+beta)_j - beta p^beta_j )
 *
 * The second factor holds the gradient through the importance weights, which the paper's code does
 * not detach: a score with exp(x_j) < beta / (1 + beta) * Neg / S is pushed up instead of down.
 *
 * - sampled softmax: beta = 0, so dL/dx_j = exp(x_j) / (exp(x+) + sum_i exp(x_i))
 * - IHN: beta > 0
 * - full softmax: beta = 0 with all items but the target as negatives; the same formula
 *
 * @param scores   [n] x_j, n >= 1
 * @param positive x+
 * @param beta     IHN's hardness, >= 0
 * @param S        negatives in the loss, for which the n given ones stand; n unless said otherwise
 * @throws {BadInput} for no hardness, no negatives, or a number that is not finite
 */
export function negativeGradient(
  scores: Float64Array,
  positive: number,
  beta = 0,
  S: number = scores.length,
): NegativeGradient {
  requireScores(scores, positive);
  requireBeta(beta);
  if (!(S > 0 && S < Infinity)) {
    throw new BadInput("not a number of negatives", "S", S, "Give 1 or more.");
  }
  const hard = softmax(scores, 1 + beta);
  const importance = softmax(scores, beta);
  const logNegative = Math.log(S) + hard.logSum - importance.logSum;
  const weights = new Float64Array(scores.length); // [n]
  for (let j = 0; j < weights.length; j++) {
    weights[j] = (1 + beta) * hard.p[j]! - beta * importance.p[j]!;
  }
  return { mass: 1 / (1 + Math.exp(positive - logNegative)), weights };
}

/** @throws {BadInput} for what is no hardness of IHN: a number from 0 to {@linkcode MOST_BETA} */
export function requireBeta(beta: number): void {
  if (typeof beta === "number" && beta >= 0 && beta <= MOST_BETA) return;
  throw new BadInput("not a hardness", "beta", beta, `Give a number from 0 to ${MOST_BETA}.`);
}

/** @throws {BadInput} for no negatives, or a score that is not finite */
export function requireScores(scores: ArrayLike<number>, positive: number): void {
  if (scores.length === 0) {
    throw new BadInput("no negatives", "scores", "[]", "Give at least one score.");
  }
  requireNumbers(scores, "scores of the negatives");
  requireFinite(positive, "score of the positive");
}

/**
 * The effective number of negatives, (sum |w|)^2 / sum w^2: n for equal weights, 1 if one negative
 * carries everything.
 *
 * @throws {BadInput} for no weights, weights that are all 0, or one that is not finite
 */
export function effectiveNumber(weights: Float64Array): number {
  let squares = 0;
  for (let j = 0; j < weights.length; j++) squares += weights[j]! ** 2;
  const number = totalSize(weights) ** 2 / squares;
  if (Number.isFinite(number)) return number;
  const remedy = "Give finite numbers, not all of them 0.";
  throw new BadInput("nothing that could be shared", "effectiveNumber", weights, remedy);
}

/**
 * The share of sum |w| that the top q of the negatives carry (at least one of them): q for equal
 * weights, 1 if one carries everything.
 *
 * @param q a fraction, e.g. 0.01
 */
export function shareOfTop(weights: Float64Array, q: number): number {
  const sizes = new Float64Array(weights.length);
  for (let j = 0; j < sizes.length; j++) sizes[j] = Math.abs(weights[j]!);
  return totalSize(largest(sizes, countOf(q, sizes.length))) / totalSize(sizes);
}

/**
 * The fraction of negatives whose |w| is below a fraction of the equal share: 0 for equal weights,
 * 1 - 1/n if one carries everything. Relative to the equal share, so that it means the same for any
 * number of negatives.
 *
 * @param fraction of the equal share, sum |w| / n
 */
export function idleFraction(weights: Float64Array, fraction: number): number {
  const least = fraction * totalSize(weights) / weights.length;
  let idle = 0;
  for (let j = 0; j < weights.length; j++) if (Math.abs(weights[j]!) < least) idle++;
  return idle / weights.length;
}

/** The share of sum |w| that pushes scores up instead of down; 0 unless beta > 0. */
export function reversedShare(weights: Float64Array): number {
  let reversed = 0;
  for (let j = 0; j < weights.length; j++) reversed += Math.max(0, -weights[j]!);
  return reversed / totalSize(weights);
}

/** Where a negative is hard, and where it is easy: rank quantiles. */
export interface HardAndEasy {
  /** hard for the user: among this fraction of the highest scores max_k x_kj */
  readonly hard: number;
  /** easy for the interest: among this fraction of its lowest scores x_kj */
  readonly easy: number;
}

/**
 * The paper's Fig. 2 in numbers: of the negatives that are hard for the user as a whole, the
 * fraction that is easy for the selected interest.
 *
 * 0 for a single vector and for identical interests. If K interests of equal length score the
 * negatives independently, one in K of the hard ones is the selected interest's own and the others
 * fall anywhere: about (1 - 1/K) easy.
 *
 * @param scores [K][n] x_kj by interest
 */
export function hardForUserEasyForInterest(
  scores: readonly Float64Array[],
  selected: number,
  { hard, easy }: HardAndEasy,
): number {
  const own = scores[selected]!; // [n]
  const n = own.length;
  const ofUser = own.slice(); // [n] max_k x_kj
  for (const x of scores) {
    for (let j = 0; j < n; j++) ofUser[j] = Math.max(ofUser[j]!, x[j]!);
  }
  const hardFrom = largest(ofUser, countOf(hard, n)).at(-1)!;
  const easyBelow = own.toSorted()[Math.min(n - 1, Math.round(easy * n))]!;
  let hards = 0, lost = 0;
  for (let j = 0; j < n; j++) {
    if (ofUser[j]! < hardFrom) continue;
    hards++;
    if (own[j]! < easyBelow) lost++;
  }
  return lost / hards;
}

/** The m largest values, descending: inserted one by one, which is quick while m is small. */
function largest(values: Float64Array, m: number): Float64Array {
  const found = new Float64Array(m).fill(-Infinity);
  for (let j = 0; j < values.length; j++) {
    const value = values[j]!;
    if (value <= found[m - 1]!) continue;
    let at = m - 1;
    for (; at > 0 && found[at - 1]! < value; at--) found[at] = found[at - 1]!;
    found[at] = value;
  }
  return found;
}

/** A fraction of n things, at least one. */
function countOf(fraction: number, n: number): number {
  return Math.max(1, Math.round(fraction * n));
}

/** sum |w| */
function totalSize(weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += Math.abs(weights[j]!);
  return sum;
}
