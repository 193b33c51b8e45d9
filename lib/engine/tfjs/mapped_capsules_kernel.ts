/**
 * Dynamic routing with one map W of the items for all interests (MIND) as a kernel of the tfjs wasm
 * backend that it does not come with, and its gradient. Where the routing is a constant, an
 * interest that has no gradient gives none: the map is differentiated at one row an interest that
 * learns, s = W^T sum_l C_l x_l, in place of one row a position.
 */
import * as tf from "@tensorflow/tfjs-core";
import { roundUp } from "../core/addresses.ts";
import { type CapsulesKernels, scratchOfCapsules } from "./capsules_kernel.ts";
import type { MatMulKernels } from "./kernel_memory.ts";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernel's name: inputs x [n, d], W [d, d], start [B, K, L] and rows [B L], attribute whether
 * the routing is a constant. Gives interests [B, K, d] and routing [B, K, L]. x and W have
 * gradients.
 */
export const MAPPED_CAPSULES = "MappedCapsules";
/** Gives the gradients of x and W, from those of the interests and of the routing. */
const MAPPED_CAPSULES_GRADIENT = "MappedCapsulesGradient";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels extends MatMulKernels, CapsulesKernels {
  packTrained(
    B: number,
    L: number,
    K: number,
    d: number,
    n: number,
    slots: number,
    x: number,
    routing: number,
    dV: number,
    G: number,
    packedV: number,
    which: number,
  ): number;
  squashRowsBackward(m: number, d: number, S: number, dV: number): void;
  spreadTrained(
    m: number,
    L: number,
    K: number,
    d: number,
    n: number,
    slots: number,
    which: number,
    routing: number,
    H: number,
    dx: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute this map. */
export function mappedCapsulesCover(W: tf.Tensor): boolean {
  return tf.getKernel(MAPPED_CAPSULES, tf.getBackend()) !== undefined && W.shape[0]! % 8 === 0;
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerMappedCapsules(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped
  const blocks = kernels.bytesOfBlocks();

  tf.registerKernel({
    kernelName: MAPPED_CAPSULES,
    backendName: "wasm",
    kernelFunc({ inputs: { x, W, start, rows } }) {
      const [n, d] = x!.shape as [number, number];
      const [B, K, L] = start!.shape as [number, number, number];
      const inputs = [x!, W!, start!, rows!], shapes = [[B, K, d], [B, K, L]];
      const ofCapsules = scratchOfCapsules(L, d);
      const scratch = blocks + ofCapsules + 4 * roundUp(n, 4) * d;
      return memory.exchange(heap, inputs, shapes, scratch, (from, to, free) => {
        const [X, w, b, slots] = from as [number, number, number, number];
        const [V, routing] = to as [number, number];
        const capsules = free + blocks, u = capsules + ofCapsules;
        kernels.matMul(X, false, w, false, n, d, d, u, free);
        kernels.capsules(B, L, K, d, 1, n, slots, u, b, V, routing, capsules);
      });
    },
  });

  tf.registerKernel({
    kernelName: MAPPED_CAPSULES_GRADIENT,
    backendName: "wasm",
    kernelFunc({ inputs: { x, W, start, rows, routing, dV, dRouting }, attrs }) {
      const [n, d] = x!.shape as [number, number];
      const [B, K, L] = routing!.shape as [number, number, number];
      const ofCapsules = scratchOfCapsules(L, d);
      const part = 4 * roundUp(Math.max(n, B * K), 4) * d; // bytes of rows, with room for tiles
      const scratch = blocks + ofCapsules + 3 * part + 4 * B * K;
      const held = attrs!["stopGradient"] as boolean;
      const inputs = [x!, W!, rows!, dV!, ...held ? [routing!] : [start!, dRouting!]];
      return memory.exchange(heap, inputs, [x!.shape, W!.shape], scratch, (from, to, free) => {
        const [X, w, slots, ofV, b, ofRouting] = from as Addresses;
        const [dX, dW] = to as [number, number];
        const capsules = free + blocks, first = capsules + ofCapsules;
        const [second, third] = [first + part, first + 2 * part];
        if (held) {
          const [G, dS, S, which] = [first, second, third, third + part];
          const m = kernels.packTrained(B, L, K, d, n, slots, X, b, ofV, G, dS, which);
          if (m === 0) return;
          kernels.matMul(G, false, w, false, m, d, d, S, free);
          kernels.squashRowsBackward(m, d, S, dS);
          kernels.matMul(G, true, dS, false, d, m, d, dW, free);
          kernels.matMul(dS, false, w, true, m, d, d, S, free); // of G
          kernels.spreadTrained(m, L, K, d, n, slots, which, b, S, dX);
        } else {
          const [u, dU, product] = [first, second, third];
          kernels.matMul(X, false, w, false, n, d, d, u, free);
          memory.floats(dU, n * d).fill(0);
          kernels.capsulesBackward(
            ...[B, L, K, d, 1, n, slots, u, b, ofV, ofRouting, dU, capsules] as const,
          );
          kernels.matMul(X, true, dU, false, d, n, d, dW, free);
          kernels.matMul(dU, false, w, true, n, d, d, product, free);
          memory.floats(dX, n * d).set(memory.floats(product, n * d));
        }
      });
    },
  });
}

/** Of the gradient's inputs; the last two as the routing is a constant or not. */
type Addresses = readonly [number, number, number, number, number, number];

tf.registerGradient({
  kernelName: MAPPED_CAPSULES,
  inputsToSave: ["x", "W", "rows", "start"],
  outputsToSave: [false, true],
  gradFunc(dy, [x, W, rows, start, routing], attributes) {
    const [dV, dRouting] = dy as tf.Tensor[];
    const inputs = { x, W, rows, start, routing, dV, dRouting } as tf.NamedTensorMap;
    const [dx, dW] = tf.engine().runKernel<tf.Tensor[]>(
      MAPPED_CAPSULES_GRADIENT,
      inputs,
      attributes,
    );
    return { x: () => dx!, W: () => dW! };
  },
});
