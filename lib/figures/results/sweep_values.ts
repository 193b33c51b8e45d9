/** What a sweep shows of its runs: a metric of the test users, or a measure at the best step. */
import { type AnalysisMeasure, analysisMeasures } from "../../analyze/measures.ts";
import { measureOf } from "../../analyze/selected_interest.ts";
import { knownName } from "../../base/known_name.ts";
import { quantityOf } from "../../compare/entries.ts";
import type { Line, Point } from "../../compare/group_runs.ts";
import { type Spread, spreadOf } from "../../compare/spread.ts";
import { measureAxis, measureInWords, measureScale } from "../../show/measure_words.ts";
import type { Run } from "../../train/run.ts";

/** What can be shown: a metric of the test users, or a measure of the model at its best step. */
export type Shown = Metric | AnalysisMeasure;

/** By name, as {@linkcode quantityOf} calls them. */
const metrics = {
  "Recall@20": "R@20",
  "HR@20": "HR@20",
  "Recall@50": "R@50",
  "HR@50": "HR@50",
} as const;

/** A metric of the test users. */
export type Metric = keyof typeof metrics;

/** @throws {BadInput} for what cannot be shown */
export function requireShown(what: Shown, where: string): void {
  knownName(what, [...Object.keys(metrics), ...Object.keys(analysisMeasures)], where);
}

/** The line without the runs that have no such value, and without the points that lose all. */
export function withValues(line: Line, what: Shown): Line {
  return line
    .map(({ runs, ...point }) => ({
      ...point,
      runs: runs.filter((run) => valueOf(run, what) !== undefined),
    }))
    .filter(({ runs }) => runs.length > 0);
}

/** Whether it is a metric of the test users, not a measure. */
export function isMetric(what: Shown): what is Metric {
  return !Object.hasOwn(analysisMeasures, what);
}

/** The quantity that a metric is. */
export function quantityNamed(what: Metric): string {
  return metrics[what];
}

/** What a run has of it, metrics and shares in %; undefined if it was not measured. */
export function valueOf(run: Run, what: Shown): number | undefined {
  if (isMetric(what)) return quantityOf(quantityNamed(what))(run);
  const value = measureOf(run, what);
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
