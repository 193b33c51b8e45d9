/** Several seeds of one thing: their mean and range, and when two of them may be told apart. */
import { mean } from "./figures/runs_by_method.ts";

/** What seeds gave: mean, least, greatest, and how many there were. */
export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  readonly n: number;
}

/** The spread of one value a seed; at least one. */
export function spreadOf(values: readonly number[]): Spread {
  return {
    mean: mean(values),
    least: Math.min(...values),
    most: Math.max(...values),
    n: values.length,
  };
}

/**
 * Whether the seeds tell two things apart: at least two seeds each, and ranges that do not touch.
 *
 * A description and no test: if nothing differed, n seeds each would still be apart with
 * probability 2 / C(2n, n): 10 % for three, 1 % for five.
 */
export function apart(a: Spread, b: Spread): boolean {
  return a.n > 1 && b.n > 1 && (a.least > b.most || b.least > a.most);
}
