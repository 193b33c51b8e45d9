/** Runs as a danfojs data frame, for the questions that no figure here asks. */
import type { DataFrame } from "danfojs-node";
import { BadInput } from "../../base/bad_input.ts";
import { flatRuns } from "../../compare/flat_runs.ts";
import type { MeasuredRun } from "../../compare/quantities.ts";
import { danfo } from "../../show/data_frame.ts";

/**
 * A row a run, with the columns that {@linkcode flatRuns} says. Runs without their curves do, which
 * {@linkcode recordedLines} gives.
 *
 * ```ts
 * const frame = runsFrame(await recordedLines("synthetic"));
 * frame.groupby(["method", "group"]).col(["R@50"]).mean();
 * frame.query(frame["K"].eq(4)).sortValues("R@50", { ascending: false });
 * ```
 *
 * @throws {BadInput} for no runs
 */
export function runsFrame(runs: readonly MeasuredRun[]): DataFrame {
  if (runs.length === 0) {
    throw new BadInput("no runs", "runsFrame", "[]", "A data frame needs at least one run.");
  }
  return new (danfo().DataFrame)(flatRuns(runs));
}
