/**
 * Interests as sums of a user's items (lib/engine/assembly/tfjs_routed_sums.ts) as two kernels of
 * the tfjs wasm backend that it does not come with: a batched product would need all slots.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/** The kernels' names: inputs A [B, K, L], E [n, d] and rows [B L]. Gives V [B, K, d]. */
export const ROUTED_SUMS = "RoutedSums";
/** Gives the gradients of A and E from these and dV. */
export const ROUTED_SUMS_GRADIENT = "RoutedSumsGradient";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  routedSums(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    rows: number,
    A: number,
    E: number,
    V: number,
  ): void;
  routedSumsBackward(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    rows: number,
    A: number,
    E: number,
    dV: number,
    dA: number,
    dE: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function routedSumsCover(items: tf.Tensor2D): boolean {
  return tf.getKernel(ROUTED_SUMS, tf.getBackend()) !== undefined && items.shape[1] % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerRoutedSums(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped

  function given({ A, E, rows }: tf.NamedTensorInfoMap) {
    const [B, K, L] = A!.shape as [number, number, number], [n, d] = E!.shape as [number, number];
    return { sizes: [B, L, K, d, n] as const, inputs: [rows!, A!, E!], ofV: [B, K, d] };
  }

  tf.registerKernel({
    kernelName: ROUTED_SUMS,
    backendName: "wasm",
    kernelFunc(call) {
      const { sizes, inputs, ofV } = given(call.inputs);
      return memory.exchange(heap, inputs, [ofV], 0, ([rows, A, E], [V]) => {
        kernels.routedSums(...sizes, rows!, A!, E!, V!);
      });
    },
  });
  tf.registerKernel({
    kernelName: ROUTED_SUMS_GRADIENT,
    backendName: "wasm",
    kernelFunc(call) {
      const { sizes, inputs } = given(call.inputs);
      const { A, E, dV } = call.inputs;
      const shapes = [A!.shape, E!.shape];
      return memory.exchange(heap, [...inputs, dV!], shapes, 0, ([rows, A, E, dV], [dA, dE]) => {
        kernels.routedSumsBackward(...sizes, rows!, A!, E!, dV!, dA!, dE!);
      });
    },
  });
}
