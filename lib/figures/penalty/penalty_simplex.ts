/** The routing penalty of one head over three items: its level lines, and where it pushes. */
import { headPenalty, penaltyPush, uniformPenalty } from "../../analyze/routing_penalty.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { ink, sequentialScale } from "../../show/theme.ts";
import { draw } from "../grammar/drawing.ts";
import { colourBar } from "../grammar/heat_map.ts";
import { note, said } from "../grammar/marks.ts";

/** The values of L that the slider goes through; the picture without it shows the first. */
const SLOTS = [3, 5, 10, 20] as const;
/** Height of a triangle with sides of 1. */
const HEIGHT = Math.sqrt(3) / 2;
/** Points of the grid on which the penalty is computed, across and up. */
const [ACROSS, UP] = [37, 31];
/** Arrows along a side. */
const ARROWS = 7;
/** Length of the longest arrow, in sides of the triangle. */
const LONGEST = 0.1;

/** Weights of the three items. */
type Weights = readonly [number, number, number];

/**
 * The simplex of the weights of three items, drawn as a triangle with an item in each corner. The
 * colour is the penalty of a head among L slots, the arrows are the steps that gradient descent on
 * the penalty alone takes in the logits, all to one scale. A slider goes through the values of L:
 * L - 3 of the slots are padding.
 */
export function penaltySimplex(): Figure {
  const longest = longestPush();
  const states = SLOTS.map((L) => stateOf(L, longest));
  const first = states[0]!;
  return draw({
    finding: "Uniform routing costs least, one item most; neither is pushed",
    about: [
      "the weights of 3 items among L slots",
      "arrows: down the gradient",
    ],
    more: "Colour: penalty (Q − 1/L)², Q = sum of the squared weights. " + SLOTS.map((L) =>
      `L = ${L}: ${costs(L)}`
    ).join("; ") + ".",
    width: 680,
    height: 600,
    data: [first.contour, first.arrows],
    frames: {
      names: SLOTS.map(String),
      prefix: "slots L = ",
      active: 0,
      room: 15, // there is no axis
      at: (i) => ({
        data: [{ z: states[i]!.contour.z }, { x: states[i]!.arrows.x, y: states[i]!.arrows.y }],
        traces: [0, 1],
        layout: { annotations: annotations(SLOTS[i]!) },
      }),
    },
    layout: {
      showlegend: false,
      margin: { l: 20, r: 20, b: 20 },
      xaxis: { visible: false, range: [-0.25, 1.25], fixedrange: true },
      yaxis: { visible: false, range: [-0.13, 0.93], scaleanchor: "x", fixedrange: true },
      shapes: outside(),
      annotations: annotations(SLOTS[0]),
    },
  });
}

function stateOf(L: number, longest: number): { contour: Trace; arrows: Trace } {
  const xs = Array.from({ length: ACROSS }, (_, i) => i / (ACROSS - 1));
  const ys = Array.from({ length: UP }, (_, i) => HEIGHT * i / (UP - 1));
  const arrows = arrowsOf(L, longest);
  return {
    contour: {
      type: "contour",
      x: xs,
      y: ys,
      z: ys.map((y) => xs.map((x) => headPenalty(weightsAt(x, y), L))),
      text: ys.map((y) => xs.map((x) => inWords(weightsAt(x, y)))),
      zmin: 0,
      zmax: 0.95,
      autocontour: false,
      contours: { start: 0, end: 0.95, size: 0.05 },
      line: { width: 0.5, color: "#ffffff" },
      colorscale: sequentialScale,
      ...said("weights %{text}<br>penalty %{z:.3f}"),
      colorbar: colourBar("penalty of a row"),
    },
    arrows: {
      type: "scatter",
      mode: "lines+markers",
      ...arrows,
      line: { color: ink.text, width: 1.3 },
      marker: { symbol: "arrow", angleref: "previous", size: 8, color: ink.text },
      hoverinfo: "skip",
    },
  };
}

