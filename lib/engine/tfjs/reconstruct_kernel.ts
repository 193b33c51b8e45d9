/**
 * Re4's re-construction (lib/engine/assembly/tfjs_reconstruct.ts) as a kernel of the tfjs wasm
 * backend that it does not come with: its ops work on all pairs of slots, most of them padding.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernel's name: inputs v [B, K, d], C [d, L d], c [L d], W3 [d, d], W4 [d, L], W5 [d, d],
 * E [n, d], made [n, K] and rows [B L], attributes sizes and slots of the real positions. Gives the
 * mean, and its gradients of v, C, c, W3, W4, W5 and E.
 */
export const RECONSTRUCT = "Reconstruct";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  bytesOfReconstruct(L: number, n: number, K: number, d: number): number;
  reconstruct(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    positions: number,
    sizes: number,
    slots: number,
    rows: number,
    v: number,
    C: number,
    c: number,
    W3: number,
    W4: number,
    W5: number,
    E: number,
    made: number,
    scale: number,
    dv: number,
    dC: number,
    dc: number,
    dW3: number,
    dW4: number,
    dW5: number,
    dE: number,
    scratch: number,
  ): number;
}

/** Whether the current backend has the kernel and it computes these sizes. */
export function reconstructCovers(v: tf.Tensor3D): boolean {
  return tf.getKernel(RECONSTRUCT, tf.getBackend()) !== undefined && v.shape[2] % 8 === 0;
}

/** Registers it with the wasm backend, whose heap this is. */
export function registerReconstruct(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped
  tf.registerKernel({
    kernelName: RECONSTRUCT,
    backendName: "wasm",
    kernelFunc({ inputs, attrs }) {
      const { sizes, slots } = attrs as unknown as { sizes: number[]; slots: Int32Array };
      const trained = ["v", "C", "c", "W3", "W4", "W5", "E"].map((name) => inputs[name]!);
      const [B, K, d] = trained[0]!.shape as [number, number, number];
      const L = inputs["W4"]!.shape[1]!, n = slots.length;
      const shapes = [[1], ...trained.map(({ shape }) => shape)];
      const own = 4 * (L + n); // bytes of sizes and slots
      const scratch = own + kernels.bytesOfReconstruct(L, n, K, d) + 16;
      const all = [...trained, inputs["made"]!, inputs["rows"]!];
      return memory.exchange(heap, all, shapes, scratch, (from, to, ofSizes) => {
        const ofSlots = ofSizes + 4 * L, free = 16 * Math.ceil((ofSizes + own) / 16);
        memory.integers(ofSizes, sizes.length).set(sizes);
        memory.integers(ofSlots, n).set(slots);
        const [v, C, c, W3, W4, W5, E, made, rows] = from as Nine;
        const [mean, dv, dC, dc, dW3, dW4, dW5, dE] = to as Eight;
        memory.floats(mean, 1)[0] = kernels.reconstruct(
          ...[B, L, K, d, n, sizes.length, ofSizes, ofSlots, rows] as const,
          ...[v, C, c, W3, W4, W5, E, made, 1 / (B * K * L * d)] as const,
          ...[dv, dC, dc, dW3, dW4, dW5, dE, free] as const,
        );
      });
    },
  });
}

type Eight = [number, number, number, number, number, number, number, number];
type Nine = [...Eight, number];
