/** Picking recorded runs: by data set and by any part of their configuration. */
import { BadInput } from "../base/bad_input.ts";
import type { Run } from "../train/run.ts";
import { readRuns, runsFolder } from "./store.ts";

/** A part of a configuration; `undefined` asks that the key is absent. */
export interface Wanted {
  readonly [key: string]: unknown;
}

/**
 * The recorded runs on a data set whose configuration agrees with `wanted` in every key it names,
 * the latest of each key, by seed.
 *
 * ```ts
 * await recordedRuns("synthetic", { maxSteps: 4000, objective: { rr: { lambda: 100 } } });
 * ```
 *
 * @throws {BadInput} if there are none
 */
export async function recordedRuns(
  data: string,
  wanted: Wanted = {},
  folder: string = runsFolder,
): Promise<Run[]> {
  const { runs } = await readRuns(folder, data);
  const latest = new Map<string, Run>();
  for (const run of runs) {
    if (agrees(run.config, wanted)) latest.set(run.key, run);
  }
  if (latest.size === 0) {
    throw new BadInput(
      "no recorded run fits",
      `${folder}, data set ${data}`,
      JSON.stringify(wanted),
      "Record one with deno task train.",
    );
  }
  return [...latest.values()].sort((a, b) => a.seed - b.seed);
}

/** `recordedRuns(…).catch(noneRecorded)` is an empty list where no recorded run fits. */
export function noneRecorded(error: unknown): Run[] {
  if (error instanceof BadInput) return [];
  throw error;
}

/** Whether a configuration has every key that is wanted, with the wanted value. */
export function agrees(actual: unknown, wanted: unknown): boolean {
  if (wanted === null || typeof wanted !== "object") return actual === wanted;
  if (actual === null || typeof actual !== "object") return false;
  return Object.entries(wanted).every(([key, value]) =>
    agrees((actual as Record<string, unknown>)[key], value)
  );
}
