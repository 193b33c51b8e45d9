/** The tfjs backends: which there are, and how each is loaded. */
import * as tf from "@tensorflow/tfjs-core";
import { createRequire } from "node:module";
import { BadInput } from "../../base/bad_input.ts";
import { dirname, join } from "../../base/paths.ts";
import { loadTensorflow } from "./tensorflow.ts";
import { installWasmKernels } from "./wasm_kernels.ts";

/** Backends that compute the autograd definition; "auto" takes the first that loads. */
export const automaticBackends = ["tensorflow-gpu", "tensorflow", "wasm", "cpu"] as const;

/** All of them. WebGPU is by name only: small steps wait for the GPU's answers most of the time. */
export const tfjsBackends = [...automaticBackends, "webgpu"] as const;

/** The name of a tfjs backend in a configuration. */
export type TfjsBackend = (typeof tfjsBackends)[number];

/** Adapters that compute on the processor. */
const softwareAdapters = /llvmpipe|lavapipe|swiftshader|basic render/i;

const loaders: Record<TfjsBackend, () => Promise<void>> = {
  "tensorflow-gpu": () => loadTensorflow("tensorflow-gpu"),
  "tensorflow": () => loadTensorflow("tensorflow"),
  async wasm() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(dirname(entry), "/"));
    if (!await tf.setBackend("wasm")) return;
    await installWasmKernels().catch((error: Error) => console.warn(error.message));
  },
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
  },
  async webgpu() {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) throw new Error("there is no WebGPU adapter");
    const { description } = adapter.info;
    // they compile a shader for minutes, and never beat "cpu"
    if (softwareAdapters.test(description)) throw new Error(`${description} is no GPU`);
    await import("@tensorflow/tfjs-backend-webgpu");
  },
};

/** By name: null if it loaded, else why not. */
const attempts = new Map<TfjsBackend, Promise<string | null>>();

/** Why a backend does not load here, in plain words; null if it does. Tried once a process. */
export function whyNot(name: TfjsBackend): Promise<string | null> {
  let attempt = attempts.get(name);
  if (!attempt) attempts.set(name, attempt = tryToLoad(name));
  return attempt;
}

async function tryToLoad(name: TfjsBackend): Promise<string | null> {
  tf.enableProdMode(); // without it tfjs prints a banner on first use
  try {
    await import("@tensorflow/tfjs-layers"); // registers the gradients; core alone has none
    await loaders[name]();
    return await tf.setBackend(nameInTfjs(name)) ? null : "tfjs cannot start it";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Loads a backend and makes it the current one.
 *
 * @throws {BadInput} if it does not load, with the reason
 */
export async function useTfjsBackend(name: TfjsBackend): Promise<void> {
  const reason = await whyNot(name);
  if (reason === null) return makeCurrent(name);
  throw new BadInput(
    "this backend does not load here",
    "config.backend",
    name,
    `Reason: ${reason}. "auto" takes the best one that does.`,
  );
}

/**
 * Makes a loaded backend the current one. A process has one at a time, so engines on different
 * backends call this before they compute.
 */
export function makeCurrent(name: TfjsBackend): void {
  // answers a promise, but for a backend that has started the change itself is immediate
  if (tf.getBackend() !== nameInTfjs(name)) void tf.setBackend(nameInTfjs(name));
}

function nameInTfjs(name: TfjsBackend): string {
  return name === "tensorflow-gpu" ? "tensorflow" : name;
}
