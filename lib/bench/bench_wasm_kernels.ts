/** tfjs' wasm backend with its own kernels or with ours, in one process. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm"; // registers the kernels that it comes with
import { makeCurrent, whyNot } from "../engine/tfjs/backends.ts";

type Kernels = readonly tf.KernelConfig[];

const stock: Kernels = tf.getKernelsForBackend("wasm"); // before ours replace some of them
let ours: Kernels | undefined;

/** The kernels that the backend comes with, and the same with ours; or why it does not load. */
export async function wasmKernels(): Promise<{ stock: Kernels; ours: Kernels } | string> {
  const reason = await whyNot("wasm");
  if (reason !== null) return reason;
  makeCurrent("wasm");
  ours ??= tf.getKernelsForBackend("wasm"); // nobody has changed them yet
  return { stock, ours };
}

/** Puts kernels in place of those of the same names. */
export function useKernels(kernels: Kernels): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel(kernel);
  }
}
