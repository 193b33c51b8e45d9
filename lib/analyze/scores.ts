/** Scores of many vectors against many rows, in float64. */

/**
 * Copies the rows of n items.
 *
 * @param table [itemCount + 1, d]
 * @returns [n, d]
 */
export function gatherRows(table: Float32Array, ids: Int32Array, d: number): Float64Array {
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
