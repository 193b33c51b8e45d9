/** Figures for other places than a notebook: without their title, in the shape that a slide has. */
import { BadInput } from "../base/bad_input.ts";
import type { Figure } from "./figure.ts";

/** Above the plot once the title is gone; CSS pixels. */
const TOP = { bare: 16, namedPanels: 44 } as const;

interface Sizes {
  readonly width?: number;
  readonly height?: number;
  readonly margin?: { readonly t?: number };
  readonly annotations?: readonly { readonly yref?: string; readonly y?: number }[];
}

/** The figure without its finding and grey line: its plot stays as large, its words stay in alt. */
export function withoutTitle(figure: Figure): Figure {
  const { title: _title, meta: _meta, ...layout } = figure.layout;
  const { height = 450, margin, annotations = [] } = layout as Sizes;
  const before = margin?.t ?? TOP.bare;
  const named = annotations.some(({ yref, y = 0 }) => yref === "paper" && y >= 1);
  const t = Math.min(before, named ? TOP.namedPanels : TOP.bare);
  return {
    ...figure,
    layout: { ...layout, height: height - before + t, margin: { ...margin, t } },
  };
}

/**
 * The figure in another shape. It only grows, so that nothing in it is squeezed; words keep their
 * size.
 *
 * @param ratio width over height
 */
export function inShape(figure: Figure, ratio: number): Figure {
  const { width = 760, height = 450 } = figure.layout as Sizes;
  const wide = Math.max(width, height * ratio);
  const size = { width: Math.round(wide), height: Math.round(wide / ratio) };
  return { ...figure, layout: { ...figure.layout, ...size } };
}

/**
 * "16:9" as 16 / 9.
 *
 * @throws {BadInput} for anything else than two positive numbers, neither above 4 times the other
 */
export function ratioFromText(text: string): number {
  const [, width, height] = text.match(/^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/) ?? [];
  const ratio = Number(width) / Number(height);
  if (ratio >= 0.25 && ratio <= 4) return ratio;
  throw new BadInput("not a shape", "--size", text, "Write width:height, for example 16:9.");
}
