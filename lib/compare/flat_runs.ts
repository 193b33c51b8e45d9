/** Runs as flat rows, a column a setting or number: for data frames, CSV and Parquet. */
import { differences, type Settings, settingsOf } from "../results/settings.ts";
import { methodOf } from "../results/method.ts";
import { recordedKeys } from "../train/run.ts";
import { groupRuns } from "./group_runs.ts";
import { type MeasuredRun, quantities } from "./quantities.ts";

/** A row, by column; numbers that were not recorded are NaN. */
export type FlatRun = Readonly<Record<string, string | number>>;

/** Settings by their columns' names; S is that of the configuration with the full softmax too. */
const columns: Readonly<Record<string, string>> = {
  K: "K",
  S: "S",
  beta: "objective.ihn.beta",
  lambda: "objective.rr.lambda",
  softmax: "objective.softmax",
};

/** Quantities that every run has. */
const METRICS = ["R@20", "HR@20", "NDCG@20", "R@50", "HR@50", "NDCG@50"];

/**
 * A row a run: what was trained (method, K, S, beta, lambda, softmax, seed), where it stopped, and
 * its test metrics in %. `run` is the key under which results/runs has it, empty for a reader's
 * own. Every other setting in which two of the runs differ has a column too, by its path, such as
 * "learningRate" or "options.sum". Runs that differ in nothing but the seed have the same number in
 * `group`. Where one of the runs has them, there are what its lists are like ("coverage@50") and
 * the metrics without items of the history ("R@50 unseen").
 */
export function flatRuns(runs: readonly MeasuredRun[]): FlatRun[] {
  const group = new Map(groupRuns(runs).flatMap((alike, i) => alike.map((run) => [run, i + 1])));
  const settings = runs.map(({ config }) => settingsOf(config));
  const named = ["model", ...Object.values(columns)];
  const further = new Set(settings.flatMap((its) => differences(settings[0]!, its, named)));
  const measured = Object.keys(quantities).filter((name) =>
    !METRICS.includes(name) && runs.some((run) => quantities[name]!(run) !== undefined)
  );
  return runs.map((run, i) => {
    const others = [...further].sort().map((path) => [path, cellOf(settings[i]![path])]);
    return rowOf(run, group.get(run)!, Object.fromEntries(others), measured);
  });
}

/** A setting that a run does not have is an empty cell. */
function cellOf(value: unknown): string | number {
  return typeof value === "number" ? value : String(value ?? "");
}

function rowOf(
  run: MeasuredRun,
  group: number,
  further: FlatRun,
  measured: readonly string[],
): FlatRun {
  const settings: Settings = { ...settingsOf(run.config), S: run.config.S };
  const numbers = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, quantities[name]!(run) ?? NaN]));
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
    ...numbers(METRICS),
    minutes: run.wallSeconds / 60,
    ...numbers(measured),
  };
}
