/** Many numbers, handed over from where they lie. */

/** The values of a tensor. */
export type TensorValues = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/**
 * Values that are handed over some at a time, from where they lie, so that nobody needs a copy of
 * all: every typed array is such.
 */
export interface Values<T extends TensorValues = TensorValues> {
  readonly length: number;
  /** those from..to - 1; valid until the next call */
  subarray(from: number, to: number): T;
}

/** Numbers that are handed over at a time where nobody says how many. */
const STRETCH = 1 << 20;

/** All values, some at a time, each stretch with where it starts. */
export function* stretches<T extends TensorValues>(
  values: Values<T>,
): Generator<readonly [at: number, T]> {
  for (let at = 0; at < values.length; at += STRETCH) {
    yield [at, values.subarray(at, Math.min(at + STRETCH, values.length))];
  }
}

/** A copy of values. */
export function copyOf<T extends TensorValues>(values: Values<T>): T {
  const kind = values.subarray(0, 0).constructor as new (length: number) => T;
  const copy = new kind(values.length);
  for (const [at, stretch] of stretches(values)) copy.set(stretch, at);
  return copy;
}
