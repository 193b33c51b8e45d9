/**
 * Problem 2, routing collapse, in numbers: how much of a history an interest and a user express.
 * All measures look at real positions only; an item that occurs twice in a history has two.
 */
import { requireFinite, requireNumbers } from "../base/given_numbers.ts";

/**
 * What each position has of an interest's routing, with sum 1. A row of attention sums to 1 as it
 * is; a row of capsules does not: padding takes its part of the softmax, and in UMI the interests
 * share each item. All zeros stay so.
 */
export function routingShares(weights: Float32Array | Float64Array): Float64Array {
  const row = Float64Array.from(weights);
  const sum = row.reduce((total, a) => total + a, 0);
  return row.map((a) => sum > 0 ? a / sum : 0);
}

/**
 * The effective number of items that an interest expresses, exp(entropy of its routing):
 * exp(-sum_l a_l log a_l). n for uniform routing over n positions, 1 for one-hot routing.
 *
 * @param weights [n] non-negative, with sum 1
 */
export function effectiveItems(weights: ArrayLike<number>): number {
  let entropy = 0;
  for (let l = 0; l < weights.length; l++) {
    const a = weights[l]!;
    if (a > 0) entropy -= a * Math.log(a);
  }
  return Math.exp(entropy);
}

/**
 * {@linkcode effectiveItems} of an interest's routing as models and snapshots have it.
 *
 * @param weights [n] non-negative; their sum may be another than 1, as {@linkcode routingShares}
 *                says
 */
export function itemsExpressed(weights: Iterable<number>): number {
  return effectiveItems(routingShares(Float64Array.from(weights)));
}

/**
 * The share of a history that is seen by any interest: positions to which some interest gives at
 * least `fraction` of the uniform weight 1/n. 1 for uniform routing, (distinct positions) / n for
 * one-hot routing. Relative to 1/n, so that it means the same for any length of history.
 *
 * @param routing [K][n] rows of an interest each, with sum 1
 * @throws {BadInput} for a row of another length than the first, or a number that is not finite
 */
export function historySeen(routing: readonly ArrayLike<number>[], fraction: number): number {
  requireFinite(fraction, "historySeen, fraction");
  const n = routing[0]!.length;
  routing.forEach((row, k) => requireNumbers(row, `historySeen, row ${k + 1}`, n));
  let seen = 0;
  for (let l = 0; l < n; l++) {
    if (routing.some((weights) => weights[l]! >= fraction / n)) seen++;
  }
  return seen / n;
}

/** How far routing has collapsed, means over users and interests. */
export interface RoutingCollapse {
  /** exp(entropy) of an interest's routing, in items; 1 for one-hot routing */
  readonly effectiveItems: number;
  /** what uniform routing gives for the same histories: their mean length */
  readonly effectiveItemsUniform: number;
  /** an interest's largest weight, in (0, 1]; 1 for one-hot routing */
  readonly largestWeight: number;
  /** what uniform routing gives for the same histories: the mean of 1/n */
  readonly largestWeightUniform: number;
  /** {@linkcode historySeen}; uniform routing gives 1 */
  readonly historySeen: number;
}

/**
 * Measures the routing of U users.
 *
 * @param routing [U, K, L] weights, 0 on padding; rows need not sum to 1
 * @param length  [U] real positions of each history, 1..L
 * @param K       interests of a user
 * @param seen    the fraction of the uniform weight from which on a position is seen
 */
export function routingCollapse(
  routing: Float32Array | Float64Array,
  length: ArrayLike<number>,
  K: number,
  seen: number,
): RoutingCollapse {
  const U = length.length;
  const L = routing.length / (U * K);
  const sums = { items: 0, uniformItems: 0, largest: 0, uniformLargest: 0, seen: 0 };
  for (let u = 0; u < U; u++) {
    const n = length[u]!;
    const ofUser = Array.from({ length: K }, (_, k) => {
      const from = (u * K + k) * L;
      return routingShares(routing.subarray(from, from + n)); // [n]
    });
    for (const weights of ofUser) {
      sums.items += effectiveItems(weights) / K;
      sums.largest += Math.max(...weights) / K;
    }
    sums.uniformItems += n;
    sums.uniformLargest += 1 / n;
    sums.seen += historySeen(ofUser, seen);
  }
  return {
    effectiveItems: sums.items / U,
    effectiveItemsUniform: sums.uniformItems / U,
    largestWeight: sums.largest / U,
    largestWeightUniform: sums.uniformLargest / U,
    historySeen: sums.seen / U,
  };
}
