/** The second thread of a retriever: answers questions over the shared memory. */
import { kernelsOf } from "./kernels.ts";
import type { Kernels } from "./kernels.ts";

/** First message to the worker. */
export interface Start {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

// foreign: the worker's global scope, which the window's types do not describe
const scope = self as unknown as {
  onmessage: (message: MessageEvent<Start | number>) => void;
  postMessage(message: number): void;
};

let kernels: Kernels | undefined;

scope.onmessage = ({ data }) => {
  if (typeof data === "number") scope.postMessage(kernels!.search(data));
  else kernels = kernelsOf(data.module, data.memory);
};
