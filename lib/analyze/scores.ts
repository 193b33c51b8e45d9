/** Scores of many vectors against many rows, in float64. */
import type { Values } from "../base/values.ts";
import type { Sample } from "./sample.ts";

/**
 * Copies the rows of n items.
 *
 * @param table [itemCount + 1, d]
 * @returns [n, d]
 */
export function gatherRows(table: Values<Float32Array>, ids: Int32Array, d: number): Float64Array {
  const values = new Float64Array(ids.length * d); // [n, d]
  ids.forEach((id, j) => values.set(table.subarray(id * d, (id + 1) * d), j * d));
  return values;
}

/**
 * The scores v . e_j of n rows.
 *
 * @param vector [d], d a multiple of 4
 * @param rows   [n, d]
 * @returns [n]
 */
export function scoresOf(vector: ArrayLike<number>, rows: Float64Array): Float64Array {
  const v = Float64Array.from(vector); // [d]
  const scores = new Float64Array(rows.length / v.length); // [n]
  let at = 0;
  for (let j = 0; j < scores.length; j++) {
    let a = 0, b = 0, c = 0, e = 0; // four chains of additions run side by side
    for (let i = 0; i < v.length; i += 4, at += 4) {
      a += v[i]! * rows[at]!;
      b += v[i + 1]! * rows[at + 1]!;
      c += v[i + 2]! * rows[at + 2]!;
      e += v[i + 3]! * rows[at + 3]!;
    }
    scores[j] = a + b + (c + e);
  }
  return scores;
}

/**
 * The scores of the mean interest, which are the mean scores: a score is linear in the vector.
 *
 * @param scores [K][n]
 * @returns [n]
 */
export function meanScores(scores: readonly Float64Array[]): Float64Array {
  return scores[0]!.map((_, j) => scores.reduce((sum, x) => sum + x[j]!, 0) / scores.length);
}

/** [U][K] views [d] of interests [U, K, d]. */
export function vectorsByUser(interests: Float32Array, K: number, d: number): Float32Array[][] {
  const vector = (v: number) => interests.subarray(v * d, (v + 1) * d);
  return Array.from(
    { length: interests.length / (K * d) },
    (_, u) => Array.from({ length: K }, (_, k) => vector(u * K + k)),
  );
}

/** What one user's interests give the target and the negatives. */
export interface UserScores {
  /** [K] v_k . e+ */
  readonly positives: Float64Array;
  /** [K][n] v_k . e_j of the negatives that are not the target */
  readonly negatives: readonly Float64Array[];
}

/**
 * The scores of each user of a sample.
 *
 * @param vectors [U][K] interests [d]
 * @param table   [itemCount + 1, d]
 */
export function* userScores(
  vectors: readonly (readonly Float32Array[])[],
  table: Values<Float32Array>,
  { negatives, target }: Pick<Sample, "negatives" | "target">,
): Generator<UserScores> {
  const d = vectors[0]![0]!.length;
  const rows = gatherRows(table, negatives, d);
  for (const [u, ofUser] of vectors.entries()) {
    const positive = gatherRows(table, target.subarray(u, u + 1), d); // [1, d]
    const scores = ofUser.map((vector) => scoresOf(vector, rows)); // [K][n]
    const isOther = (_: number, j: number) => negatives[j] !== target[u];
    yield {
      positives: Float64Array.from(ofUser, (vector) => scoresOf(vector, positive)[0]!),
      negatives: negatives.includes(target[u]!) ? scores.map((x) => x.filter(isOther)) : scores,
    };
  }
}
