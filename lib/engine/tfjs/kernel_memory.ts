/** Our kernels for tfjs over a memory of their own, as functions of arrays. */

import { roundUp } from "../core/addresses.ts";
import { OwnMemory } from "./own_memory.ts";

/**
 * Of the exports of lib/engine/assembly/tfjs.ts those of products; parameters without
 * a plainer name are addresses.
 */
export interface MatMulKernels {
  bytesOfBlocks(): number;
  matMul(
    A: number,
    transposedA: boolean,
    B: number,
    transposedB: boolean,
    m: number,
    k: number,
    n: number,
    C: number,
    blocks: number,
  ): void;
}

/** And the others that are used here. */
interface Kernels extends MatMulKernels {
  smallMatMuls(
    batch: number,
    A: number,
    stepA: number,
    transposedA: boolean,
    B: number,
    stepB: number,
    transposedB: boolean,
    m: number,
    k: number,
    n: number,
    C: number,
  ): void;
  tanhInPlace(x: number, n: number): void;
}

/** What needs more memory than this is left to the stock kernels, as ours do not give it back. */
export const LIMIT = 2 ** 29;

/** Multiplications of a product that takes less time than packing its operands into tiles. */
const SMALL = 2 ** 15;

/** A matrix product's sizes: C [batch, m, n] = A [batch or 1, m, k] B [batch or 1, k, n]. */
export interface ProductSizes {
  readonly batch: number;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** shape of C */
  readonly shape: number[];
  /** floats from one matrix of the batch to the next; 0 where one serves all */
  readonly stepA: number;
  readonly stepB: number;
}

/** The kernels over their own memory. */
export class WasmKernels {
  readonly #memory = new OwnMemory();
  readonly #kernels: Kernels;

  constructor(module: WebAssembly.Module) {
    this.#kernels = this.#memory.instantiate(module) as unknown as Kernels; // foreign boundary
  }

  /** Whether a product fits into the memory. */
  holds({ batch, m, k, n }: ProductSizes): boolean {
    return 4 * (batch * (m * k + k * n + m * n) + roundUp(m, 4) * roundUp(n, 8)) < LIMIT;
  }

  /** C = A B of the whole batch. */
  matMul(
    A: Float32Array,
    transposedA: boolean,
    B: Float32Array,
    transposedB: boolean,
    { batch, m, k, n, stepA, stepB }: ProductSizes,
    C: Float32Array,
  ): void {
    const kernels = this.#kernels;
    if (batch > 1 && m * k * n <= SMALL && !(transposedA && transposedB)) {
      const [a, b, c] = this.#memory.layOut([4 * A.length, 4 * B.length, 4 * C.length]);
      this.#memory.floats(a!, A.length).set(A);
      this.#memory.floats(b!, B.length).set(B);
      const [nextA, nextB] = [4 * stepA, 4 * stepB];
      kernels.smallMatMuls(
        ...[batch, a!, nextA, transposedA, b!, nextB, transposedB, m, k, n, c!] as const,
      );
      C.set(this.#memory.floats(c!, C.length));
      return;
    }
    const ldc = roundUp(n, 8);
    const at = this.#memory.layOut([
      4 * A.length,
      4 * B.length,
      4 * roundUp(m, 4) * ldc,
      kernels.bytesOfBlocks(),
    ]);
    const [a, b, c, blocks] = at as [number, number, number, number];
    this.#memory.floats(a, A.length).set(A);
    this.#memory.floats(b, B.length).set(B);
    const padded = this.#memory.floats(c, m * ldc); // [m, ldc]
    for (let i = 0; i < batch; i++) {
      const [Ai, Bi] = [a + 4 * i * stepA, b + 4 * i * stepB];
      const used = rowsBeforeZeros(A, i * stepA, ...(transposedA ? [k, m] : [m, k]) as Shape);
      const [mi, ki] = transposedA ? [m, transposedB ? k : used] : [used, k];
      if (mi * ki > 0) kernels.matMul(Ai, transposedA, Bi, transposedB, mi, ki, n, c, blocks);
      padded.fill(0, ki === 0 ? 0 : mi * ldc);
      if (ldc === n) C.set(padded, i * m * n);
      else copyRows(padded, ldc, C.subarray(i * m * n, (i + 1) * m * n), n);
    }
  }

  /** y = tanh x. */
  tanh(x: Float32Array, y: Float32Array): void {
    const size = roundUp(x.length, 4);
    const [at] = this.#memory.layOut([4 * size]) as [number];
    const values = this.#memory.floats(at, x.length);
    values.set(x);
    this.#kernels.tanhInPlace(at, size);
    y.set(values);
  }
}

/** Rows and columns. */
type Shape = [number, number];

/**
 * How many rows a matrix has before those at its end that are 0 and add nothing to a product:
 * padding, where the rows of a batch's longer histories come first.
 */
function rowsBeforeZeros(x: Float32Array, from: number, rows: number, columns: number): number {
  let end = from + rows * columns;
  while (end > from && x[end - 1] === 0) end--;
  return Math.ceil((end - from) / columns);
}

function copyRows(from: Float32Array, stride: number, to: Float32Array, length: number): void {
  for (let row = 0; row * length < to.length; row++) {
    for (let i = 0; i < length; i++) to[row * length + i] = from[row * stride + i]!;
  }
}
