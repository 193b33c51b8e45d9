/**
 * Tests and intervals for paired differences. Over users there are thousands, over seeds a handful:
 * the former get a bootstrap and Wilcoxon's test, the latter Student's interval. Wilcoxon's test is
 * written out here and held to scipy's values: the package that has it, @stdlib/stats-wilcoxon,
 * brings 232 packages.
 */
import { mean, quantile, standardDeviation } from "../base/statistics.ts";
import type { Random } from "../base/random.ts";

/** A mean with a 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Student's interval of a mean: mean ± t_{0.975, n - 1} s / sqrt(n). Of a single value the interval
 * is everything.
 */
export function studentInterval(values: readonly number[]): Interval {
  const [middle, n] = [mean(values), values.length];
  if (n < 2) return { mean: middle, low: -Infinity, high: Infinity };
  const half = studentQuantile(n - 1) * standardDeviation(values) / Math.sqrt(n);
  return { mean: middle, low: middle - half, high: middle + half };
}

/**
 * The quantile 0.975 of Student's t with some degrees of freedom, to four decimals as printed
 * tables have it. The probability that |t| stays below sqrt(degrees) tan(angle) has a finite form
 * (Abramowitz and Stegun, 26.7.3 and 26.7.4), which rises with the angle and is halved down.
 */
function studentQuantile(degrees: number): number {
  let [below, above] = [0, Math.PI / 2];
  for (let halving = 0; halving < 60; halving++) {
    const angle = (below + above) / 2;
    if (studentWithin(angle, degrees) < 0.95) below = angle;
    else above = angle;
  }
  return Math.round(1e4 * Math.sqrt(degrees) * Math.tan(below)) / 1e4;
}

/** P(|t| < sqrt(degrees) tan(angle)). */
function studentWithin(angle: number, degrees: number): number {
  const isOdd = degrees % 2 === 1;
  let term = Math.sin(angle) * (isOdd ? Math.cos(angle) : 1);
  let sum = 0;
  for (let power = isOdd ? 1 : 0; power <= degrees - 2; power += 2) {
    sum += term;
    term *= (power + 1) / (power + 2) * Math.cos(angle) ** 2;
  }
  return isOdd ? 2 / Math.PI * (angle + sum) : sum;
}

/** How often users are drawn again. */
const RESAMPLES = 1000;

/**
 * How often each user is drawn where U of them are drawn again from themselves, with replacement,
 * 1,000 times. One user's 256th time would be beyond a byte: its probability is below 1e-500.
 *
 * @returns [1,000, U]
 */
export function resampled(U: number, random: Random): Uint8Array {
  const counts = new Uint8Array(RESAMPLES * U);
  for (let start = 0; start < counts.length; start += U) {
    for (let u = 0; u < U; u++) counts[start + random.below(U)]!++;
  }
  return counts;
}

/**
 * The bootstrap's percentile interval of the mean of each column.
 *
 * @param columns [columns][U] one value a user, of as many users each
 * @param counts [1,000, U] of {@linkcode resampled}: the same users for every column
 * @throws {RangeError} for a column of another length
 */
export function bootstrapIntervals(
  columns: readonly Float64Array[],
  counts: Uint8Array,
): Interval[] {
  const means = columns.map((values) => {
    const U = values.length;
    if (counts.length !== RESAMPLES * U) throw new RangeError(`${U} values of other users`);
    return Float64Array.from({ length: RESAMPLES }, (_, sample) => {
      let sum = 0;
      for (let u = 0; u < U; u++) sum += counts[sample * U + u]! * values[u]!;
      return sum / U;
    });
  });
  return columns.map((values, c) => ({
    mean: mean(values),
    low: quantile(means[c]!, 0.025),
    high: quantile(means[c]!, 0.975),
  }));
}

/** What Wilcoxon's test says. */
export interface SignedRank {
  /** above 0 where the positive differences have the greater ranks */
  readonly z: number;
  /** two-sided */
  readonly p: number;
}

/**
 * Wilcoxon's signed-rank test that differences are symmetric around 0. Zeros are left out and ties
 * share their mean rank; W+ is compared with its normal approximation,
 *
 *     z = (W+ - n (n + 1) / 4) / sqrt(n (n + 1) (2 n + 1) / 24 - sum over ties of (t^3 - t) / 48)
 *
 * which is for the tens of differences and more that users give. As scipy.stats.wilcoxon computes
 * it with method "approx" and without correction. z is 0 and p is 1 if there is no difference.
 */
export function signedRank(differences: ArrayLike<number>): SignedRank {
  const values = Float64Array.from(differences).filter((value) => value !== 0);
  const n = values.length;
  if (n === 0) return { z: 0, p: 1 };
  const sorted = values.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  let [positive, ties] = [0, 0];
  for (let first = 0; first < n;) {
    let end = first + 1;
    while (end < n && Math.abs(sorted[end]!) === Math.abs(sorted[first]!)) end++;
    const t = end - first, rank = (first + 1 + end) / 2;
    ties += t ** 3 - t;
    for (let i = first; i < end; i++) if (sorted[i]! > 0) positive += rank;
    first = end;
  }
  const variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
  const apart = positive - n * (n + 1) / 4;
  return { z: apart / Math.sqrt(variance), p: erfc(Math.abs(apart) / Math.sqrt(2 * variance)) };
}

/**
 * Holm's adjustment of the p of m tests: the i-th smallest times m - i + 1, none below an earlier
 * one, none above 1. Below alpha are those that are rejected with a family-wise error of alpha.
 */
export function holm(ps: readonly number[]): number[] {
  const adjusted = Array<number>(ps.length);
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!);
  let greatest = 0;
  order.forEach((at, i) => {
    greatest = Math.max(greatest, Math.min(1, ps[at]! * (ps.length - i)));
    adjusted[at] = greatest;
  });
  return adjusted;
}

/**
 * 1 - erf(x) for x >= 0, within 1.2e-7 of its value (the Chebyshev fit of Numerical Recipes, 2nd
 * edition, section 6.2, erfcc).
 */
function erfc(x: number): number {
  const t = 1 / (1 + x / 2);
  const coefficients = [
    ...[0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807],
    ...[-0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223],
  ];
  return Math.min(1, t * Math.exp(-x * x + coefficients.reduce((sum, c) => sum * t + c)));
}
