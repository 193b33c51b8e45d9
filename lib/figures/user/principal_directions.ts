/** Principal component analysis in two dimensions: enough for a map. */

/** A projection of vectors onto the two directions in which they vary most. */
export interface Projection {
  /** coordinates of the vectors, in order */
  readonly points: readonly (readonly [number, number])[];
  /** share of the variance that each direction carries */
  readonly explained: readonly [number, number];
}

/**
 * Projects vectors of equal size on their first two principal directions, by power iteration on
 * the covariance. A direction points to where its largest coefficient is positive, so that equal
 * input gives an equal map.
 */
export function principalProjection(vectors: readonly ArrayLike<number>[]): Projection {
  const d = vectors[0]?.length ?? 0;
  const center = Array.from(
    { length: d },
    (_, j) => vectors.reduce((sum, vector) => sum + vector[j]!, 0) / vectors.length,
  );
  const centered = vectors.map((vector) => center.map((c, j) => vector[j]! - c));
  const total = centered.reduce((sum, vector) => sum + dot(vector, vector), 0);
  const first = leadingDirection(centered);
  const rest = centered.map((vector) => without(vector, first));
  const second = leadingDirection(rest);
  const points = centered.map((v) => [dot(v, first), dot(v, second)] as const);
  const share = (axis: 0 | 1) =>
    total > 0 ? points.reduce((sum, point) => sum + point[axis] ** 2, 0) / total : 0;
  return { points, explained: [share(0), share(1)] };
}

function leadingDirection(vectors: readonly number[][]): number[] {
  // Start at the longest vector: it is never orthogonal to everything.
  let direction = normalized(vectors.reduce((a, b) => dot(a, a) >= dot(b, b) ? a : b));
  for (let iteration = 0; iteration < 500; iteration++) {
    const next = direction.map(() => 0);
    for (const vector of vectors) {
      const along = dot(vector, direction);
      for (let j = 0; j < next.length; j++) next[j]! += along * vector[j]!;
    }
    const unit = normalized(next);
    const turned = 1 - Math.abs(dot(unit, direction));
    direction = unit;
    if (turned < 1e-12) break;
  }
  const largest = direction.reduce((a, b) => Math.abs(a) >= Math.abs(b) ? a : b, 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + value * b[j]!, 0);
}

function without(vector: readonly number[], direction: readonly number[]): number[] {
  const along = dot(vector, direction);
  return vector.map((value, j) => value - along * direction[j]!);
}

function normalized(vector: readonly number[]): number[] {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => length > 0 ? value / length : 0);
}
