/** How long the interests of each model are before its first step. */
import type { Start } from "../../analyze/starts.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { type Table, table } from "../../show/table.ts";
import { accent } from "../../show/theme.ts";
import { dotRows, heightOfRows, single } from "../grammar/dots.ts";
import { draw } from "../grammar/drawing.ts";

/**
 * A row a start: the mean length of an interest.
 *
 * @throws {BadInput} for none
 */
export function startLengths(starts: readonly Start[], about: string): Figure {
  if (starts.length === 0) {
    throw new BadInput("no starts", "figure's starts", "[]", "Pass those of startsOf.");
  }
  const rising = starts.toSorted((a, b) => a.length - b.length);
  const [least, most] = [rising[0]!, rising.at(-1)!];
  const inWords = (start: Start) => `${start.length.toPrecision(2)} (${start.method})`;
  return draw({
    finding: `Interests start between lengths of ${inWords(least)} and ${inWords(most)}`,
    about: [about, `before the first step, the first batch of ${seedsOf(starts)}`],
    more: `${rising.map((start) => `${start.method} ${start.length.toPrecision(2)}`).join("; ")}.`,
    height: heightOfRows(starts.length),
    ...dotRows({
      rows: starts.map(({ method }) => method),
      dots: [{
        style: { name: "length", colour: accent.amount },
        values: starts.map(({ length }) => single(length)),
      }],
      title: "mean length of an interest",
      log: true,
      digits: 6,
    }),
  });
}

/** "seed 1", or "seeds 1, 2" */
function seedsOf(starts: readonly Start[]): string {
  const seeds = [...new Set(starts.map(({ seed }) => seed))].sort((a, b) => a - b);
  return `${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")}`;
}

/** The same with the largest routing weight and the loss of the first batch. */
export function startsTable(starts: readonly Start[], about: string): Table {
  return table(
    starts.map(({ method, length, largestWeight, loss }) => ({
      method,
      "length of an interest": length.toPrecision(2),
      "largest weight": largestWeight,
      "loss of the first batch": loss,
    })),
    { caption: `${about}, before the first step`, digits: 2 },
  );
}
