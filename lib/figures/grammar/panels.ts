/** Panels: plots beside and below each other in one figure, each with axes of its own. */
import type { Trace } from "../../show/figure.ts";
import type { Keys } from "./drawing.ts";
import { note } from "./marks.ts";
import { literal } from "../../show/literal.ts";

/** The axes of a panel. */
export interface Panel {
  readonly x: Keys;
  readonly y: Keys;
}

/** How equal panels are laid out, row by row. */
export interface Grid {
  /** 2 unless told */
  readonly columns?: number;
  /** between columns and rows, in parts of a panel with its gap */
  readonly xgap?: number;
  readonly ygap?: number;
  /** the share of the plot's height that they take, from below; all of it unless told */
  readonly height?: number;
}

/** What plotly calls the axes of a panel after "x" or "xaxis": "", "2", "3", … */
export function panelEnding(panel: number): string {
  return panel === 0 ? "" : String(panel + 1);
}

/** Puts a trace on a panel. */
export function on(panel: number): { readonly xaxis: string; readonly yaxis: string } {
  return { xaxis: `x${panelEnding(panel)}`, yaxis: `y${panelEnding(panel)}` };
}

/** Places a note in parts of a panel: 0 is its left or lower edge, 1 its right or upper one. */
export function within(panel: number): { readonly xref: string; readonly yref: string } {
  return { xref: `x${panelEnding(panel)} domain`, yref: `y${panelEnding(panel)} domain` };
}

/** The axes of panels for a layout: on a grid, or each in the `domain` that its axes bring. */
export function panels(all: readonly Panel[], grid?: Grid): Keys {
  const { columns = Math.min(2, all.length), xgap = 0.16, ygap = 0.24, height = 1 } = grid ?? {};
  const twoLines = all.some(({ y }) => /<br>/.test((y.title as { text: string })?.text));
  return {
    ...grid && {
      grid: {
        rows: Math.ceil(all.length / columns),
        columns,
        pattern: "independent",
        xgap: twoLines ? xgap + 0.055 * columns : xgap, // a second line beside the axis
        ygap,
        ...height < 1 && { domain: { y: [0, height] } },
      },
    },
    ...Object.fromEntries(all.flatMap(({ x, y }, p) => [
      [`xaxis${panelEnding(p)}`, { anchor: `y${panelEnding(p)}`, ...x }],
      [`yaxis${panelEnding(p)}`, { anchor: `x${panelEnding(p)}`, ...y, ...closer(y.title) }],
    ])),
  };
}

/** The title nearer to its axis, since another panel stands beside it. */
function closer(title: unknown): Keys {
  return title ? { title: { standoff: 4, ...title as Keys } } : {};
}

/** The name of a panel, above its upper left corner. */
export function panelTitle(text: string, panel: number): Keys {
  return note(`<b>${literal(text)}</b>`, {
    ...within(panel),
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
  });
}

/** The traces of several panels with each name once in the legend, where it comes first. */
export function inOneLegend(traces: readonly Trace[]): Trace[] {
  const seen = new Set<unknown>();
  return traces.map((trace) => {
    if (trace.name === undefined || trace.showlegend === false) return trace;
    const first = !seen.has(trace.name);
    seen.add(trace.name);
    return first ? trace : { ...trace, showlegend: false };
  });
}
