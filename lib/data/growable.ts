/** Arrays of numbers that grow without copying, for files whose length is not known beforehand. */

const CHUNK_BITS = 18;
const CHUNK = 1 << CHUNK_BITS;

/** Numbers appended one by one, kept in typed chunks of 2^18 (a doubling array peaks at thrice). */
export class Growable<T extends Uint32Array | Float64Array> {
  /** how many numbers there are */
  length = 0;
  readonly #chunks: T[] = [];
  readonly #allocate: (length: number) => T;

  /**
   * Starts empty.
   *
   * @param allocate makes a chunk, e.g. `(n) => new Uint32Array(n)`
   */
  constructor(allocate: (length: number) => T) {
    this.#allocate = allocate;
  }

  /** Appends a number. */
  push(value: number): void {
    const place = this.length & (CHUNK - 1);
    if (place === 0) this.#chunks.push(this.#allocate(CHUNK));
    this.#chunks[this.length++ >>> CHUNK_BITS]![place] = value;
  }

  /** Changes the number at an index in [0, length). */
  set(index: number, value: number): void {
    this.#chunks[index >>> CHUNK_BITS]![index & (CHUNK - 1)] = value;
  }

  /** The number at an index in [0, length). */
  at(index: number): number {
    return this.#chunks[index >>> CHUNK_BITS]![index & (CHUNK - 1)]!;
  }
}
