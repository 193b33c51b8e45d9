/** The draws of the synthetic data: among many, by popularity, and never without an end. */
import type { Random } from "../base/random.ts";

/** rank^-skew for ranks 1..n, not normalised. */
export function powerLaw(n: number, skew: number): Float64Array {
  return Float64Array.from({ length: n }, (_, index) => (index + 1) ** -skew);
}

/** Running sums of weights, scaled to end at 1. */
export function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  const sums = weights.map((weight) => sum += weight);
  return sums.map((value) => value / sum);
}

/** An index, with the probabilities whose running sums are given. */
export function drawFrom(sums: Float64Array, random: Random): number {
  const point = random.uniform();
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (point < sums[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Draws in a row that may give what is there already; usual options never need as many. */
const PATIENCE = 1_000_000;
/** The same once that was too few, for options whose every user would need as many. */
const IMPATIENCE = 100;

/**
 * Says when to stop drawing until something new comes, and to draw among what is left: with the
 * same probabilities, but other random numbers.
 */
export class Patience {
  #most = PATIENCE;
  #rejected = 0;

  /** Counts a draw that gave nothing new; whether it was one too many. */
  isOver(): boolean {
    if (++this.#rejected < this.#most) return false;
    this.#most = IMPATIENCE;
    return true;
  }

  /** Starts to count anew. */
  renew(): void {
    this.#rejected = 0;
  }
}

/** n distinct indices, drawn one after the other without replacement. */
export function drawDistinct(
  n: number,
  weights: Float64Array,
  sums: Float64Array,
  patience: Patience,
  random: Random,
): Uint16Array {
  const drawn = new Uint16Array(n);
  for (let count = 0; count < n; patience.renew()) {
    let index = drawFrom(sums, random);
    while (drawn.subarray(0, count).includes(index)) {
      index = patience.isOver()
        ? drawFrom(cumulative(without(weights, drawn.subarray(0, count))), random)
        : drawFrom(sums, random);
    }
    drawn[count++] = index;
  }
  return drawn;
}

/** Weights that are 0 at some indices. */
function without(weights: Float64Array, indices: Uint16Array): Float64Array {
  const left = weights.slice();
  for (const index of indices) left[index] = 0;
  return left;
}

/** What a user may do next. */
export interface Choice {
  /** the user's interests */
  readonly own: Uint16Array;
  /** the probability of each to be the next one */
  readonly chances: Float64Array;
  /** popularity of the items of an interest, by rank */
  readonly popularity: Float64Array;
  /** the item of an interest that has a rank */
  readonly itemAt: (interest: number, rank: number) => number;
  /** whether the user has an item already */
  readonly isTaken: (item: number) => boolean;
  /** items that the user has */
  readonly taken: number;
  /** of the catalogue */
  readonly items: number;
  /** share of items drawn uniformly from it */
  readonly noise: number;
}

/**
 * A new item, with the probabilities that draws have once those are left out which give an item
 * that the user has.
 *
 * @returns the item, and which of the user's interests it is of; -1 for noise
 */
export function drawLeft(choice: Choice, random: Random): { item: number; of: number } {
  const { own, chances, popularity, itemAt, isTaken, taken, items, noise } = choice;
  const ranks = popularity.length;
  const left = new Float64Array(own.length * ranks);
  own.forEach((interest, of) => {
    for (let rank = 0; rank < ranks; rank++) {
      if (isTaken(itemAt(interest, rank))) continue;
      left[of * ranks + rank] = chances[of]! * popularity[rank]!;
    }
  });
  const sum = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const ofOwn = (1 - noise) * sum(left) / (sum(chances) * sum(popularity));
  const ofNoise = noise * (items - taken) / items;
  if (random.uniform() * (ofOwn + ofNoise) < ofNoise) {
    let item = random.below(items);
    while (isTaken(item)) item = random.below(items); // at most half are
    return { item, of: -1 };
  }
  const at = drawFrom(cumulative(left), random);
  const of = Math.floor(at / ranks);
  return { item: itemAt(own[of]!, at % ranks), of };
}

/** A gamma variate of shape 2 (two normalised ones or more are Dirichlet of concentration 2). */
export function gammaOfTwo(random: Random): number {
  return -Math.log((1 - random.uniform()) * (1 - random.uniform()));
}

/** A whole number of a range, ends included. */
export function between([low, high]: readonly [number, number], random: Random): number {
  return low + random.below(high - low + 1);
}
