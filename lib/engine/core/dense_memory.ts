/** Where dense parameters and their moments are, and Adam's step of them. */

/** First and second moment of a parameter array. */
export interface Moments {
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/** The definition is lib/train/adam.ts; wasm_dense.ts computes the same. */
export interface DenseMemory {
  /** An array of so many zeros. */
  zeros(n: number): Float32Array;
  /** One Adam step t, counted from 1, of arrays that it made. */
  step(values: Float32Array, moments: Moments, gradient: Float32Array, t: number): void;
}
