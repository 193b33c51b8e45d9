/**
 * Re4's re-attend and re-contrast (lib/engine/assembly/tfjs_backward_flows.ts) as kernels of the
 * tfjs wasm backend that it does not come with: their ops work on slots, most of them padding.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernels' names. Of V [B, K, d], E [n, d], logits [B, K, L] and rows [B L] the mean, and its
 * gradients of V, E and logits.
 */
export const REATTEND = "Reattend";
/** Of V, E, made [n, K], rows [B L] and attribute tau the mean, and its gradients of V and E. */
export const RECONTRAST = "Recontrast";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  reattend(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    rows: number,
    V: number,
    E: number,
    logits: number,
    scale: number,
    dV: number,
    dE: number,
    dLogits: number,
    scratch: number,
  ): number;
  recontrast(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    rows: number,
    V: number,
    E: number,
    made: number,
    tau: number,
    scale: number,
    dV: number,
    dE: number,
    scratch: number,
  ): number;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function backwardFlowsCover(V: tf.Tensor3D): boolean {
  return tf.getKernel(REATTEND, tf.getBackend()) !== undefined && V.shape[2] % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerBackwardFlows(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped

  function sizesOf({ V, E, rows }: tf.NamedTensorInfoMap) {
    const [B, K, d] = V!.shape as [number, number, number];
    return { B, K, d, L: rows!.shape[0]! / B, n: E!.shape[0]! };
  }

  tf.registerKernel({
    kernelName: REATTEND,
    backendName: "wasm",
    kernelFunc({ inputs }) {
      const { B, L, K, d, n } = sizesOf(inputs);
      const trained = [inputs["V"]!, inputs["E"]!, inputs["logits"]!];
      const shapes = [[1], ...trained.map(({ shape }) => shape)];
      const given = [...trained, inputs["rows"]!], scratch = 12 * (L + 4);
      return memory.exchange(heap, given, shapes, scratch, (from, to, free) => {
        const [V, E, logits, rows] = from as [number, number, number, number];
        const [mean, dV, dE, dLogits] = to as [number, number, number, number];
        memory.floats(mean, 1)[0] = kernels.reattend(
          ...[B, L, K, d, n, rows, V, E, logits, 1 / (B * K), dV, dE, dLogits, free] as const,
        );
      });
    },
  });
  tf.registerKernel({
    kernelName: RECONTRAST,
    backendName: "wasm",
    kernelFunc({ inputs, attrs }) {
      const { B, L, K, d, n } = sizesOf(inputs);
      const trained = [inputs["V"]!, inputs["E"]!], tau = attrs!["tau"] as number;
      const shapes = [[1], ...trained.map(({ shape }) => shape)];
      const given = [...trained, inputs["made"]!, inputs["rows"]!];
      const scratch = 8 * ((B * K + n) * d + 2 * (L + 4) + K + 4);
      return memory.exchange(heap, given, shapes, scratch, (from, to, free) => {
        const [V, E, made, rows] = from as [number, number, number, number];
        const [mean, dV, dE] = to as [number, number, number];
        memory.floats(mean, 1)[0] = kernels.recontrast(
          ...[B, L, K, d, n, rows, V, E, made, tau, 1 / (B * K * L), dV, dE, free] as const,
        );
      });
    },
  });
}
