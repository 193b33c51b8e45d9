/**
 * The house style of every figure: white ground, dark text, one sequential scale, and a title that
 * says what was found, with one grey line under it: what was measured, and on how many runs.
 */
import type { Figure } from "./figure.ts";
import { wrapped } from "./words.ts";
import { breakable, unmarked } from "./literal.ts";

/** Text colours on white; the muted one still has a contrast of 7:1. */
export const ink = { text: "#1a1a1a", muted: "#595959", grid: "#e4e4e4", axis: "#8c8c8c" } as const;

/** Font families: Arial where the viewer has it, else its metric twins. */
export const fontFamily = "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif";

/**
 * The sequential scale of heat maps, light to dark. Its lightness falls in equal steps, so that
 * equal differences look equal, in grey and to colour-blind readers too.
 */
export const sequentialScale: readonly (readonly [number, string])[] = [
  "#effefe",
  "#ade8f3",
  "#71ceec",
  "#42afe1",
  "#2e8ece",
  "#316eb2",
  "#35508b",
  "#30375e",
  "#232230",
].map((colour, i, all) => [i / (all.length - 1), colour]);

/** Colours of what belongs to no method and to no interest, the same in every figure. */
export const accent = {
  /** a count or a share of the data set */
  amount: sequentialScale[5]![1],
  /** the same where it is only beside what is spoken of */
  paleAmount: "#a9c4e0",
  /** the user's next items */
  target: "#b00020",
} as const;

/** Colours of interests 1, 2, …: Okabe and Ito's palette, told apart by colour-blind readers. */
export const interestColours: readonly string[] = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#d55e00",
  "#8a7d00",
  "#5c5c5c",
];

/** Marker symbols of interests 1, 2, …, so that they differ in grey as well. */
export const interestSymbols: readonly string[] = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "cross",
  "x",
  "triangle-down",
  "pentagon",
];

const axisStyle = {
  gridcolor: ink.grid,
  linecolor: ink.axis,
  tickcolor: ink.axis,
  zerolinecolor: ink.grid,
  zeroline: false,
  showline: true,
  ticks: "outside",
  ticklen: 4,
  tickfont: { size: 13, color: ink.text },
  title: { font: { size: 14, color: ink.text }, standoff: 10 },
  automargin: true,
};

/** The layout template that plotly fills every figure's gaps from. */
const template = {
  layout: {
    font: { family: fontFamily, size: 14, color: ink.text },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    xaxis: axisStyle,
    yaxis: axisStyle,
    // below everything else, where plotly makes room for as many rows as the width asks for
    legend: {
      font: { size: 13, color: ink.text },
      bgcolor: "rgba(255,255,255,0.8)",
      orientation: "h",
      x: 0.02,
      xref: "container",
      y: 0,
      yref: "container",
      yanchor: "bottom",
    },
    hoverlabel: { font: { family: fontFamily, size: 13 }, align: "left" },
    colorway: interestColours,
  },
};

/** Right of the plot, where nothing is; CSS pixels. */
const MARGIN_RIGHT = 30;

/** Height of a line of the title, finding or small: 1.3 times the title's font size. */
const titleLine = 23.4;

/**
 * Pixels of a character on average, bold in the finding and plain in small lines, in the widest
 * font that a browser falls back to (DejaVu Sans); in Arial the lines end earlier.
 */
const characterWidth = { finding: 10.6, small: 7.1 };

/** What a figure says above its axes, and how large it is. */
export interface Heading {
  /** the finding, as a sentence without its full stop */
  readonly finding: string;
  /** what was measured: data set, users, n, what bands and points mean */
  readonly about: string;
  /** CSS pixels; 760 unless told, which fits beside an open file browser */
  readonly width?: number;
  /** CSS pixels; 450 unless told */
  readonly height?: number;
}

/**
 * A layout in the house style: the template, the heading, which is text without markup, and the
 * figure's own settings.
 */
export function houseLayout(
  { finding, about, width = 760, height = 450 }: Heading,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { margin, ...settings } = own;
  const lines = wrapped(breakable(finding), width / characterWidth.finding);
  const layout = {
    template,
    width,
    height,
    margin: {
      l: 70,
      r: MARGIN_RIGHT,
      t: 32 + titleLine * lines.length,
      b: 60,
      ...margin as object,
    },
    title: {
      text: lines.map((line) => `<b>${unmarked(line)}</b>`).join("<br>"),
      font: { size: 18, color: ink.text },
      x: 0,
      xref: "container",
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { l: 16, t: 28 }, // to the first baseline
    },
    meta: { finding, small: "" },
    ...settings,
  };
  return about ? withSmallPrint(layout, about) : layout;
}

/** Between the parts of the grey line. */
const POINT = " · ";

