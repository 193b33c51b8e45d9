/**
 * Native TensorFlow under tfjs (@tensorflow/tfjs-node and its GPU twin). It is no dependency of the
 * project, because it needs a TensorFlow library of several hundred megabytes: `deno task
 * tensorflow` (lib/cli/tensorflow.ts) sets it up in an ignored folder, and it is loaded from there.
 */
import * as tf from "@tensorflow/tfjs-core";
import { createRequire } from "node:module";
import util from "node:util";
import { exists, projectPath } from "../../base/files.ts";
import { join } from "../../base/paths.ts";

/** The two native packages by the backend's name in configurations. */
export const tensorflowPackages = {
  "tensorflow-gpu": "@tensorflow/tfjs-node-gpu",
  "tensorflow": "@tensorflow/tfjs-node",
} as const;

/** A backend on native TensorFlow. */
export type TensorflowBackend = keyof typeof tensorflowPackages;

/** The folder that one is set up in. */
export function tensorflowFolder(name: TensorflowBackend): string {
  return projectPath("data", "downloads", name);
}

/** The command that sets one up. */
export function setUpCommand(name: TensorflowBackend): string {
  return `deno task tensorflow${name === "tensorflow-gpu" ? " --gpu" : ""}`;
}

/** The package that this process has loaded; it can load one. */
let loaded: TensorflowBackend | null = null;

/**
 * Loads the native package, which registers the tfjs backend "tensorflow".
 *
 * @throws {Error} if it is not set up, does not load, or finds no GPU, saying what to do
 */
export async function loadTensorflow(name: TensorflowBackend): Promise<void> {
  if (loaded === null) await loadPackage(name);
  // without a GPU both packages compute the same
  const fits = name === "tensorflow-gpu" ? usesGpu() : loaded === name || !usesGpu();
  if (fits) return;
  throw new Error(
    loaded === name
      ? "TensorFlow loads, but finds no GPU that it can use (driver, CUDA, cuDNN)"
      : `a process loads TensorFlow once, and this one has loaded ${loaded}`,
  );
}

async function loadPackage(name: TensorflowBackend): Promise<void> {
  const folder = tensorflowFolder(name);
  if (!await exists(join(folder, "node_modules"))) {
    throw new Error(`it is not set up; \`${setUpCommand(name)}\` does it`);
  }
  restoreNodeUtilities();
  if (!Deno.env.has("TF_CPP_MIN_LOG_LEVEL")) Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "2");
  try {
    createRequire(join(folder, "package.json"))(tensorflowPackages[name]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason.trim().split("\n")[0]}; \`${setUpCommand(name)}\` sets it up anew`);
  }
  loaded = name;
  await tf.setBackend("tensorflow");
}

/** Foreign boundary: the native backend's class is not among our dependencies. */
function usesGpu(): boolean {
  return (tf.findBackend("tensorflow") as unknown as { isUsingGpuDevice: boolean })
    .isUsingGpuDevice;
}

/** Puts back what tfjs-node calls and today's node:util no longer has. */
function restoreNodeUtilities(): void {
  const utilities = util as unknown as Record<string, unknown>; // foreign boundary: it is patched
  utilities["isNullOrUndefined"] ??= (x: unknown) => x === null || x === undefined;
  utilities["isArray"] ??= Array.isArray;
  utilities["isString"] ??= (x: unknown) => typeof x === "string";
}
