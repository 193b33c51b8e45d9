/** Parts that several figures share: the axis of K, and the bar beside a heat map. */
import { ink } from "../theme.ts";

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
