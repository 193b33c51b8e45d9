/** The second thread of a retriever: answers questions over the shared memory. */
import { kernelsOf } from "./retrieval_kernels.ts";
import type { Kernels } from "./retrieval_kernels.ts";

/** First message to the worker. */
export interface Start {
  /** the retrieval module */
  readonly module: WebAssembly.Module;
  /** the memory that is shared with the first thread */
  readonly memory: WebAssembly.Memory;
}

/** Every other message: what {@linkcode Kernels.search} is called with. */
export interface Task {
  /** the question */
  readonly address: number;
  /** the worker's scratch */
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
