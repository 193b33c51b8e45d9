/** Picking recorded runs: by data set and by any part of their configuration. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import type { Run } from "../train/run.ts";
import { decodeCurve } from "./curves.ts";
import { sayLeftOut } from "./left_out.ts";
import { decodedOnce, readRunFile, runFilePath } from "./run_files.ts";
import { pathsNamed } from "./settings.ts";
import { latestOfKeys, readRuns, type StoredRun } from "./store.ts";
import { strangeness } from "./study.ts";

/** A part of a configuration; `undefined` asks that the key is absent. */
export interface Wanted {
  readonly [key: string]: unknown;
}

/**
 * The recorded runs on a data set whose configuration agrees with `wanted` in every key it names,
 * the latest of each key, by seed, with their curves. On a data set with a study they are trainings
 * of the study: its own settings, those of its sweeps, and those with the reference's stopping
 * rule, all of them unless `wanted` says which. What it names may have any value.
 *
 * ```ts
 * await recordedRuns("synthetic", { maxSteps: 4000, objective: { rr: { lambda: 100 } } });
 * ```
 *
 * @param folder of results, with runs and curves in it
 * @throws {NoneRecorded} if there are none
 * @throws {BadInput} if a curve is not the one that was recorded
 */
export async function recordedRuns(
  data: string,
  wanted: Wanted = {},
  folder: string = resultsPath(),
): Promise<Run[]> {
  return await withCurves(await recordedLines(data, wanted, folder), folder);
}

/**
 * The same without the curves, whose files are not opened: for metrics of many runs.
 *
 * @throws {NoneRecorded} if there are none
 */
export async function recordedLines(
  data: string,
  wanted: Wanted = {},
  folder: string = resultsPath(),
): Promise<StoredRun[]> {
  await sayLeftOut(folder);
  const { runs } = await readRuns(folder, data);
  const named = pathsNamed(wanted);
  const fits = (run: StoredRun) =>
    run.data.name === data && agrees(run.config, wanted) && strangeness(run, named) === null;
  const latest = latestOfKeys(runs.filter(fits));
  if (latest.length === 0) {
    throw new NoneRecorded(
      "no recorded run fits",
      `${folder}, data set ${data}`,
      JSON.stringify(wanted),
      "Record one with deno task train.",
    );
  }
  return latest.sort((a, b) => a.seed - b.seed);
}

const curveOnce = decodedOnce(decodeCurve);

/**
 * Runs with their curves.
 *
 * @throws {BadInput} if a file is not the curve that was recorded
 */
export async function withCurves(
  runs: readonly StoredRun[],
  folder: string = resultsPath(),
): Promise<Run[]> {
  return await Promise.all(runs.map(async (run) => {
    const { key, curve = [] } = run;
    if (typeof curve !== "string") return { ...run, curve };
    const bytes = await readRunFile("curves", key, curve, folder);
    return { ...run, curve: await curveOnce(curve, bytes, runFilePath("curves", key, folder)) };
  }));
}

/** No recorded run fits what was asked for; anything else, such as a damaged curve, is no such. */
export class NoneRecorded extends BadInput {}

/** `recordedRuns(…).catch(noneRecorded)` is an empty list where no recorded run fits. */
export function noneRecorded(error: unknown): Run[] {
  if (error instanceof NoneRecorded) return [];
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
