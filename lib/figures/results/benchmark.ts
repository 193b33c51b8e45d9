/** A recorded benchmark: every ratio with its spread and its target. */
import { type BenchRecord, meets, type Ratio, type Target } from "../../bench/record.ts";
import { countInWords } from "../../compare/spread.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { ink, interestColours } from "../../show/theme.ts";
import { labelRoom, logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";

const [measured, missed] = [interestColours[0]!, interestColours[5]!];

/**
 * A line a ratio, on a logarithmic axis: the median, the quartiles over the rounds as a bar, and
 * the target as a mark that says which side is asked for.
 */
export function benchmark(record: BenchRecord): Figure {
  const { ratios, about, machine, date } = record;
  const asked = ratios.filter(({ target }) => target);
  const met = asked.filter((ratio) => meets(ratio)).length;
  const rows = ratios.map((_, i) => ratios.length - 1 - i); // the first on top
  return draw({
    finding: asked.length > 0 ? `${met} of ${asked.length} targets are met` : extremes(ratios),
    about: [
      about,
      ratios.length > 0 &&
      `points: median ratio of ${
        countInWords(ratios.map(({ times }) => times.count), "round")
      }, lines: quartiles`,
      `${machine}, ${date.slice(0, 10)}`,
    ],
    more: `${ratios.map(inWords).join("; ")}.`,
    height: 240 + 26 * ratios.length,
    data: [
      pointsOf("measured", ratios, rows, (ratio) => meets(ratio) !== false, measured),
      pointsOf("target missed", ratios, rows, (ratio) => meets(ratio) === false, missed),
      ...targetsOf(ratios, rows),
      numbersOf(ratios, rows),
    ].filter((trace) => (trace.x as number[]).length > 0),
    layout: {
      margin: { l: labelRoom(ratios.map(({ name }) => name)), r: 60 },
      xaxis: logAxis("ratio (log scale)", endsOf(ratios)),
      yaxis: {
        tickmode: "array",
        tickvals: rows,
        ticktext: ratios.map(({ name }) => name),
        ticks: "",
        range: [-0.6, ratios.length - 0.4],
        showgrid: false,
      },
    },
  });
}

function pointsOf(
  name: string,
  ratios: readonly Ratio[],
  rows: readonly number[],
  wanted: (ratio: Ratio) => boolean,
  colour: string,
): Trace {
  const kept = ratios.map((ratio, i) => ({ ...ratio, row: rows[i]! })).filter(wanted);
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: kept.map(({ times }) => times.median),
    y: kept.map(({ row }) => row),
    error_x: {
      type: "data",
      symmetric: false,
      array: kept.map(({ times }) => times.quartile3 - times.median),
      arrayminus: kept.map(({ times }) => times.median - times.quartile1),
      color: colour,
      thickness: 3,
      width: 5,
    },
    marker: { color: colour, size: 10, symbol: name === "measured" ? "circle" : "x" },
    text: kept.map(({ of, to }) => `${of} / ${to}`),
    ...said("%{text}<br>%{x:.3g}"),
  };
}

function targetsOf(ratios: readonly Ratio[], rows: readonly number[]): Trace[] {
  return ([["atLeast", "at least", "right"], ["atMost", "at most", "left"]] as const).map(
    ([key, words, side]) => {
      const asked = ratios.map(({ target }, i) => ({ target, row: rows[i]! }))
        .filter(({ target }) => target && key in target);
      return {
        type: "scatter",
        mode: "markers",
        name: `target: ${words}`,
        x: asked.map(({ target }) => bound(target)),
        y: asked.map(({ row }) => row),
        marker: {
          symbol: `triangle-${side}-open`,
          size: 14,
          color: ink.text,
          line: { width: 2, color: ink.text },
        },
        ...said("target %{x}"),
      };
    },
  );
}

/** The medians in figures, right of everything in their line. */
function numbersOf(ratios: readonly Ratio[], rows: readonly number[]): Trace {
  return {
    type: "scatter",
    mode: "text",
    x: ratios.map((ratio) => Math.max(ratio.times.quartile3, bound(ratio.target) || 0)),
    y: rows,
    text: ratios.map(({ times }) => `\u00a0\u00a0\u00a0\u00a0${times.median.toPrecision(3)}`),
    textposition: "middle right",
    textfont: { size: 12, color: ink.text },
    showlegend: false,
    cliponaxis: false,
    hoverinfo: "skip",
  };
}

function bound(target: Target | undefined): number {
  if (!target) return NaN;
  return "atLeast" in target ? target.atLeast : target.atMost;
}

/** The least and the largest of what is drawn, with room for the numbers on the right. */
function endsOf(ratios: readonly Ratio[]): number[] {
  const all = ratios.flatMap(({ times, target }) => [
    times.quartile1,
    times.quartile3,
    ...target ? [bound(target)] : [],
  ]).filter((value) => value > 0);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return all.length === 0 ? [] : [least, most, most * Math.max(1.2, (most / least) ** 0.15)];
}

/** "Ratios from 0.126, catch-up, to 17.7, stock / our product" */
function extremes(ratios: readonly Ratio[]): string {
  const rising = ratios.toSorted((a, b) => a.times.median - b.times.median);
  const [least, most] = [rising[0], rising.at(-1)]
    .map((ratio) => ratio ? `${ratio.times.median.toPrecision(3)} (${ratio.name})` : "none");
  return `Ratios from ${least} to ${most}`;
}

function inWords({ name, times }: Ratio): string {
  return `${name} ${times.median.toPrecision(3)}`;
}
