/** Dots in rows: one or several values of each of some things, which are named at the left. */
import type { Spread } from "../../compare/spread.ts";
import type { Trace } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { axis, labelRoom, logAxis } from "./axes.ts";
import type { Keys } from "./drawing.ts";
import { said, type Style, whiskers } from "./marks.ts";

/** Dots of one kind: a value a row, where it has one. */
export interface Dots {
  readonly style: Style & { readonly name: string };
  /** beside the rows; null where there is none */
  readonly values: readonly (Spread | null)[];
}

/** How rows of dots are drawn. */
export interface DotRows {
  /** what stands at the left, from above */
  readonly rows: readonly string[];
  readonly dots: readonly Dots[];
  /** what is on the axis */
  readonly title: string;
  /** a logarithmic axis */
  readonly log?: boolean;
  /** digits after the point when hovering; 2 unless told */
  readonly digits?: number;
  /** further values that the axis has to reach */
  readonly reaching?: readonly number[];
}

/** CSS pixels of a row, and of everything else. */
const [ROW, REST] = [30, 170];

/** The height of a figure with so many rows. */
export function heightOfRows(rows: number): number {
  return REST + ROW * rows;
}

/** Traces and layout of rows of dots; whiskers go from the least to the most. */
export function dotRows(
  { rows, dots, title, log = false, digits = 2, reaching = [] }: DotRows,
): { readonly data: Trace[]; readonly layout: Keys } {
  const places = rows.map((_, i) => i);
  const data = dots.map(({ style, values }, d): Trace => {
    const there = places.filter((i) => values[i]);
    const spreads = there.map((i) => values[i]!);
    const beside = (d - (dots.length - 1) / 2) * Math.min(0.2, 0.7 / dots.length);
    return {
      type: "scatter",
      mode: "markers",
      name: literal(style.name),
      x: spreads.map(({ mean }) => mean),
      y: there.map((i) => i + beside),
      error_x: {
        ...whiskers(spreads),
        color: style.colour,
        thickness: 2,
        width: 4,
        visible: spreads.some(({ least, most }) => least < most),
      },
      marker: { color: style.colour, symbol: style.symbol ?? "circle", size: 10 },
      showlegend: dots.length > 1,
      text: there.map((i) => literal(rows[i]!)),
      ...said(`%{text}<br>%{x:,.${digits}~f}`, literal(style.name)),
    };
  });
  const all = dots.flatMap(({ values }) =>
    values.flatMap((value) => value ? [value.least, value.mean, value.most] : [])
  );
  return {
    data,
    layout: {
      hovermode: "closest",
      margin: { l: labelRoom(rows.map((row) => row.slice(0, 32))) },
      xaxis: log
        ? logAxis(`${title} (log scale)`, [...all, ...reaching], { own: { tickformat: ",~r" } })
        : axis(title),
      yaxis: {
        tickmode: "array",
        tickvals: places,
        ticktext: rows.map((row) => literal(row, 32)),
        range: [rows.length - 0.4, -0.6],
        ticks: "",
      },
    },
  };
}

/** A single value, as a spread. */
export function single(value: number): Spread {
  return { mean: value, least: value, most: value, n: 1 };
}
