/** The second thread of a retriever: answers questions over the shared memory. */
import { kernelsOf } from "./kernels.ts";
import type { Kernels } from "./kernels.ts";

/** First message to the worker. */
export interface Start {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** Every other one: the question and the scratch of {@linkcode Kernels.search}. */
export interface Task {
  readonly address: number;
  readonly scratch: number;
}

// foreign: the worker's global scope, which the window's types do not describe
const scope = self as unknown as {
  onmessage: (message: MessageEvent<Start | Task>) => void;
  postMessage(message: number): void;
};

let kernels: Kernels | undefined;

scope.onmessage = ({ data }) => {
  if ("module" in data) kernels = kernelsOf(data.module, data.memory);
  else scope.postMessage(kernels!.search(data.address, data.scratch));
};
