/** IHN worked by hand, as a table. */
import { type WorkedExample, workedNegatives } from "../../analyze/worked_negatives.ts";
import { type Table, table } from "../../show/table.ts";

/** Digits of a gradient after the point. */
const DIGITS = 5;

/**
 * A row a negative: score, importance, share of Neg, and dL/dx_j in its two parts, by the formula
 * and by differences.
 *
 * @throws {BadInput} as `workedNegatives`
 */
export function workedTable(scores: readonly number[], positive: number, beta: number): Table {
  const { loss, negative, negatives }: WorkedExample = workedNegatives(scores, positive, beta);
  const rows = negatives.map((of) => ({
    "x": of.score,
    "importance / mean": of.importance,
    "share of Neg (%)": 100 * of.share,
    "weights constant": of.direct,
    "through the weights": of.throughWeights,
    "dL/dx": of.gradient,
    "by differences": of.byDifferences,
  }));
  const gradients = ["weights constant", "through the weights", "dL/dx", "by differences"];
  return table(rows, {
    caption: `β = ${beta}, x+ = ${positive}: Neg = ${negative.toFixed(3)}, ` +
      `loss = ${loss.toFixed(4)}`,
    digits: {
      "x": 1,
      "importance / mean": 3,
      "share of Neg (%)": 1,
      ...Object.fromEntries(gradients.map((column) => [column, DIGITS])),
    },
  });
}
