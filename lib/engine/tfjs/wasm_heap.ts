/** What our kernels use of the tfjs wasm backend. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** New tensors, tensors' values, and how many share them. */
export type Heap = Pick<
  BackendWasm,
  "makeOutput" | "typedArrayFromHeap" | "incRef" | "dataIdMap"
>;

/**
 * The heap of the current backend. Foreign boundary: what tfjs hands out as its backend is not
 * typed as the wasm backend's.
 *
 * @throws {TypeError} if this is not the backend that our kernels are written for
 */
export function wasmHeap(): Heap {
  const heap = tf.backend() as unknown as Partial<Heap>;
  const methods = [heap.makeOutput, heap.typedArrayFromHeap, heap.incRef];
  if (methods.some((method) => typeof method !== "function")) {
    throw new TypeError(
      "this wasm backend is not that of tfjs 4.22: it computes with its own, slower kernels",
    );
  }
  return heap as Heap;
}

/** The numbers of a tensor where they lie; the view is gone when the heap grows. */
export function floats(heap: Heap, tensor: tf.TensorInfo): Float32Array {
  return heap.typedArrayFromHeap(tensor) as Float32Array;
}

/** Puts a kernel in the place of its backend's own. */
export function replaceKernel(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
