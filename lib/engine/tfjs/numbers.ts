/**
 * Numbers of tensors without a copy on the way, where the backend allows it: that of wasm copies
 * what it is given to its heap, and lets one look there.
 */
import * as tf from "@tensorflow/tfjs-core";
import { wasmHeap } from "./wasm_heap.ts";

function onHeap(): boolean {
  return tf.getBackend() === "wasm";
}

/** A tensor of numbers that may change afterwards, or lie in shared memory. */
export function tensorOf(numbers: Float32Array, shape: readonly number[]): tf.Tensor {
  return tf.tensor(onHeap() ? numbers : numbers.slice(), [...shape], "float32");
}

/** The numbers of a tensor that does not lie on a GPU; valid until the next operation. */
export function numbersOf(tensor: tf.Tensor): Float32Array {
  return onHeap()
    ? wasmHeap().typedArrayFromHeap(tensor) as Float32Array
    : tensor.dataSync<"float32">();
}

/** Lets `use` have the numbers of tensors, valid until it returns; disposes the tensors. */
export async function withNumbers<T>(
  tensors: readonly tf.Tensor[],
  use: (numbers: readonly Float32Array[]) => T,
): Promise<T> {
  const numbers = onHeap()
    ? tensors.map(numbersOf)
    : await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  try {
    return use(numbers);
  } finally {
    tf.dispose([...tensors]);
  }
}