/** The layout with a text at the end of the grey line under its title, and the room for it. */
export function withSmallPrint(layout: Layout, text: string): Record<string, unknown> {
  const { title, margin, meta, width = 760, height = 450 } = layout as Titled;
  const linesOf = (said: string) =>
    wrapped(breakable(said), width / characterWidth.small).filter(Boolean);
  const before = meta?.small ?? "";
  const small = [before, text].filter(Boolean).join(POINT);
  const [had, lines] = [linesOf(before), linesOf(small)];
  const above = title?.text?.split("<br>").slice(0, -had.length || undefined) ?? [];
  const more = titleLine * (lines.length - had.length);
  return {
    ...layout,
    title: { ...title, text: [...above, ...lines.map(inSmallPrint)].join("<br>") },
    margin: { ...margin, t: (margin?.t ?? 40) + more },
    height: height + more,
    ...meta && { meta: { ...meta, small } },
  };
}

type Layout = Readonly<Record<string, unknown>>;

/** What is read of a layout to write its title. */
interface Titled {
  readonly title?: { readonly text?: string };
  readonly margin?: { readonly t?: number; readonly l?: number; readonly r?: number };
  /** the title's texts before they were broken into lines */
  readonly meta?: { readonly finding: string; readonly small: string };
  readonly width?: number;
  readonly height?: number;
}

function inSmallPrint(line: string): string {
  return `<span style="font-size:13px;color:${ink.muted}">${unmarked(line)}</span>`;
}

/**
 * The figure with how many runs its numbers come from, or that they are the reader's own, at the
 * end of its grey line; the runs' keys are in its words. A figure that is not made from runs stays
 * as it is.
 */
export function captioned(figure: Figure): Figure {
  const source = countOf(figure.runs);
  return source ? { ...figure, layout: withSmallPrint(figure.layout, source) } : figure;
}

/** Sizes of a live figure's title, which has to fit a phone as well; CSS pixels. */
const narrow = { width: 330, finding: 15, small: 12, line: 16.9 } as const;

/**
 * The figure as a page or notebook shows it live: as wide as its place, however wide that is. The
 * title's lines are as short as a phone asks for, since nothing breaks them again.
 */
export function live(figure: Figure): Figure {
  const { width: _width, meta, ...layout } = figure.layout as Layout & Titled;
  if (!meta) return { ...figure, layout: { ...layout, autosize: true } };
  const { title, margin, height = 450 } = layout as Titled;
  const characters = (size: number, of: number, at: number) => narrow.width / (of * size / at);
  const lines = [
    ...wrapped(breakable(meta.finding), characters(narrow.finding, characterWidth.finding, 18))
      .map((line) => `<span style="font-size:${narrow.finding}px"><b>${unmarked(line)}</b></span>`),
    ...wrapped(breakable(meta.small), characters(narrow.small, characterWidth.small, 13))
      .filter(Boolean).map((line) =>
        `<span style="font-size:${narrow.small}px;color:${ink.muted}">${unmarked(line)}</span>`
      ),
  ];
  const top = 24 + narrow.line * lines.length;
  const r = margin?.r && margin.r > MARGIN_RIGHT ? margin.r : 16; // words may stand there
  return {
    ...figure,
    layout: {
      ...layout,
      autosize: true,
      height: height - (margin?.t ?? 0) + top,
      margin: { ...margin, t: top, l: Math.min(60, margin?.l ?? 60), r },
      title: {
        ...title,
        text: lines.join("<br>"),
        font: { size: narrow.line / 1.3, color: ink.text },
        pad: { l: 8, t: 20 },
      },
    },
  };
}

/** "12 recorded runs", "this notebook's run", or "" where no run is involved. */
function countOf(runs: readonly string[] | undefined): string {
  if (!runs) return "";
  if (runs.length === 0) return "this notebook's run";
  return `${runs.length} recorded ${runs.length === 1 ? "run" : "runs"}`;
}

/** Keys that words and tables name; the JSON beside a written figure lists all of them. */
const MOST_KEYS = 12;

/**
 * "runs 3f2a91, 77be04", "60 runs: 3f2a91, … and 48 more", "from this notebook's own run", or ""
 * where no run is involved.
 */
export function sourceOf(runs: readonly string[] | undefined): string {
  if (!runs) return "";
  if (runs.length === 0) return "from this notebook's own run";
  const keys = runs.slice(0, MOST_KEYS).map((key) => key.slice(0, 6)).join(", ");
  const more = runs.length - MOST_KEYS;
  if (more > 0) return `${runs.length} runs: ${keys} and ${more} more`;
  return `${runs.length === 1 ? "run" : "runs"} ${keys}`;
}

/** 12345.6 as "12,346": numbers in texts, the same in every locale. */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** "a, b and c" */
export function listed(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(", "), parts.at(-1)].filter(Boolean).join(" and ");
}

/** 0.2345 as "23.5": shares as percentages with one digit. */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** A colour #rrggbb with an opacity, as plotly takes it. */
export function translucent(colour: string, opacity: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}
