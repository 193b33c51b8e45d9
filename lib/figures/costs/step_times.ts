/** What a training step takes, by contestant, from a benchmark's record. */
import { counted } from "../../base/counted.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { BenchRecord, Measurement } from "../../bench/record.ts";
import type { Summary } from "../../bench/summary.ts";
import { countInWords, type Spread } from "../../compare/spread.ts";
import type { Figure } from "../../show/figure.ts";
import { type Table, table } from "../../show/table.ts";
import { accent } from "../../show/theme.ts";
import { dotRows, heightOfRows } from "../grammar/dots.ts";
import { draw } from "../grammar/drawing.ts";
import { clockInWords, haveOneThread, timeOf } from "./clocks.ts";

const STEP = "ms per step";
const KEPT = "MB of parameters and moments";

/**
 * A row a contestant, the fastest on top: the median of its turns, and the quartiles; processor
 * time of one thread, and the time by the clock of several.
 *
 * @throws {BadInput} for a record without steps
 */
export function stepTimes(record: BenchRecord): Figure {
  const steps = record.measurements.filter(({ unit }) => unit === STEP)
    .toSorted((a, b) => timeOf(a).median - timeOf(b).median);
  if (steps.length === 0) {
    throw new BadInput("no steps in it", "record", record.kind, "Take steps.");
  }
  const [least, most] = [steps[0]!, steps.at(-1)!];
  const rows = dotRows({
    rows: steps.map(({ name }) => name),
    dots: [{
      style: { name: STEP, colour: accent.amount },
      values: steps.map((step) => quartilesOf(timeOf(step))),
    }],
    title: haveOneThread(steps) ? `${STEP}, one thread` : STEP,
    log: true,
  });
  return draw({
    finding: `A step takes ${inMs(least)} to ${inMs(most)}, longest for ${most.name}`,
    about: [
      record.about,
      `marks: median of ${
        countInWords(steps.map((step) => timeOf(step).count), "turn")
      }, lines: quartiles`,
      clockInWords(steps),
      `${record.machine}, ${record.date.slice(0, 10)}`,
    ],
    more: `${steps.map((step) => `${step.name} ${inMs(step)}`).join("; ")}.`,
    height: heightOfRows(steps.length),
    ...rows,
  });
}

/** A row a contestant: the time of a step, its ratio to the first one's, and what it keeps. */
export function stepTable({ measurements, ratios, about, machine, date }: BenchRecord): Table {
  const steps = measurements.filter(({ unit }) => unit === STEP);
  const rows = steps.map((step) => {
    const ratio = ratios.find(({ of }) => of === step.name)?.times;
    const kept = measurements.find(({ name, unit }) => name === step.name && unit === KEPT);
    return {
      method: step.name,
      "ms per step": timeOf(step).median,
      "to the first": ratio ? ratio.median : step === steps[0] ? 1 : null,
      "quartiles": ratio && hasQuartiles(ratio)
        ? `${ratio.quartile1.toFixed(2)}–${ratio.quartile3.toFixed(2)}`
        : null,
      [KEPT]: kept ? kept.wall.median : null,
    };
  });
  return table(rows, {
    digits: { "ms per step": 2, "to the first": 2, [KEPT]: 2 },
    caption: `${about}; ${machine}, ${date.slice(0, 10)}`,
  });
}

/**
 * "REMI takes 1.03 times as long a step as ComiRec-SA (quartiles 1.02 to 1.05)", without quartiles
 * for fewer than three rounds.
 */
export function ratiosInWords({ ratios }: BenchRecord): string {
  return ratios.map(({ of, to, times }) =>
    `${of} takes ${times.median.toFixed(2)} times as long a step as ${to} ` +
    (hasQuartiles(times)
      ? `(quartiles ${times.quartile1.toFixed(2)} to ${times.quartile3.toFixed(2)})`
      : `(${counted(times.count, "round")}, too few for quartiles)`)
  ).join("; ");
}

/** "66 % steps, 31 % evaluation, 1 % sampling": the parts of a training, from `bench training`. */
export function sharesInWords({ ratios }: BenchRecord): string {
  return ratios.flatMap(({ name, times: { median } }) => {
    const [, part] = name.match(/^share of (\w+)$/) ?? [];
    return part ? `${(100 * median).toFixed(median < 0.1 ? 1 : 0)} % ${part}` : [];
  }).join(", ");
}

/** Two measurements or one have no middle half. */
function hasQuartiles({ count }: Summary): boolean {
  return count > 2;
}

function quartilesOf({ median, quartile1, quartile3, count }: Summary): Spread {
  return { mean: median, least: quartile1, most: quartile3, n: count };
}

function inMs(measurement: Measurement): string {
  return `${timeOf(measurement).median.toPrecision(3)} ms`;
}
