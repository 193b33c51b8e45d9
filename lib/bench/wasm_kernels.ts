/** tfjs' wasm backend with its own kernels or with ours, in one process. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm"; // registers the kernels that it comes with
import type { KernelConfig } from "@tensorflow/tfjs-core";

const stock = tf.getKernelsForBackend("wasm"); // before ours replace some of them

/** The kernels that the backend comes with. */
export function stockWasmKernels(): readonly KernelConfig[] {
  return stock;
}

/** The kernels that are registered now. */
export function currentWasmKernels(): readonly KernelConfig[] {
  return tf.getKernelsForBackend("wasm");
}

/** Puts kernels in place of those of the same names. */
export function useKernels(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel(kernel);
  }
}
