/** Means of measures, name by name. */
import type { AnalysisMeasure } from "./measures.ts";

/** Some of the measures. */
export type Measured = Partial<Readonly<Record<AnalysisMeasure, number>>>;

/** Digits that are recorded: more than a mean over a sample is good for. */
const DIGITS = 6;

/** Collects measures of users or interests; each name is averaged over those that have it. */
export class Means {
  readonly #sums = new Map<string, { sum: number; count: number }>();

  /** Adds one user's, or one interest's, measures. */
  add(measured: Measured): void {
    for (const [name, value] of Object.entries(measured)) {
      const { sum, count } = this.#sums.get(name) ?? { sum: 0, count: 0 };
      this.#sums.set(name, { sum: sum + value, count: count + 1 });
    }
  }

  /** The means, to six significant digits. */
  rounded(): Record<string, number> {
    return Object.fromEntries(
      [...this.#sums].map(([name, { sum, count }]) =>
        [name, Number((sum / count).toPrecision(DIGITS))] as const
      ),
    );
  }
}
