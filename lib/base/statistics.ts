/**
 * Mean, standard deviation, extent, quantiles and counts: the one definition of each. A value that
 * is not a number makes a result NaN instead of being left out, and so does an empty sample.
 */
// @ts-types="npm:@types/d3-array@3.2.2"
import * as d3 from "d3-array";

/** Arithmetic mean. */
export function mean(values: Iterable<number>): number {
  return sound(values, d3.mean, NaN);
}

/** Sample standard deviation, with n - 1 in the denominator; NaN for a single value. */
export function standardDeviation(values: Iterable<number>): number {
  return sound(values, d3.deviation, NaN);
}

/**
 * The least and the greatest of any number of values: Math.min and Math.max take no list as long as
 * a catalogue as their arguments.
 */
export function extent(values: Iterable<number>): readonly [least: number, greatest: number] {
  const both = (numbers: Iterable<number>) => {
    const [least = NaN, greatest = NaN] = d3.extent(numbers);
    return [least, greatest] as const;
  };
  return sound(values, both, [NaN, NaN]);
}

/**
 * The value below which a share q of the values lie, interpolated linearly between the two
 * neighbours at (n - 1) q of the sorted values (type 7 of Hyndman and Fan, as in R and NumPy).
 *
 * @param q in 0..1
 */
export function quantile(values: Iterable<number>, q: number): number {
  return sound(values, (numbers) => d3.quantile(numbers, q), NaN);
}

/** The {@linkcode quantile} of one half. */
export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

/** How many of some rising numbers are less than a value. */
export function countBelow(rising: ArrayLike<number>, value: number): number {
  return d3.bisectLeft(rising, value);
}

/** How many of some rising numbers are a value or less. */
export function countUpTo(rising: ArrayLike<number>, value: number): number {
  return d3.bisectRight(rising, value);
}

/**
 * d3 leaves out what is no number; a sample with a hole has no mean here. Looks while d3 reads:
 * what can be gone through only once, such as an iterator, would be empty afterwards.
 */
function sound<T>(
  values: Iterable<number>,
  statistic: (values: Iterable<number>) => T | undefined,
  none: T,
): T {
  let hole = false;
  function* watched() {
    for (const value of values) {
      hole ||= Number.isNaN(value);
      yield value;
    }
  }
  const result = statistic(watched());
  return hole ? none : result ?? none;
}
