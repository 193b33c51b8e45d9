/** Many measurements of one thing in five numbers. */

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
 * Quartiles by linear interpolation between the sorted measurements.
 *
 * @throws {RangeError} if there are none
 */
export function summarized(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const next = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return sorted[below]! + (place - below) * (next - sorted[below]!);
  };
  return {
    least: at(0),
    quartile1: at(0.25),
    median: at(0.5),
    quartile3: at(0.75),
    most: at(1),
    count: values.length,
  };
}
