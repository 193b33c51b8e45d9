/** Many measurements of one thing in five numbers. */
import { median, quantile } from "../base/statistics.ts";

/** Quartiles and extremes. */
export interface Summary {
  readonly least: number;
  readonly quartile1: number;
  readonly median: number;
  readonly quartile3: number;
  readonly most: number;
  /** how many measurements */
  readonly count: number;
}

/**
 * Quartiles and extremes of the measurements.
 *
 * @throws {RangeError} if there are none
 */
export function summarized(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError("nothing was measured");
  return {
    least: Math.min(...values),
    quartile1: quantile(values, 0.25),
    median: median(values),
    quartile3: quantile(values, 0.75),
    most: Math.max(...values),
    count: values.length,
  };
}
