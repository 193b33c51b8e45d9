/** The numbers that a recorded run has on the test users, by the names that tables give them. */
import type { ListsAt } from "../evaluate/beyond_accuracy.ts";
import type { Metrics, MetricsAt } from "../evaluate/evaluation.ts";
import { CUTOFFS } from "../evaluate/metrics.ts";
import type { Run } from "../train/run.ts";

/** A run without its curve is enough. */
export type MeasuredRun = Omit<Run, "curve">;

/** What metrics are called: "R" in "R@50". */
export const metricNames = { R: "recall", HR: "hr", NDCG: "ndcg" } as const;

const listNames: Readonly<Record<string, keyof ListsAt>> = {
  "coverage": "coverage",
  "popularity": "popularity",
  "log popularity": "logPopularity",
  "diversity": "diversity",
  "leading share": "leadingShare",
  "serving interests": "servingInterests",
};

/** Reads a number of a run; undefined where it was not recorded. */
export type Quantity = (run: MeasuredRun) => number | undefined;

/**
 * By name: "R@50", "HR@50", "NDCG@50" in %; the same without the items of the history, "R@50
 * unseen"; what the lists are like as lib/evaluate/beyond_accuracy.ts has it, "coverage@50".
 */
export const quantities: Readonly<Record<string, Quantity>> = Object.fromEntries(
  CUTOFFS.flatMap((N): [string, Quantity][] => [
    ...metricsAt(N, "", ({ test }) => test),
    ...metricsAt(N, " unseen", ({ unseen }) => unseen),
    ...Object.entries(listNames).map(([name, key]): [string, Quantity] => [
      `${name}@${N}`,
      ({ lists }) => lists?.[N]?.[key],
    ]),
  ]),
);

function metricsAt(
  N: number,
  suffix: string,
  metricsOf: (run: MeasuredRun) => Metrics | undefined,
): [string, Quantity][] {
  return Object.entries(metricNames).map(([name, metric]: [string, keyof MetricsAt]) => [
    `${name}@${N}${suffix}`,
    (run) => {
      const value = metricsOf(run)?.[N]?.[metric];
      return value === undefined ? undefined : 100 * value;
    },
  ]);
}
