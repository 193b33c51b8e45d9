/** The toy's routing over a training: the matrix A and the plane, with a slider over the steps. */
import { counted } from "../../base/counted.ts";
import { toy, weightedSums } from "../../analyze/toy/toy_user.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { bare, covering } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { heatMap } from "../grammar/heat_map.ts";
import { on, panelEnding } from "../grammar/panels.ts";
import { interestMarks, itemMarks, looks, planeAxes, range } from "./plane.ts";
import { requireRouting } from "./routing_shape.ts";

/** States that a slider goes through at most. */
const MOST = 26;

/** A state to draw: routing and, where they are trained too, the items. */
export interface ToyState {
  readonly step: number;
  /** [K, L] rows that sum to 1 */
  readonly A: readonly (readonly number[])[];
  /** [L, d] the history's embeddings; as the toy has them unless told */
  readonly H?: readonly (readonly number[])[];
}

/**
 * Left the routing, a row an interest and a column an item; right the items of the history and the
 * interests that the routing makes of them. The slider goes through the states, of more than 26
 * through evenly chosen ones; the last one is shown first.
 *
 * @throws {BadInput} for no states, or an A that is not a routing of the toy's history
 */
export function toyRouting(states: readonly ToyState[]): Figure {
  if (states.length === 0) {
    throw new BadInput("no states", "figure.toyRouting", "[]", "Give at least one { step, A }.");
  }
  for (const { A } of states) requireRouting("figure.toyRouting", A);
  const every = Math.ceil((states.length - 1) / (MOST - 1)) || 1;
  const last = states.length - 1;
  const shown = states.filter((_, i) => i % every === 0 || i === last);
  const largest = states[last]!.A.map((row) => Math.max(...row));
  const inWords = largest.map((weight, k) => {
    const item = toy.history[states[last]!.A[k]!.indexOf(weight)]!;
    return `interest ${k + 1} gives the ${item.name} ${weight.toFixed(2)}`;
  });
  const drawn = shown.flatMap(planeOf).map(({ x, y }) => ({ x: x as number[], y: y as number[] }));
  return draw({
    finding: `After ${counted(states[last]!.step, "step")} ` +
      (largest.every((weight) => weight > 0.9)
        ? "each interest is a copy of one item"
        : `the largest weight of an item is ${Math.max(...largest).toFixed(2)}`),
    about: ["the toy user", "left: its routing A", "right: its items and interests"],
    more: `There ${inWords.join(", ")}.`,
    numbers: states[last]!.A.map((row, k) => ({
      interest: k + 1,
      ...Object.fromEntries(toy.history.map(({ name }, l) => [name, row[l]!])),
    })),
    height: 430,
    frames: {
      names: shown.map(({ step }) => String(step)),
      prefix: "step ",
      room: 70,
      at: (i) => ({ data: tracesOf(shown[i]!) }),
    },
    layout: {
      hovermode: "closest",
      showlegend: false,
      margin: { l: 80 },
      xaxis: {
        ...bare,
        domain: [0, 0.38],
        tickmode: "array",
        tickvals: toy.history.map((_, l) => l),
        ticktext: toy.history.map(({ name }) => literal(name)),
        tickangle: -30,
      },
      yaxis: {
        ...bare,
        autorange: "reversed",
        tickmode: "array",
        tickvals: states[0]!.A.map((_, k) => k),
        ticktext: states[0]!.A.map((_, k) => `interest ${k + 1}`),
      },
      [`xaxis${panelEnding(1)}`]: {
        ...planeAxes.x,
        range: covering([-1.8, 5.4], drawn.flatMap(({ x }) => x)),
        domain: [0.54, 1],
        anchor: "y2",
      },
      [`yaxis${panelEnding(1)}`]: {
        ...planeAxes.y,
        range: covering(range.y, drawn.flatMap(({ y }) => y)),
        scaleanchor: "x2",
        anchor: "x2",
      },
    },
  });
}

function tracesOf(state: ToyState): Trace[] {
  const routing = heatMap({
    z: state.A,
    most: 1,
    digits: "%{z:.2f}",
    hover: "%{x}: weight %{z:.3f}",
    own: on(0),
  });
  return [routing, ...planeOf(state)];
}

/** Items and interests. */
function planeOf({ A, H = toy.history.map(({ vector }) => vector) }: ToyState): Trace[] {
  return [
    itemMarks("history", toy.history, H, looks.history, {
      ...on(1),
      text: toy.history.map(({ name }) => `${literal(name)}<br>\u00a0`), // clear of an interest
      textposition: "top center",
    }),
    ...interestMarks(weightedSums(A, H), on(1)),
  ];
}
