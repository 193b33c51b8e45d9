/**
 * Routing regularization taken apart: what a head pays for its routing, where the gradient pushes,
 * what padding adds, and what lambda means. In plain numbers; the definition that trains is
 * {@linkcode routingPenalty} of lib/objective.
 */
import { requireFinite, requireNumbers, requireWhole } from "../base/given_numbers.ts";
import type { Sizes } from "../data/sizes.ts";

/**
 * What one head pays, without 1/d:
 *
 *     diag(C)_k^2 = ( sum_l (a_l - 1/L)^2 )^2 = ( Q - 1/L )^2,    Q = sum_l a_l^2
 *
 * since the weights sum to 1. Of a routing the penalty sees Q only: 1/n for uniform routing over n
 * positions, 1 for one-hot routing.
 *
 * @param weights [n] of the real positions, with sum 1
 * @param L       slots over which the mean is taken, n and those of the padding
 */
export function headPenalty(weights: ArrayLike<number>, L: number): number {
  return (concentration(weights) - 1 / L) ** 2;
}

/**
 * What uniform routing over n of L slots pays a head, (1/n - 1/L)^2: the least there is.
 *
 * @throws {BadInput} for an L that is no size, or an n that is not an integer from 1 to L
 */
export function uniformPenalty(n: number, L: number): number {
  requireWhole(L, "uniformPenalty, L");
  requireWhole(n, "uniformPenalty, n", 1, L);
  return (1 / n - 1 / L) ** 2;
}

/**
 * Where gradient descent pushes the logits z of a head, a = softmax(z):
 *
 *     -d diag(C)_k^2 / d z_l = 4 (Q - 1/L) a_l (Q - a_l)
 *
 * Weights above Q are pushed down, those below up, each in proportion to itself; the pushes sum to
 * 0. Nothing is pushed at uniform routing (a_l = Q), and nothing at one-hot routing (a_l = Q = 1,
 * the others are 0).
 *
 * @param weights [n] of the real positions, with sum 1
 * @param L       as in {@linkcode headPenalty}
 * @returns [n]
 */
export function penaltyPush(weights: ArrayLike<number>, L: number): Float64Array {
  const Q = concentration(weights);
  return Float64Array.from(weights, (a) => 4 * (Q - 1 / L) * a * (Q - a));
}

/**
 * The lambda of the "batch-mean" scaling of {@linkcode routingPenalty} that means the same as the
 * code's. The code sums over the B users of a batch and divides C by d, so
 *
 *     lambda_batch-mean = lambda_code B / d^2.
 *
 * @throws {BadInput} for a lambda that is not finite, or a B or d that is no size
 */
export function batchMeanLambda(lambda: number, { B, d }: Pick<Sizes, "B" | "d">): number {
  requireFinite(lambda, "batchMeanLambda, lambda");
  requireSizes({ B, d }, "batchMeanLambda");
  return lambda * B / d ** 2;
}

/**
 * What uniform routing pays in a training, before lambda and in the code's scaling: K heads of B
 * users whose histories have n of L real positions,
 *
 *     K B / d^2 * mean (1/n - 1/L)^2.
 *
 * No routing can pay less, so this is the floor of a run's routingPenalty.
 *
 * @param shares [L + 1] the shares of histories by n, see {@linkcode historyLengthShares}
 * @throws {BadInput} for no shares, one that is not finite, or a B, K or d that is no size
 */
export function penaltyFloor(
  shares: ArrayLike<number>,
  { B, K, d }: Pick<Sizes, "B" | "K" | "d">,
): number {
  requireNumbers(shares, "penaltyFloor, shares");
  requireSizes({ B, K, d }, "penaltyFloor");
  const L = shares.length - 1;
  let mean = 0;
  for (let n = 1; n <= L; n++) mean += shares[n]! * uniformPenalty(n, L);
  return K * B / d ** 2 * mean;
}

function requireSizes(sizes: Readonly<Record<string, number>>, where: string): void {
  for (const [symbol, size] of Object.entries(sizes)) requireWhole(size, `${where}, ${symbol}`);
}

/** sum_l a_l^2, in [1/n, 1]; 1 over it is an effective number of positions. */
function concentration(weights: ArrayLike<number>): number {
  let Q = 0;
  for (let l = 0; l < weights.length; l++) Q += weights[l]! ** 2;
  return Q;
}
