/**
 * The other collapse: interests that are all alike. Routing regularization does not punish it:
 * uniform routing gives K times the same interest.
 */
import { BadInput } from "../base/bad_input.ts";

/**
 * a . b / (|a| |b|), in [-1, 1]; 0 if one of them is 0.
 *
 * @throws {BadInput} for different lengths, and numbers that are not finite or too far from 1 to be
 *   squared
 */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) {
    const lengths = [a.length, b.length];
    throw new BadInput("not two vectors of one length", "cosine", lengths, "Give as many numbers.");
  }
  let product = 0, ofA = 0, ofB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    ofA += a[i]! * a[i]!;
    ofB += b[i]! * b[i]!;
  }
  const lengths = Math.sqrt(ofA * ofB);
  const found = product === 0 ? 0 : product / lengths;
  if (Number.isFinite(found) && lengths < Infinity) return found;
  throw new BadInput("no vectors of finite numbers", "cosine", [a, b], "Give some nearer to 1.");
}

/**
 * The overlap of two lists of items, |A and B| / |A or B| (Jaccard), in [0, 1]; item 0 is no item.
 */
export function overlap(a: Iterable<number>, b: Iterable<number>): number {
  const [inA, inB] = [new Set(a), new Set(b)];
  inA.delete(0);
  inB.delete(0);
  const either = inA.union(inB).size;
  return either === 0 ? 0 : inA.intersection(inB).size / either;
}

/**
 * The mean of a measure over the pairs of different things, of which there are at least two: with
 * {@linkcode cosine} and a user's K interests, or {@linkcode overlap} and the lists they retrieve,
 * 1 for identical interests.
 */
export function meanOverPairs<T>(things: readonly T[], measure: (a: T, b: T) => number): number {
  let sum = 0;
  things.forEach((a, i) => things.slice(i + 1).forEach((b) => sum += measure(a, b)));
  return sum / (things.length * (things.length - 1) / 2);
}
