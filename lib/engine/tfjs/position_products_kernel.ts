/**
 * Products of each position's rows with a matrix of its own, and their gradients, as two kernels of
 * the tfjs wasm backend that it does not come with: a batched product would compute the padding.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { MatMulKernels } from "./kernel_memory.ts";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernels' names: inputs x [n, g c] and W [L, c, c'], attribute sizes, how many rows each
 * position has; for the gradient dy [n, g c'], too.
 */
export const POSITION_PRODUCTS = "PositionProducts";
/** Gives the gradients of x and W. */
export const POSITION_PRODUCTS_GRADIENT = "PositionProductsGradient";

/** Whether the current backend has the kernels and they compute these sizes. */
export function positionProductsCover(W: tf.Tensor3D): boolean {
  const [, c, columns] = W.shape;
  const known = tf.getKernel(POSITION_PRODUCTS, tf.getBackend()) !== undefined;
  return known && c % 8 === 0 && columns % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerPositionProducts(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as MatMulKernels; // foreign: untyped
  const blocks = kernels.bytesOfBlocks();

  /** A product of [m, k] and [k, n] behind the blocks, where there is room, copied to its place. */
  function product(
    A: number,
    transposedA: boolean,
    B: number,
    transposedB: boolean,
    [m, k, n]: readonly [number, number, number],
    to: number,
    scratch: number,
  ): void {
    const C = scratch + blocks;
    kernels.matMul(A, transposedA, B, transposedB, m, k, n, C, scratch);
    memory.floats(to, m * n).set(memory.floats(C, m * n));
  }

  /** Does something for each position: with its number of rows, its first, and its matrix. */
  function eachPosition(
    sizes: readonly number[],
    groups: number,
    work: (rows: number, first: number, position: number) => void,
  ): void {
    let first = 0;
    sizes.forEach((size, position) => {
      work(size * groups, first, position);
      first += size * groups;
    });
  }

  tf.registerKernel({
    kernelName: POSITION_PRODUCTS,
    backendName: "wasm",
    kernelFunc({ inputs: { x, W }, attrs }) {
      const [, c, n] = W!.shape as [number, number, number];
      const [rows, width] = x!.shape as [number, number];
      const groups = width / c, most = (rows * groups + 4) * n;
      const shape = [rows, groups * n];
      return memory.exchange(
        heap,
        [x!, W!],
        [shape],
        blocks + 4 * most,
        ([X, w], [y], free) =>
          eachPosition(attrs!["sizes"] as number[], groups, (m, first, l) => {
            const [from, matrix] = [X! + 4 * first * c, w! + 4 * l * c * n];
            product(from, false, matrix, false, [m, c, n], y! + 4 * first * n, free);
          }),
      );
    },
  });
  tf.registerKernel({
    kernelName: POSITION_PRODUCTS_GRADIENT,
    backendName: "wasm",
    kernelFunc({ inputs: { x, W, dy }, attrs }) {
      const [, c, n] = W!.shape as [number, number, number];
      const [rows, width] = x!.shape as [number, number];
      const groups = width / c, most = Math.max(rows * groups + 4, n) * c;
      const shapes = [x!.shape, W!.shape];
      const scratch = blocks + 4 * most;
      return memory.exchange(heap, [x!, W!, dy!], shapes, scratch, (from, to, free) => {
        const [X, w, dY] = from as [number, number, number];
        const [dX, dW] = to as [number, number];
        eachPosition(attrs!["sizes"] as number[], groups, (m, first, l) => {
          const [x, dy, matrix] = [4 * first * c, 4 * first * n, 4 * l * c * n];
          product(dY + dy, false, w + matrix, true, [m, n, c], dX + x, free);
          product(X + x, true, dY + dy, false, [c, m, n], dW + matrix, free);
        });
      });
    },
  });
}
