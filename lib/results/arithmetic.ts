/** Which recorded runs this code would not compute to the same bits. */
import { BadInput } from "../base/bad_input.ts";
import { fingerprint, isSameArithmetic } from "../train/fingerprint.ts";
import type { Run } from "../train/run.ts";

/** Runs by what computed them, seen from the code as it is. */
export interface ByArithmetic<R> {
  /** what this code computes, from the first step to the last */
  readonly same: readonly R[];
  /** of another fingerprint, or begun by code of another one */
  readonly other: readonly R[];
  /** recorded before fingerprints were, or by a backend that does not load here */
  readonly unknown: readonly R[];
}

/** Parts runs by whether the code as it is computes what computed them. */
export async function byArithmetic<
  R extends Pick<Run, "config" | "backend" | "fingerprint" | "begunBy">,
>(runs: readonly R[]): Promise<ByArithmetic<R>> {
  const parts = { same: [] as R[], other: [] as R[], unknown: [] as R[] };
  for (const run of runs) parts[await kindOf(run)].push(run);
  return parts;
}

async function kindOf(
  run: Pick<Run, "config" | "backend" | "fingerprint" | "begunBy">,
): Promise<keyof ByArithmetic<unknown>> {
  if (run.fingerprint === undefined) return "unknown";
  if (run.begunBy) return "other";
  try {
    const now = await fingerprint(run.config, run.backend);
    return isSameArithmetic(run.fingerprint, now) ? "same" : "other";
  } catch (error) {
    if (error instanceof BadInput) return "unknown";
    throw error;
  }
}
