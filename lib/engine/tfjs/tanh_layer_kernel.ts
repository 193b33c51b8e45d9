/**
 * Two dense layers with a tanh between them (lib/engine/assembly/tfjs_tanh_layer.ts) as two kernels
 * of the tfjs wasm backend that it does not come with.
 */
import * as tf from "@tensorflow/tfjs-core";
import { OwnMemory } from "./own_memory.ts";
import type { Heap } from "./wasm_heap.ts";

/**
 * The kernels' names: inputs X [n, d], W1 [d, h], W2 [h, K], maybe b1 [h]. Gives [n, K], and the
 * tanh, n rounded up to 4, that the gradient asks for.
 */
export const TANH_LAYER = "TanhLayer";
/** Gives the gradients of X, W1, W2, and of b1 if given, from these, H and dY. */
export const TANH_LAYER_GRADIENT = "TanhLayerGradient";

/** Exports of lib/engine/assembly/tfjs.ts; parameters without a plainer name are addresses. */
interface Kernels {
  bytesOfTanhLayer(d: number, h: number, K: number): number;
  tanhLayer(
    n: number,
    d: number,
    h: number,
    K: number,
    X: number,
    W1: number,
    b1: number,
    W2: number,
    H: number,
    Y: number,
    scratch: number,
  ): void;
  tanhLayerBackward(
    n: number,
    d: number,
    h: number,
    K: number,
    X: number,
    W1: number,
    W2: number,
    H: number,
    dY: number,
    dX: number,
    dW1: number,
    db1: number,
    dW2: number,
    scratch: number,
  ): void;
}

/** Whether the current backend has the kernels and they compute these sizes. */
export function tanhLayerCovers(W1: tf.Tensor): boolean {
  const known = tf.getKernel(TANH_LAYER, tf.getBackend()) !== undefined;
  return known && W1.shape.every((size) => size % 8 === 0);
}

/** Registers them with the wasm backend, whose heap this is. */
export function registerTanhLayer(module: WebAssembly.Module, heap: Heap): void {
  const memory = new OwnMemory();
  const kernels = memory.instantiate(module) as unknown as Kernels; // foreign boundary: untyped

  function sizesOf({ X, W1, W2 }: tf.NamedTensorInfoMap) {
    const [n, d] = X!.shape as [number, number], [h, K] = W2!.shape as [number, number];
    const scratch = kernels.bytesOfTanhLayer(d, h, K);
    return { sizes: [n, d, h, K] as const, n, h, K, scratch, W1: W1!, X: X!, W2: W2! };
  }

  tf.registerKernel({
    kernelName: TANH_LAYER,
    backendName: "wasm",
    kernelFunc({ inputs }) {
      const { sizes, n, h, K, scratch, X, W1, W2 } = sizesOf(inputs);
      const given = [X, W1, W2, ...inputs["b1"] ? [inputs["b1"]] : []];
      const shapes = [[n, K], [4 * Math.ceil(n / 4), h]]; // products write four rows at a time
      return memory.exchange(heap, given, shapes, scratch, (from, [Y, H], free) => {
        const [x, w1, w2, b1 = 0] = from as [number, number, number, number?];
        kernels.tanhLayer(...sizes, x, w1, b1, w2, H!, Y!, free);
      });
    },
  });
  tf.registerKernel({
    kernelName: TANH_LAYER_GRADIENT,
    backendName: "wasm",
    kernelFunc({ inputs }) {
      const { sizes, h, scratch, X, W1, W2 } = sizesOf(inputs);
      const given = [X, W1, W2, inputs["H"]!, inputs["dY"]!];
      const shapes = [X.shape, W1.shape, W2.shape, ...inputs["b1"] ? [[h]] : []];
      return memory.exchange(heap, given, shapes, scratch, (from, to, free) => {
        const [x, w1, w2, H, dY] = from as [number, number, number, number, number];
        const [dX, dW1, dW2, db1 = 0] = to as [number, number, number, number?];
        kernels.tanhLayerBackward(...sizes, x, w1, w2, H, dY, dX, dW1, db1, dW2, free);
      });
    },
  });
}
