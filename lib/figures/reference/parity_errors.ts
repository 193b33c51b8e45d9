/** How far our numbers are from the official codes', fixture by fixture. */
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { type Table, table } from "../../show/table.ts";
import { dotRows, heightOfRows, single } from "../grammar/dots.ts";
import { draw } from "../grammar/drawing.ts";
import { styleOf } from "../grammar/styles.ts";

/** A fixture of an official code through ours, as lib/testing/parity_summary.ts has it. */
export interface ParityFound {
  readonly fixture: string;
  readonly method: string;
  /** what computed ours */
  readonly by: string;
  readonly quantities: number;
  readonly worst: {
    readonly quantity: string;
    readonly largestError: number;
    readonly tolerance: number;
  };
  readonly good: boolean;
}

/** Errors below this part of what is allowed are drawn here: a logarithmic axis has no 0. */
const LEAST = 1e-4;

/**
 * A row a fixture: the largest error, divided by what is allowed of that quantity.
 *
 * @throws {BadInput} if nothing was compared
 */
export function parityErrors(lines: readonly ParityFound[]): Figure {
  if (lines.length === 0) {
    throw new BadInput("nothing was compared", "fixtures", "[]", "Unset REMI_FIXTURES.");
  }
  const fixtures = [...new Set(lines.map(({ fixture }) => fixture))];
  const ways = [...new Set(lines.map(({ by }) => by))];
  const compared = lines.reduce((sum, { quantities }) => sum + quantities, 0);
  const good = lines.filter((line) => line.good).length;
  return draw({
    finding: `${good} of ${lines.length} comparisons with official code are within tolerance`,
    about: [
      `${compared} quantities of ${fixtures.length} fixtures: values, losses, gradients, ` +
      "parameters after five steps",
      "marks: the quantity nearest to its tolerance; 1 is the tolerance",
    ],
    more: `${
      lines.map(({ fixture, by, worst }) =>
        `${fixture} by ${by} ${worst.largestError.toExponential(1)}`
      ).join("; ")
    }.`,
    height: heightOfRows(fixtures.length) - 6 * fixtures.length,
    ...dotRows({
      rows: fixtures,
      dots: ways.map((by, w) => ({
        style: {
          name: by,
          ...styleOf(w),
        },
        values: fixtures.map((fixture) => {
          const line = lines.find((one) => one.fixture === fixture && one.by === by);
          return line ? single(shareOf(line.worst)) : null;
        }),
      })),
      title: "largest error / allowed",
      log: true,
      digits: 4,
      reaching: [1],
    }),
  });
}

function shareOf({ largestError, tolerance }: ParityFound["worst"]): number {
  return Math.max(LEAST, tolerance > 0 ? largestError / tolerance : largestError > 0 ? 10 : 0);
}

/** The same as a table, with the quantity. */
export function parityTable(lines: readonly ParityFound[]): Table {
  return table(
    lines.map(({ fixture, method, by, quantities, worst, good }) => ({
      fixture,
      method,
      by,
      quantities,
      "largest error": worst.largestError.toExponential(1),
      of: worst.quantity,
      allowed: worst.tolerance.toExponential(0),
      within: good,
    })),
    { caption: "Fixtures of the official codes through ours; all backends: deno task parity" },
  );
}
