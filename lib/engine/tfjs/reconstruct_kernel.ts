/**
 * Re4's re-construction (lib/engine/assembly/tfjs_reconstruct.ts) as a kernel of the tfjs wasm
 * backend that it does not come with: its ops work on all pairs of slots, most of them padding.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernel's name: inputs Y [n K, d], S [n K, L], E [n, d], made [n, K] and rows [B L]. Gives the
 * mean, and its gradients of Y, S and E.
 */
export const RECONSTRUCT = "Reconstruct";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  reconstruct(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    rows: number,
    Y: number,
    S: number,
    E: number,
    made: number,
    scale: number,
    dY: number,
    dS: number,
    dE: number,
    scratch: number,
  ): number;
}

/** Registers it with the wasm backend, whose heap this is. */
export function registerReconstruct(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const { reconstruct } = memory.instantiate(module) as unknown as Kernels; // foreign: untyped
  tf.registerKernel({
    kernelName: RECONSTRUCT,
    backendName: "wasm",
    kernelFunc({ inputs: { Y, S, E, made, rows } }) {
      const inputs = [Y!, S!, E!, made!, rows!];
      const [n, d] = E!.shape as [number, number];
      const L = S!.shape[1]!, K = made!.shape[1]!, B = rows!.shape[0]! / L;
      const shapes = [[1], Y!.shape, S!.shape, E!.shape];
      const scratch = 4 * (d + 3 * (L + 4));
      return memory.exchange(heap, inputs, shapes, scratch, (from, to, free) => {
        const [y, s, e, m, r] = from as [number, number, number, number, number];
        const [mean, dY, dS, dE] = to as [number, number, number, number];
        const scale = 1 / (B * K * L * d);
        const loss = reconstruct(B, L, K, d, n, r, y, s, e, m, scale, dY, dS, dE, free);
        memory.floats(mean, 1)[0] = loss;
      });
    },
  });
}
