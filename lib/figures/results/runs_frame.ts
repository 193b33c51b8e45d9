/** Runs as a danfojs data frame, for the questions that no figure here asks. */
import type { DataFrame } from "danfojs-node";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import { groupRuns } from "../../compare/group_runs.ts";
import { differences, type Settings, settingsOf } from "../../results/settings.ts";
import { danfo } from "../../show/data_frame.ts";
import { methodOf } from "../../results/method.ts";

/** Settings by their columns' names; S is that of the configuration with the full softmax too. */
const columns: Readonly<Record<string, string>> = {
  K: "K",
  S: "S",
  beta: "objective.ihn.beta",
  lambda: "objective.rr.lambda",
  softmax: "objective.softmax",
};

/**
 * A row a run: what was trained (method, K, S, beta, lambda, softmax, seed), where it stopped, and
 * its test metrics in %. `run` is the key under which results/runs has it, empty for a reader's
 * own. Every other setting in which two of the runs differ has a column too, by its path, such as
 * "objective.rr.scaling". Runs that differ in nothing but the seed have the same number in `group`.
 *
 * ```ts
 * const frame = runsFrame(await recordedRuns("synthetic"));
 * frame.groupby(["method", "group"]).col(["R@50"]).mean();
 * ```
 *
 * @throws {BadInput} for no runs
 */
export function runsFrame(runs: readonly Run[]): DataFrame {
  if (runs.length === 0) {
    throw new BadInput("no runs", "runsFrame", "[]", "A data frame needs at least one run.");
  }
  const group = new Map(groupRuns(runs).flatMap((alike, i) => alike.map((run) => [run, i + 1])));
  const settings = runs.map(({ config }) => settingsOf(config));
  const named = ["model", ...Object.values(columns)];
  const further = new Set(settings.flatMap((its) => differences(settings[0]!, its, named)));
  return new (danfo().DataFrame)(runs.map((run, i) => {
    const others = [...further].sort().map((path) => [path, cellOf(settings[i]![path])]);
    return rowOf(run, group.get(run)!, Object.fromEntries(others));
  }));
}

/** A setting that a run does not have is an empty cell. */
function cellOf(value: unknown): string | number {
  return typeof value === "number" ? value : String(value ?? "");
}

function rowOf(
  run: Run,
  group: number,
  further: Readonly<Record<string, string | number>>,
): Record<string, string | number> {
  const settings: Settings = { ...settingsOf(run.config), S: run.config.S };
  const { 20: at20, 50: at50 } = run.test;
  return {
    run: recordedKeys([run]).join(),
    data: run.data.name,
    method: methodOf(run.config).name,
    ...Object.fromEntries(
      Object.entries(columns).map(([name, path]) => [name, cellOf(settings[path])]),
    ),
    ...further,
    group,
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
