/** One made-up user in a plane, with numbers that a reader can follow by hand. */

/** A made-up item. */
export interface ToyItem {
  readonly name: string;
  /** [d] with d = 2: to the right crime, upwards cooking */
  readonly vector: readonly [number, number];
  readonly about: "crime" | "cooking" | "noise";
}

/** A made-up user with what a training example and a routing need. */
export interface ToyUser {
  /** [L] oldest first: two of one interest, one of another, one noise */
  readonly history: readonly ToyItem[];
  /** what the user takes next, and on another day */
  readonly targets: readonly [ToyItem, ToyItem];
  /** [S] */
  readonly negatives: readonly ToyItem[];
  /** [K, L] a routing chosen by hand, its rows sum to 1 */
  readonly A: readonly (readonly number[])[];
}

const item = (name: string, x: number, y: number, about: ToyItem["about"]): ToyItem => ({
  name,
  vector: [x, y],
  about,
});

/** The user that notebooks 01 to 05 explain with: L = 4, K = 2, S = 5, d = 2. */
export const toy: ToyUser = {
  history: [
    item("thriller", 2, -1, "crime"),
    item("detective novel", 2, 1, "crime"),
    item("cookbook", 0, 2, "cooking"),
    item("umbrella", -1, -1, "noise"),
  ],
  targets: [item("spy novel", 2, -0.5, "crime"), item("wok", 0.5, 2, "cooking")],
  negatives: [
    item("heist film", 2, 0.5, "crime"),
    item("pasta machine", 1, 3, "cooking"),
    item("travel guide", 1, 1.5, "noise"),
    item("tent", -1, 1, "noise"),
    item("bicycle pump", -1, -2, "noise"),
  ],
  A: [
    [0.4, 0.4, 0.1, 0.1],
    [0.1, 0.1, 0.6, 0.2],
  ],
};

/** All items in the order of their numbers, which begin with 1: history, targets, negatives. */
export const toyItems: readonly ToyItem[] = [...toy.history, ...toy.targets, ...toy.negatives];

/**
 * V = A H, an interest a row.
 *
 * @param A [K, L]
 * @param H [L, d]
 * @returns [K, d]
 */
export function weightedSums(
  A: readonly (readonly number[])[],
  H: readonly (readonly number[])[],
): number[][] {
  return A.map((row) =>
    H[0]!.map((_, c) => row.reduce((sum, weight, l) => sum + weight * H[l]![c]!, 0))
  );
}

/** v · e */
export function dotProduct(v: readonly number[], e: readonly number[]): number {
  return v.reduce((sum, x, c) => sum + x * e[c]!, 0);
}
