/** The tfjs backends: which there are, and how each is loaded. */
import * as tf from "@tensorflow/tfjs-core";
import { createRequire } from "node:module";
import { BadInput } from "../base/bad_input.ts";
import { dirname, join } from "../base/paths.ts";

/** Backends that compute the autograd definition, the preferred one first. */
export const tfjsBackends = ["wasm", "cpu"] as const;

/** The name of a tfjs backend. */
export type TfjsBackend = (typeof tfjsBackends)[number];

const loaders: Record<TfjsBackend, () => Promise<void>> = {
  async wasm() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(dirname(entry), "/"));
  },
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
  },
};

/**
 * Loads a backend and makes it the current one.
 *
 * @throws {BadInput} if it does not load, with the reason
 */
export async function useTfjsBackend(name: TfjsBackend): Promise<void> {
  tf.enableProdMode(); // without it tfjs prints a banner on first use
  let reason = "its setBackend answered false";
  try {
    await import("@tensorflow/tfjs"); // the union registers the gradients; core alone has none
    await loaders[name]();
    if (await tf.setBackend(name)) {
      await tf.ready();
      return;
    }
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new BadInput(
    "this backend does not load here",
    "config.backend",
    name,
    `Reason: ${reason}. "auto" takes the best one that does.`,
  );
}
