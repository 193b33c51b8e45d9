/** The retrieval module and its functions. */
import { BadInput } from "../../base/bad_input.ts";
import type { Build } from "../wasm/modules.ts";
import { compiledModule } from "../wasm/modules.ts";

/** What lib/engine/assembly/retrieval.ts exports; addresses are bytes in the shared memory. */
export interface Kernels {
  /** Norms of rows; how many were fine before one whose norm is not a finite float32. */
  measureNorms(rows: number, d: number, count: number, norms: number): number;
  /** Items by falling norm, and the place of each. */
  orderByNorm(
    norms: number,
    itemCount: number,
    order: number,
    places: number,
    counters: number,
  ): void;
  /** Copies rows, the first of which is item `first`, to their places. */
  placeRows(
    rows: number,
    d: number,
    first: number,
    count: number,
    places: number,
    placed: number,
  ): void;
  /** Low-bit codes of the placed rows, eight to a panel. */
  packPanels(rows: number, d: number, itemCount: number, panels: number): void;
  /**
   * Answers the Search (retrieval_memory.ts) at an address, alone or with another thread that is
   * given the same one and its own scratch: 0, or u + 1 if an interest of its user u is not finite,
   * or -(u + 1) if u's scores could leave float32.
   */
  search(search: number, scratch: number): number;
}

/**
 * The module in the faster build that runs here. Unlike elsewhere the relaxed build gives the same
 * bits on every machine: its one relaxed instruction multiplies small integers, for which the
 * specification leaves no choice.
 */
export async function retrievalModule(build?: Build): Promise<WebAssembly.Module> {
  if (build !== undefined) return await compiledModule("retrieval", build);
  try {
    return await compiledModule("retrieval", "relaxed");
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return await compiledModule("retrieval", "simd");
  }
}

/** The module's functions over a memory. */
export function kernelsOf(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const abort = (): never => {
    throw new Error("the retrieval module stopped");
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  return exports as unknown as Kernels; // foreign: what AssemblyScript exports has no types
}
