/** The plane of the playground: where a vector stands among the planted interests. */

/** A point; within the unit circle. */
export type Point = readonly [x: number, y: number];

/**
 * Where planted interest c of n stands: on the unit circle. The truth tells planted interests apart
 * and nothing more, any two are as far from each other as any others, so every direction is a
 * principal one; these two see all of them alike, and are the same at every step.
 */
export function anchor(c: number, n: number): Point {
  const angle = 2 * Math.PI * c / n;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Puts vectors into the plane of the truth. */
export class Plane {
  /** [n, d] mean direction of the items of a planted interest, of length 1 */
  readonly #centres: readonly Float64Array[];

  /**
   * @param rows [itemCount, d]
   * @param interestOfItem [itemCount + 1]
   */
  constructor(rows: Float64Array, d: number, interestOfItem: Uint16Array) {
    const n = Math.max(...interestOfItem) + 1;
    const centres = Array.from({ length: n }, () => new Float64Array(d));
    for (let i = 0; i < rows.length / d; i++) {
      const row = rows.subarray(i * d, (i + 1) * d);
      const size = Math.hypot(...row);
      const centre = centres[interestOfItem[i + 1]!]!;
      row.forEach((x, c) => centre[c]! += x / size);
    }
    this.#centres = centres.map((centre) => {
      const size = Math.hypot(...centre);
      return centre.map((x) => x / size);
    });
  }

  /**
   * The mean of the anchors, weighted by how far the cosine with each planted interest exceeds the
   * vector's mean cosine. At an anchor: like that interest and no other. Between two: like both.
   */
  place(vector: ArrayLike<number>): Point {
    const size = Math.hypot(...Array.from(vector));
    const likes = this.#centres.map((centre) =>
      centre.reduce((sum, x, c) => sum + x * vector[c]!, 0) / size
    );
    const mean = likes.reduce((a, b) => a + b, 0) / likes.length;
    let x = 0, y = 0, above = 0;
    likes.forEach((like, c) => {
      const excess = Math.max(0, like - mean);
      const [ax, ay] = anchor(c, likes.length);
      above += excess;
      x += excess * ax;
      y += excess * ay;
    });
    return above > 0 ? [x / above, y / above] : [0, 0];
  }
}
