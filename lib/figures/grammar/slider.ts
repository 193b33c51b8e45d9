/** A slider that steps through a figure's frames; the static picture shows the one it stands on. */
import { ink } from "../../show/theme.ts";

/** What a slider looks like. */
export interface SliderOptions {
  /** stands before the value it is at, e.g. "step " */
  readonly prefix: string;
  /** index of the frame shown first; the last one unless told */
  readonly active?: number;
}

/**
 * `sliders` of a layout whose figure has frames of these names, in this order. Give the figure the
 * data of the active frame as well: a front end draws frames only once the slider moves.
 */
export function sliders(
  names: readonly string[],
  { prefix, active = names.length - 1 }: SliderOptions,
): Record<string, unknown>[] {
  return [{
    active,
    currentvalue: { prefix, font: { size: 13, color: ink.text } },
    font: { size: 12, color: ink.text },
    pad: { t: 55, l: 10, r: 10 }, // below the axis and its title
    steps: names.map((name) => ({
      label: name,
      method: "animate",
      args: [[name], {
        mode: "immediate",
        frame: { duration: 0, redraw: true },
        transition: { duration: 0 },
      }],
    })),
  }];
}
