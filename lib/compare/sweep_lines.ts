/** The runs of a sweep as lines: one for all runs that differ in the swept setting only. */
import { type AnalysisMeasure, analysisMeasures } from "../analyze/measures.ts";
import type { Run } from "../train/run.ts";
import type { ResolvedConfig } from "../train/config.ts";
import { measureAxis, measureInWords, measureScale } from "../show/measure_words.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { eachSeedOnce } from "./together.ts";

/** Settings that can be swept. β is 0 without IHN, λ is 0 without RR. */
export type SweptSetting = "beta" | "lambda" | "K";

/** What can be shown: a metric of the test users, or a measure of the model at its best step. */
export type Shown = Metric | AnalysisMeasure;

type Metric = "Recall@50" | "HR@50";

/** How a setting is written and read. */
export interface Setting {
  readonly symbol: string;
  readonly axis: string;
  readonly of: (config: ResolvedConfig) => number;
}

/** The settings by name. */
export const settings: Readonly<Record<SweptSetting, Setting>> = {
  beta: { symbol: "β", axis: "β of IHN", of: ({ objective }) => objective.ihn?.beta ?? 0 },
  lambda: { symbol: "λ", axis: "λ of RR", of: ({ objective }) => objective.rr?.lambda ?? 0 },
  K: { symbol: "K", axis: "interests K", of: ({ K }) => K },
};

/** The seeds of one value of the setting. */
export interface Point {
  readonly value: number;
  /** each seed once */
  readonly runs: readonly Run[];
}

/** Runs that differ in the setting and in seeds only, ascending. */
export type Line = readonly Point[];

/**
 * The lines, the longest first.
 *
 * @throws {BadInput} if a line has a seed twice at one value
 */
export function linesOf(runs: readonly Run[], over: SweptSetting): Line[] {
  const byRest = new Map<string, Map<number, Run[]>>();
  for (const run of runs) {
    const config = run.config as unknown as ResolvedConfig;
    const rest = restOf(config, over);
    const value = settings[over].of(config);
    const line = byRest.get(rest) ?? new Map<number, Run[]>();
    byRest.set(rest, line.set(value, [...line.get(value) ?? [], run]));
  }
  return [...byRest.values()].map((line) =>
    [...line].map(([value, runs]) => ({ value, runs: eachSeedOnce(runs) })).sort((a, b) =>
      a.value - b.value
    )
  ).sort((a, b) => b.length - a.length);
}

/** The configuration but for the swept setting, the seed, and what computed it. */
function restOf(config: ResolvedConfig, over: SweptSetting): string {
  const { seed: _seed, backend: _backend, maxSteps: _maxSteps, objective, ...rest } = config;
  const { ihn, rr, softmax } = objective;
  return JSON.stringify({
    ...rest,
    softmax,
    beta: ihn?.beta ?? 0,
    lambda: rr?.lambda ?? 0,
    [over]: null,
  });
}

/** The line without the runs that have no such value, and without the points that lose all. */
export function withValues(line: Line, what: Shown): Line {
  return line
    .map(({ value, runs }) => ({
      value,
      runs: runs.filter((run) => valueOf(run, what) !== undefined),
    }))
    .filter(({ runs }) => runs.length > 0);
}

/** Whether it is a metric of the test users, not a measure. */
export function isMetric(what: Shown): what is Metric {
  return !(what in analysisMeasures);
}

/** Metrics and shares in %. */
function valueOf(run: Run, what: Shown): number | undefined {
  if (isMetric(what)) {
    const { recall, hr } = run.test[50]!;
    return 100 * (what === "Recall@50" ? recall : hr);
  }
  const value = run.measures?.[what];
  return value === undefined ? undefined : value * measureScale(what);
}

/** What a point's seeds gave; metrics and shares in %. */
export function spreadOfPoint({ runs }: Point, what: Shown): Spread {
  return spreadOf(runs.map((run) => valueOf(run, what)!));
}

/** An axis' title. */
export function axisOf(what: Shown): string {
  return isMetric(what) ? `test ${what} (%)` : measureAxis(what);
}

/** A value of {@linkcode spreadOfPoint} with its unit. */
export function inWords(value: number, what: Shown): string {
  if (isMetric(what)) return `${value.toFixed(1)} %`;
  return measureInWords(what, value / measureScale(what));
}

/** A value of the setting. */
export function labelOf(value: number): string {
  return value.toLocaleString("en-US");
}
