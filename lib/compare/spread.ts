/** Several seeds of one thing: their mean and range, in numbers and in words. */
import { counted } from "../base/counted.ts";
import { mean } from "../base/statistics.ts";

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

/** "11.1 (10.8 to 11.4)", or "11.1" for one seed. */
export function rangeInWords(
  { mean, least, most, n }: Spread,
  format: (value: number) => string,
): string {
  return n === 1 ? format(mean) : `${format(mean)} (${format(least)} to ${format(most)})`;
}

/** "3 seeds", "1 seed", or "1–3 seeds" where what is averaged has different numbers of them. */
export function seedsInWords(counts: readonly number[]): string {
  return countInWords(counts, "seed");
}

/** The same of other things: "12 turns", "12–24 turns". */
export function countInWords(counts: readonly number[], one: string): string {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (fewest !== most) return `${fewest}–${most} ${one}s`;
  return counted(most, one);
}

/** "3 seeds", "1 seed", or "1–3 seeds a method" where methods differ. */
export function seedsOfMethods(counts: readonly number[]): string {
  return `${seedsInWords(counts)}${new Set(counts).size > 1 ? " a method" : ""}`;
}

/** "one seed for each K", or "mean and range of 3 seeds for each K" where there are several. */
export function seedsOfEachK(counts: readonly number[]): string {
  if (Math.max(...counts) === 1) return "one seed for each K";
  return `mean and range of ${seedsInWords(counts)} for each K`;
}
