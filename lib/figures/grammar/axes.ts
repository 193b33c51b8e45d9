/**
 * Parts that several figures share: how the axes of panels are numbered, the axis of K, the
 * whiskers of seeds, and the bar beside a heat map.
 */
import type { Spread } from "../../compare/spread.ts";
import { ink } from "../../show/theme.ts";

/** What plotly calls the axes of a panel after "x" or "xaxis": "", "2", "3", … */
export function panelEnding(panel: number): string {
  return panel === 0 ? "" : String(panel + 1);
}

/** Whiskers from the least to the greatest seed, without colour and size; a spread a point. */
export function whiskers(spreads: readonly Spread[]): Readonly<Record<string, unknown>> {
  return {
    type: "data",
    symmetric: false,
    array: spreads.map(({ mean, most }) => most - mean),
    arrayminus: spreads.map(({ mean, least }) => mean - least),
  };
}

/** A logarithmic axis of numbers of interests, in ascending order. */
export function interestsAxis(Ks: readonly number[]): Readonly<Record<string, unknown>> {
  return {
    title: { text: "interests K" },
    type: "log",
    tickvals: Ks,
    ticktext: Ks.map(String),
    range: [Math.log10(Ks[0]!) - 0.08, Math.log10(Ks.at(-1)!) + 0.08],
  };
}

/** The colour bar of a heat map, with what the colours mean. */
export function colourBar(meaning: string): Readonly<Record<string, unknown>> {
  return {
    title: { text: meaning, side: "right", font: { size: 13, color: ink.text } },
    thickness: 14,
    tickfont: { size: 12, color: ink.text },
  };
}
