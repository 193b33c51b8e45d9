/** The plane of the toy user: how its items and interests are drawn. */
import type { ToyItem } from "../../analyze/toy/toy_user.ts";
import type { Trace } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { accent, ink, interestColours } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import type { Keys } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";

/** A point of the plane. */
export type Point = readonly number[];

/** Between a mark and its name: spaces that plotly keeps, as wide as half an interest's mark. */
const ROOM = "\u00a0".repeat(3);

/** What the axes go over; every vector of the toy lies inside, with room for its name. */
export const range = { x: [-3, 4.2], y: [-2.8, 3.8] } as const;

/** The plane's axes, of equal scale. */
export const planeAxes = {
  x: axis("crime →", { range: range.x, dtick: 1, zeroline: true, constrain: "domain" }),
  y: axis("cooking →", {
    range: range.y,
    dtick: 1,
    zeroline: true,
    scaleanchor: "x",
    constrain: "domain",
  }),
} as const;

/** Items as marks with their names. */
export function itemMarks(
  name: string,
  items: readonly Pick<ToyItem, "name">[],
  at: readonly Point[],
  marker: Keys,
  own: Keys = {},
): Trace {
  return {
    type: "scatter",
    mode: "markers+text",
    name,
    x: at.map(([x]) => x),
    y: at.map(([, y]) => y),
    text: items.map(({ name }) => `${ROOM}${literal(name)}${ROOM}`),
    textposition: at.map(([x]) => x! > 0 ? "middle right" : "middle left"),
    textfont: { size: 12, color: ink.text },
    cliponaxis: false,
    ...said("%{text} (%{x:.2f}, %{y:.2f})", name),
    marker: { size: 11, color: ink.text, ...marker },
    ...own,
  };
}

/** How items of the history, targets and negatives look. */
export const looks = {
  history: { symbol: "circle", color: "#ffffff", line: { width: 2.5, color: ink.text } },
  targets: { symbol: "star", size: 15, color: accent.target },
  negatives: { symbol: "x", color: ink.muted },
} as const;

/** Interests as lines from the origin with a numbered mark at their end. */
export function interestMarks(V: readonly Point[], own: Keys = {}): Trace[] {
  return V.map(([x, y], k): Trace => {
    const colour = interestColours[k % interestColours.length]!;
    return {
      type: "scatter",
      mode: "lines+markers+text",
      name: `interest ${k + 1}`,
      x: [0, x],
      y: [0, y],
      text: ["", `${k + 1}`],
      textfont: { size: 13, color: ink.text, weight: 700 },
      line: { color: colour, width: 3 },
      ...said("(%{x:.2f}, %{y:.2f})", `interest ${k + 1}`),
      showlegend: false,
      marker: {
        symbol: "circle",
        opacity: 1,
        size: [0, 23],
        color: "#ffffff",
        line: { width: 3.5, color: colour },
      },
      ...own,
    };
  });
}
