/** Runs as a danfojs data frame, for the questions that no figure here asks. */
import type { DataFrame } from "danfojs-node";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import { danfo } from "../../show/data_frame.ts";
import { methodOf } from "../../results/method.ts";

/**
 * A row a run: what was trained (method, K, S, beta, lambda, softmax, seed), where it stopped, and
 * its test metrics in %. `run` is the key under which results/runs has it, empty for a reader's
 * own.
 *
 * ```ts
 * const frame = runsFrame(await recordedRuns("synthetic"));
 * frame.groupby(["method", "K"]).col(["R@50"]).mean();
 * ```
 *
 * @throws {BadInput} for no runs
 */
export function runsFrame(runs: readonly Run[]): DataFrame {
  if (runs.length === 0) {
    throw new BadInput("no runs", "runsFrame", "[]", "A data frame needs at least one run.");
  }
  return new (danfo().DataFrame)(runs.map(rowOf));
}

function rowOf(run: Run): Record<string, string | number> {
  const { K, S, objective } = run.config;
  const { 20: at20, 50: at50 } = run.test;
  return {
    run: recordedKeys([run]).join(),
    data: run.data.name,
    method: methodOf(run.config).name,
    K,
    S,
    beta: objective.ihn?.beta ?? 0,
    lambda: objective.rr?.lambda ?? 0,
    softmax: objective.softmax,
    seed: run.seed,
    "best step": run.bestStep,
    steps: run.steps,
    "R@20": 100 * at20!.recall,
    "HR@20": 100 * at20!.hr,
    "NDCG@20": 100 * at20!.ndcg,
    "R@50": 100 * at50!.recall,
    "HR@50": 100 * at50!.hr,
    "NDCG@50": 100 * at50!.ndcg,
    minutes: run.wallSeconds / 60,
  };
}
