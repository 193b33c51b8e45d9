/**
 * PIMI's embedding of intervals (lib/engine/assembly/tfjs_time_embedding.ts) as two kernels of the
 * tfjs wasm backend that it does not come with: its ops look every pair of positions up by itself.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernels' names: inputs s [span + 1], Tau [span + 1, d], clock and rows, integers [B, L] and
 * [B L], attribute n, how many rows there are. Gives [n, d].
 */
export const TIME_EMBEDDING = "TimeEmbedding";
/** Gives the gradients of s and Tau from these and dq [n, d]. */
export const TIME_EMBEDDING_GRADIENT = "TimeEmbeddingGradient";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  timeEmbedding(
    B: number,
    L: number,
    d: number,
    n: number,
    span: number,
    rows: number,
    clock: number,
    s: number,
    Tau: number,
    q: number,
    scratch: number,
  ): void;
  timeEmbeddingBackward(
    B: number,
    L: number,
    d: number,
    n: number,
    span: number,
    rows: number,
    clock: number,
    s: number,
    Tau: number,
    dq: number,
    ds: number,
    dTau: number,
    scratch: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function timeEmbeddingCovers(Tau: tf.Tensor2D): boolean {
  return tf.getKernel(TIME_EMBEDDING, tf.getBackend()) !== undefined && Tau.shape[1] % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerTimeEmbedding(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped

  function given({ inputs: { s, Tau, clock, rows }, attrs }: Parameters<tf.KernelFunc>[0]) {
    const [B, L] = clock!.shape as [number, number], [intervals, d] = Tau!.shape;
    const sizes = [B, L, d!, attrs!["n"] as number, intervals! - 1] as const;
    return { inputs: [rows!, clock!, s!, Tau!], sizes, scratch: 12 * (L + 4) };
  }

  tf.registerKernel({
    kernelName: TIME_EMBEDDING,
    backendName: "wasm",
    kernelFunc(call) {
      const { inputs, sizes, scratch } = given(call);
      const shapes = [[sizes[3], sizes[2]]];
      return memory.exchange(heap, inputs, shapes, scratch, (from, [q], free) => {
        const [rows, clock, s, Tau] = from as [number, number, number, number];
        kernels.timeEmbedding(...sizes, rows, clock, s, Tau, q!, free);
      });
    },
  });
  tf.registerKernel({
    kernelName: TIME_EMBEDDING_GRADIENT,
    backendName: "wasm",
    kernelFunc(call) {
      const { inputs, sizes, scratch } = given(call);
      const { s, Tau, dq } = call.inputs;
      const shapes = [s!.shape, Tau!.shape];
      return memory.exchange(heap, [...inputs, dq!], shapes, scratch, (from, to, free) => {
        const [rows, clock, s, Tau, dq] = from as [number, number, number, number, number];
        const [ds, dTau] = to as [number, number];
        kernels.timeEmbeddingBackward(...sizes, rows, clock, s, Tau, dq, ds, dTau, free);
      });
    },
  });
}