/** Shafts and heads of the arrows, with gaps in between. */
function arrowsOf(L: number, longest: number): { x: (number | null)[]; y: (number | null)[] } {
  const ends = origins().map((from): [Weights, Weights] => {
    const step = stepFrom(from, L);
    const to = from.map((a, l) => a + step[l]! * LONGEST / longest) as unknown as Weights;
    return [from, to];
  });
  const line = (coordinate: 0 | 1) =>
    ends.flatMap(([from, to]) => [placeOf(from)[coordinate], placeOf(to)[coordinate], null]);
  return { x: line(0), y: line(1) };
}

/** What a small step of the logits down the gradient does to the weights. */
function stepFrom(weights: Weights, L: number): Weights {
  const push = penaltyPush(weights, L);
  const mean = weights.reduce((sum, a, l) => sum + a * push[l]!, 0);
  return weights.map((a, l) => a * (push[l]! - mean)) as unknown as Weights;
}

function longestPush(): number {
  const lengths = SLOTS.flatMap((L) => origins().map((from) => lengthOf(stepFrom(from, L))));
  return Math.max(...lengths);
}

function lengthOf(step: Weights): number {
  return Math.hypot(...placeOf(step));
}

/** Where the arrows start: an even grid inside the simplex, without its middle. */
function origins(): Weights[] {
  const made: Weights[] = [];
  for (let i = 0; i < ARROWS; i++) {
    for (let j = 0; i + j < ARROWS; j++) {
      if (i === j && 3 * i === ARROWS - 1) continue; // no push there
      const [first, second] = [(i + 1 / 3) / ARROWS, (j + 1 / 3) / ARROWS];
      made.push([first, second, 1 - first - second]);
    }
  }
  return made;
}

/** Item 1 in the lower left corner, item 2 in the lower right, item 3 on top. */
function placeOf([, second, third]: Weights): [number, number] {
  return [second + third / 2, third * HEIGHT];
}

function weightsAt(x: number, y: number): Weights {
  const third = y / HEIGHT;
  const second = x - third / 2;
  return [1 - second - third, second, third];
}

function inWords(weights: Weights): string {
  if (Math.min(...weights) < -1e-9) return "–";
  return weights.map((a) => Math.abs(a).toFixed(2)).join(", ");
}

/** White over what the grid has outside of the triangle. */
function outside(): object[] {
  const cover = (path: string) => ({
    type: "path",
    path,
    fillcolor: "#ffffff",
    line: { width: 0 },
    layer: "above",
  });
  return [
    cover(`M -0.01,-0.01 L 0.5,${HEIGHT} L 0.5,${HEIGHT + 0.01} L -0.01,${HEIGHT + 0.01} Z`),
    cover(`M 1.01,-0.01 L 0.5,${HEIGHT} L 0.5,${HEIGHT + 0.01} L 1.01,${HEIGHT + 0.01} Z`),
    {
      type: "path",
      path: `M 0,0 L 1,0 L 0.5,${HEIGHT} Z`,
      line: { color: ink.axis, width: 1.5 },
    },
  ];
}

function costs(L: number): string {
  return `uniform ${uniformPenalty(3, L).toFixed(3)}, two items alike ` +
    `${uniformPenalty(2, L).toFixed(3)}, one item ${uniformPenalty(1, L).toFixed(3)}`;
}

function annotations(L: number): object[] {
  const at = (x: number, y: number, text: string, xanchor: string, yanchor: string) =>
    note(text, { x, y, xanchor, yanchor });
  const one = uniformPenalty(1, L).toFixed(3);
  return [
    at(-0.02, -0.02, `only item 1<br>${one}`, "center", "top"),
    at(1.02, -0.02, `only item 2<br>${one}`, "center", "top"),
    at(0.47, HEIGHT, `only item 3<br>${one}`, "right", "middle"),
    at(0.5, -0.02, `items 1 and 2 alike<br>${uniformPenalty(2, L).toFixed(3)}`, "center", "top"),
    at(
      0.5,
      HEIGHT / 3,
      `<b>uniform<br>${uniformPenalty(3, L).toFixed(3)}</b>`,
      "center",
      "middle",
    ),
  ];
}
