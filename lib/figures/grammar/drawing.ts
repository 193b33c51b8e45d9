/** A figure from what it says, its marks and its axes: every figure here is put together by it. */
import type { Figure, Trace } from "../../show/figure.ts";
import { plain } from "../../show/literal.ts";
import { houseLayout, ink } from "../../show/theme.ts";
import { withMinus } from "../../show/words.ts";

/** Keys of plotly's layout, of an axis, a shape or an annotation. */
export type Keys = Readonly<Record<string, unknown>>;

/** What a figure shows and says. */
export interface Drawing {
  /** what was found, as a sentence without its full stop */
  readonly finding: string;
  /** what was measured: data, users, seeds, bands, points; what is no text is left out */
  readonly about: readonly (string | false | null | undefined)[];
  /** further sentences for a reader who cannot see the picture */
  readonly more?: string | undefined;
  /** as in a Figure */
  readonly runs?: readonly string[] | undefined;
  readonly numbers?: Figure["numbers"];
  readonly still?: Figure["still"];
  /** CSS pixels of the picture, as in a Heading */
  readonly width?: number;
  readonly height?: number;
  /** the traces; those of the active frame unless told */
  readonly data?: readonly Trace[];
  /** what a slider goes through */
  readonly frames?: Frames;
  /** axes, notes, legend, and what else is the figure's own */
  readonly layout: Keys;
}

/** The states of a figure that a slider goes through. */
export interface Frames {
  /** as the slider calls them */
  readonly names: readonly string[];
  /** stands before the name, e.g. "step " */
  readonly prefix: string;
  /** the one that is shown first, and alone in the static picture; the last unless told */
  readonly active?: number;
  /** room between the plot and the slider, for what stands below the plot; CSS pixels */
  readonly room?: number;
  /** what the i-th state draws: all traces, or what it changes of the first ones or of `traces` */
  readonly at: (i: number) => Frame;
}

/** What one state draws. */
export interface Frame {
  readonly data: readonly Trace[];
  /** indices of the traces that are changed */
  readonly traces?: readonly number[];
  readonly layout?: Keys;
}

/** Between the parts of what was measured. */
const POINT = " · ";

/** Puts a figure together. */
export function draw(
  drawing: Drawing,
): Figure {
  const { finding: found, about: parts, more, runs, numbers, still } = drawing;
  const { width, height, data, frames, layout } = drawing;
  const finding = withMinus(found);
  const about = withMinus(parts.filter(Boolean).join(POINT));
  const heading = { finding, about, ...width && { width }, ...height && { height } };
  const states = frames?.names.map((name, i) => ({ name, ...frames.at(i) }));
  return {
    alt: plain([`${finding}. ${about}.`, withMinus(more ?? "")].join(" ").trim()),
    ...runs && { runs },
    ...numbers && { numbers },
    ...still && { still },
    data: data ?? states![activeOf(frames!)]!.data,
    ...states && { frames: states },
    layout: houseLayout(heading, { ...layout, ...frames && { sliders: [sliderOf(frames)] } }),
  };
}

function activeOf({ names, active = names.length - 1 }: Frames): number {
  return active;
}

/** The slider; a front end draws frames only once it moves, so the data are the active frame's. */
function sliderOf(frames: Frames): Keys {
  const { names, prefix, room = 55 } = frames;
  return {
    active: activeOf(frames),
    currentvalue: { prefix, font: { size: 13, color: ink.text } },
    font: { size: 12, color: ink.text },
    pad: { t: room, l: 10, r: 10 },
    steps: names.map((name) => ({
      label: name,
      method: "animate",
      args: [[name], {
        mode: "immediate",
        frame: { duration: 0, redraw: true },
        transition: { duration: 0 },
      }],
    })),
  };
}
