/**
 * Attention of queries to rows of a common memory (lib/engine/assembly/tfjs_attend_rows.ts) as two
 * kernels of the tfjs wasm backend that it does not come with: what an encoder asks for there
 * instead of a dozen ops on every row that is looked at.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/** The kernels' names: inputs query, keys, values, at, maybe kept; for the gradient dy, too. */
export const ATTEND_ROWS = "AttendRows";
/** Gives the gradients of query, keys and values. */
export const ATTEND_ROWS_GRADIENT = "AttendRowsGradient";

/** Heads that the kernels compute: the lanes of a vector. */
const HEADS = 4;

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  attendRows(
    N: number,
    M: number,
    d: number,
    Q: number,
    K: number,
    V: number,
    at: number,
    kept: number,
    Y: number,
    scratch: number,
  ): void;
  attendRowsBackward(
    N: number,
    M: number,
    d: number,
    Q: number,
    K: number,
    V: number,
    at: number,
    kept: number,
    dY: number,
    dQ: number,
    dK: number,
    dV: number,
    scratch: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function attendRowsCovers(query: tf.Tensor2D, heads: number): boolean {
  const known = tf.getKernel(ATTEND_ROWS, tf.getBackend()) !== undefined;
  return known && heads === HEADS && query.shape[1] % 16 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerAttendRows(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped

  /** N, M, d, and the inputs in their order. */
  function given({ query, keys, values, at, kept, dy }: tf.NamedTensorInfoMap) {
    const [N, d] = query!.shape as [number, number];
    const M = at!.shape[0]! / N;
    const inputs = [query!, keys!, values!, at!, ...kept ? [kept] : [], ...dy ? [dy] : []];
    return { N, M, d, inputs, scratch: 16 * (2 * M + 4), dropped: kept !== undefined };
  }

  tf.registerKernel({
    kernelName: ATTEND_ROWS,
    backendName: "wasm",
    kernelFunc(call) {
      const { N, M, d, inputs, scratch, dropped } = given(call.inputs);
      return memory.exchange(heap, inputs, [[N, d]], scratch, (from, [Y], free) => {
        const [Q, K, V, at, kept] = from as [number, number, number, number, number];
        kernels.attendRows(N, M, d, Q, K, V, at, dropped ? kept : 0, Y!, free);
      });
    },
  });
  tf.registerKernel({
    kernelName: ATTEND_ROWS_GRADIENT,
    backendName: "wasm",
    kernelFunc(call) {
      const { N, M, d, inputs, scratch, dropped } = given(call.inputs);
      const shapes = inputs.slice(0, 3).map(({ shape }) => shape);
      return memory.exchange(heap, inputs, shapes, scratch, (from, to, free) => {
        const [Q, K, V, at, kept] = from as [number, number, number, number, number];
        const [dQ, dK, dV] = to as [number, number, number];
        const ofKept = dropped ? kept : 0;
        kernels.attendRowsBackward(
          ...[N, M, d, Q, K, V, at, ofKept, from.at(-1)!, dQ, dK, dV, free] as const,
        );
      });
    },
  });
}
