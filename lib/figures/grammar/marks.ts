/** Marks: lines, bands, points of seeds, and what is written and ruled beside them. */
import type { Spread } from "../../compare/spread.ts";
import type { Trace } from "../../show/figure.ts";
import type { LineStyle } from "../../results/method.ts";
import { ink, translucent } from "../../show/theme.ts";
import type { Keys } from "./drawing.ts";
import { literal } from "../../show/literal.ts";

/** A style that need not be all of it. */
export type Style = Pick<LineStyle, "colour"> & Partial<LineStyle>;

/** How a line is drawn. */
export interface LineOptions {
  /** what hovering says below the line's name; nothing unless told */
  readonly hover?: string;
  /** CSS pixels; 2.5 unless told */
  readonly width?: number;
  /** size of the marks at its points; none unless told */
  readonly marks?: number;
  /** further keys of the trace: its panel, its data beside x and y, whether the legend has it */
  readonly own?: Keys;
}

/** A line through points, in the legend if its style has a name, which is text without markup. */
export function line(
  x: readonly unknown[],
  y: readonly unknown[],
  { name: called, colour, dash, symbol }: Style,
  { hover, width = 2.5, marks, own }: LineOptions = {},
): Trace {
  const name = called && literal(called);
  return {
    type: "scatter",
    mode: marks ? "lines+markers" : "lines",
    ...name ? { name } : { showlegend: false },
    x,
    y,
    line: { color: colour, width, ...dash && { dash } },
    ...marks && { marker: { ...symbol && { symbol }, size: marks, color: colour } },
    ...said(hover, name),
    ...own,
  };
}

/** What hovering over a mark says: its name, and below what is given; nothing without that. */
export function said(hover: string | undefined, name?: string): Keys {
  if (hover === undefined) return { hoverinfo: "skip" };
  return { hovertemplate: `${name ? `${name}<br>` : ""}${hover}<extra></extra>` };
}

/** The area between two lines over the same places. */
export function band(
  x: readonly number[],
  low: readonly number[],
  high: readonly number[],
  colour: string,
  own: Keys = {},
): Trace {
  return {
    type: "scatter",
    mode: "none",
    x: [...x, ...x.toReversed()],
    y: [...high, ...low.toReversed()],
    fill: "toself",
    fillcolor: translucent(colour, 0.22),
    showlegend: false,
    hoverinfo: "skip",
    ...own,
  };
}

/** Whiskers from the least to the greatest seed, without colour and size; a spread a point. */
export function whiskers(spreads: readonly Spread[]): Keys {
  return {
    type: "data",
    symmetric: false,
    array: spreads.map(({ mean, most }) => most - mean),
    arrayminus: spreads.map(({ mean, least }) => mean - least),
  };
}

/** How the points of seeds are drawn. */
export interface SeedPointsOptions {
  /** as in LineOptions */
  readonly hover?: string;
  /** a line through them */
  readonly joined?: boolean;
  /** places are on the y-axis, and what the seeds gave on the x-axis */
  readonly across?: boolean;
  /** size of the marks; 10 unless told */
  readonly size?: number;
  readonly own?: Keys;
}

/** A mark at the mean of each place's seeds, with whiskers from the least to the greatest. */
export function seedPoints(
  places: readonly unknown[],
  spreads: readonly Spread[],
  style: LineStyle,
  { hover, joined = false, across = false, size = 10, own }: SeedPointsOptions,
): Trace {
  const { colour, dash, symbol } = style;
  const name = literal(style.name);
  const means = spreads.map(({ mean }) => mean);
  return {
    type: "scatter",
    mode: joined ? "lines+markers" : "markers",
    name,
    ...across ? { x: means, y: places } : { x: places, y: means },
    [across ? "error_x" : "error_y"]: {
      ...whiskers(spreads),
      color: colour,
      thickness: joined ? 1.5 : 2,
      width: 5,
      visible: spreads.some(({ n }) => n > 1),
    },
    ...joined && { line: { color: colour, dash, width: 2.5 } },
    marker: { symbol, size, color: colour },
    ...said(hover, name),
    ...own,
  };
}

/** Words in a figure, without an arrow. */
export function note(text: string, place: Keys, colour: string = ink.text, size = 13): Keys {
  return { text, showarrow: false, font: { size, color: colour }, ...place };
}

/** How a ruled line looks. */
export interface RuleOptions {
  /** "dot" unless told */
  readonly dash?: string;
  /** 1 unless told */
  readonly width?: number;
  readonly colour?: string;
  /** what plotly calls the panel's axes after "x": "", "2", … */
  readonly ending?: string;
  /** further keys */
  readonly own?: Keys;
}

/** A line across a panel, upright at x or level at y. */
export function rule(
  at: { readonly x: number } | { readonly y: number },
  { dash = "dot", width = 1, colour = ink.axis, ending = "", own }: RuleOptions = {},
): Keys {
  const place = "x" in at
    ? { x0: at.x, x1: at.x, y0: 0, y1: 1, xref: `x${ending}`, yref: `y${ending} domain` }
    : { y0: at.y, y1: at.y, x0: 0, x1: 1, yref: `y${ending}`, xref: `x${ending} domain` };
  return { type: "line", ...place, line: { color: colour, width, dash }, ...own };
}
