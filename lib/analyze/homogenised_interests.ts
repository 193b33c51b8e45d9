/**
 * The other collapse: interests that are all alike. Routing regularization does not punish it:
 * uniform routing gives K times the same interest.
 */

/** a . b / (|a| |b|), in [-1, 1]; 0 if one of them is 0. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0, ofA = 0, ofB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    ofA += a[i]! * a[i]!;
    ofB += b[i]! * b[i]!;
  }
  return product === 0 ? 0 : product / Math.sqrt(ofA * ofB);
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
