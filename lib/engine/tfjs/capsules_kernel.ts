/**
 * Dynamic routing over packed histories (lib/engine/assembly/tfjs_capsules.ts) as a kernel of the
 * tfjs wasm backend that it does not come with, and its gradient: thirty ops on all slots become
 * one on the real ones.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernel's name: inputs votes [n, heads d], start [B, K, L] and rows [B L], attributes d and
 * whether the routing is a constant. Gives interests [B, K, d] and routing [B, K, L]. The votes
 * have a gradient.
 */
export const CAPSULES = "Capsules";
/** Gives the gradient of the votes, from those of the interests and of the routing. */
const CAPSULES_GRADIENT = "CapsulesGradient";

/** B, L, K, d, heads, n. */
type Sizes = readonly [number, number, number, number, number, number];

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
export interface CapsulesKernels {
  capsules(
    ...given: readonly [
      ...Sizes,
      slots: number,
      votes: number,
      start: number,
      V: number,
      routing: number,
      scratch: number,
    ]
  ): void;
  capsulesBackwardOfLast(
    ...given: readonly [
      ...Sizes,
      slots: number,
      votes: number,
      routing: number,
      dV: number,
      dU: number,
      scratch: number,
    ]
  ): void;
  capsulesBackward(
    ...given: readonly [
      ...Sizes,
      slots: number,
      votes: number,
      start: number,
      dV: number,
      dRouting: number,
      dU: number,
      scratch: number,
    ]
  ): void;
}

/** Whether the current backend has the kernels and they compute this embedding size. */
export function capsulesCover(d: number): boolean {
  return tf.getKernel(CAPSULES, tf.getBackend()) !== undefined && d % 4 === 0;
}

/** Bytes of scratch that the kernels need. */
export function scratchOfCapsules(L: number, d: number): number {
  return 4 * (8 * d + 6 * (L + 3));
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerCapsules(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as CapsulesKernels; // foreign: untyped

  function sizesOf(votes: tf.TensorInfo, routing: tf.TensorInfo, d: number): Sizes {
    const [n, width] = votes.shape as [number, number];
    const [B, K, L] = routing.shape as [number, number, number];
    return [B, L, K, d, width / d, n];
  }

  tf.registerKernel({
    kernelName: CAPSULES,
    backendName: "wasm",
    kernelFunc({ inputs: { votes, start, rows }, attrs }) {
      const d = attrs!["d"] as number;
      const sizes = sizesOf(votes!, start!, d);
      const [B, L, K] = sizes, scratch = scratchOfCapsules(L, d);
      const inputs = [rows!, votes!, start!], shapes = [[B, K, d], start!.shape];
      return memory.exchange(heap, inputs, shapes, scratch, (from, to, free) => {
        const [slots, u, b] = from as [number, number, number];
        const [V, routing] = to as [number, number];
        kernels.capsules(...sizes, slots, u, b, V, routing, free);
      });
    },
  });
  tf.registerKernel({
    kernelName: CAPSULES_GRADIENT,
    backendName: "wasm",
    kernelFunc({ inputs: { votes, rows, start, routing, dV, dRouting }, attrs }) {
      const sizes = sizesOf(votes!, routing!, attrs!["d"] as number);
      const scratch = scratchOfCapsules(sizes[1], sizes[3]);
      const held = attrs!["stopGradient"] as boolean;
      const inputs = [rows!, votes!, dV!, ...held ? [routing!] : [start!, dRouting!]];
      return memory.exchange(heap, inputs, [votes!.shape], scratch, (from, [dU], free) => {
        const [slots, u, ofV, b, ofRouting] = from as [number, number, number, number, number];
        if (held) kernels.capsulesBackwardOfLast(...sizes, slots, u, b, ofV, dU!, free);
        else kernels.capsulesBackward(...sizes, slots, u, b, ofV, ofRouting, dU!, free);
      });
    },
  });
}

tf.registerGradient({
  kernelName: CAPSULES,
  inputsToSave: ["votes", "rows", "start"],
  outputsToSave: [false, true],
  gradFunc(dy, [votes, rows, start, routing], attributes) {
    const [dV, dRouting] = dy as tf.Tensor[];
    const inputs = { votes, rows, start, routing, dV, dRouting } as tf.NamedTensorMap;
    const gradient = () =>
      tf.engine().runKernel<tf.Tensor[]>(CAPSULES_GRADIENT, inputs, attributes);
    return { votes: () => gradient()[0]! };
  },
});
