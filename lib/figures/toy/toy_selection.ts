/** What the selection of an interest hides, as the toy's target turns from crime to cooking. */
import { dotProduct, toy, weightedSums } from "../../analyze/toy/toy_user.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { listed } from "../../show/theme.ts";
import { withMinus } from "../../show/words.ts";
import { accent, ink, interestColours, translucent } from "../../show/theme.ts";
import { draw } from "../grammar/drawing.ts";
import { interestMarks, itemMarks, looks, planeAxes, type Point, range } from "./plane.ts";
import { requireRouting } from "./routing_shape.ts";

/** How far from the origin the target is, and how far it turns with every step of the slider. */
const [RADIUS, STEP] = [2, 7.5];

/** From 0 degrees, crime, to 90, cooking. */
const angles = Array.from({ length: 90 / STEP + 1 }, (_, i) => i * STEP);

/**
 * The plane with a target that the slider turns from crime to cooking: which interest it selects,
 * and what becomes of the negatives. Beyond the dashed line the selected interest ranks items above
 * the target, and training sees it; in the shaded area only the other interest does: they are
 * hidden from the training example, and outrank the target in serving.
 *
 * @param routing.A [K, L] rows that sum to 1
 * @throws {BadInput} if A is not a routing of the toy's history
 */
export function toySelection({ A }: { readonly A: readonly (readonly number[])[] }): Figure {
  requireRouting("figure.toySelection", A);
  const V = weightedSums(A, toy.history.map(({ vector }) => vector));
  const states = angles.map((angle) => stateAt(angle, V));
  return draw({
    finding: states.some(({ hidden }) => hidden.length > 0)
      ? `Training does not see what outranks the target for ${
        V.length === 2 ? "the other" : "another"
      } interest`
      : "Training sees all that outranks the target, wherever the target is",
    about: ["the toy user", "target from 0° (crime) to 90° (cooking)"],
    more: angles.map((angle, i) => inWords(angle, states[i]!)).join(" "),
    height: 720,
    frames: {
      names: angles.map((angle) => `${angle}°`),
      prefix: "target at ",
      active: 0,
      at: (i) => ({ data: tracesOf(states[i]!, V) }),
    },
    layout: { hovermode: "closest", xaxis: planeAxes.x, yaxis: planeAxes.y },
  });
}

type Negative = typeof toy.negatives[number];

interface State {
  readonly target: Point;
  /** the interest nearest to the target */
  readonly selected: number;
  /** x+ */
  readonly positive: number;
  /** negatives above the target for the selected interest, for another one only, and for none */
  readonly seen: readonly Negative[];
  readonly hidden: readonly Negative[];
  readonly below: readonly Negative[];
}

function stateAt(angle: number, V: readonly Point[]): State {
  const radians = angle * Math.PI / 180;
  const target = [RADIUS * Math.cos(radians), RADIUS * Math.sin(radians)];
  const scores = V.map((v) => dotProduct(v, target));
  const positive = Math.max(...scores);
  const selected = scores.indexOf(positive);
  const seenBy = (k: number, { vector }: Negative) => dotProduct(V[k]!, vector) > positive;
  const kinds = Map.groupBy(toy.negatives, (negative) => {
    if (seenBy(selected, negative)) return "seen";
    return V.some((_, k) => seenBy(k, negative)) ? "hidden" : "below";
  });
  const of = (kind: "seen" | "hidden" | "below") => kinds.get(kind) ?? [];
  return {
    target,
    selected,
    positive,
    seen: of("seen"),
    hidden: of("hidden"),
    below: of("below"),
  };
}

function tracesOf(state: State, V: readonly Point[]): Trace[] {
  const { target, selected, positive, seen, hidden, below } = state;
  const colour = interestColours[selected % interestColours.length]!;
  const score = withMinus(positive.toFixed(2));
  const marks = (name: string, items: readonly Negative[], marker: Record<string, unknown>) =>
    itemMarks(name, items, items.map(({ vector }) => vector), { size: 12, ...marker });
  return [
    hiddenArea(state, V),
    {
      type: "scatter",
      mode: "lines",
      name: "trained interest: as good as the target",
      ...xy(borderOf(V[selected]!, positive)),
      line: { color: colour, width: 2, dash: "dash" },
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "text",
      x: [left],
      y: [top],
      text: [`\u00a0interest ${selected + 1} is selected, x<sub>+</sub> = ${score}`],
      textposition: "bottom right",
      textfont: { size: 14, color: ink.text },
      cliponaxis: false,
      showlegend: false,
      hoverinfo: "skip",
    },
    ...interestMarks(V).map((trace, k) => ({ ...trace, opacity: k === selected ? 1 : 0.45 })),
    itemMarks("target", [{ name: "target" }], [target], { ...looks.targets, size: 17 }, {
      mode: "markers", // its name is in the legend, and would lie on others on the way
    }),
    marks("negative: seen above the target", seen, { symbol: "x", color: ink.text }),
    marks("negative: hidden", hidden, {
      symbol: "x-open",
      color: accent.target,
      line: { width: 3 },
    }),
    marks("negative: below the target", below, { symbol: "x", color: ink.axis }),
  ];
}

/** The area in which another interest alone ranks items above the target. */
function hiddenArea({ selected, positive }: State, V: readonly Point[]): Trace {
  const below = clipped(wholePlane, V[selected]!, positive, false);
  const areas = V.flatMap((v, k) => k === selected ? [] : [clipped(below, v, positive, true)])
    .filter((area) => area.length > 2);
  const joined = areas.flatMap((area) => [...area, area[0]!, [null, null]]);
  return {
    type: "scatter",
    mode: "none",
    name: "hidden from training",
    x: joined.map(([x]) => x),
    y: joined.map(([, y]) => y),
    fill: "toself",
    fillcolor: translucent(accent.target, 0.13),
    hoverinfo: "skip",
  };
}

const [left, right] = range.x;
const [bottom, top] = range.y;
const wholePlane: readonly Point[] = [[left, bottom], [right, bottom], [right, top], [left, top]];

/** The part of a convex area where v · e is above a score, or at most as high. */
function clipped(area: readonly Point[], v: Point, score: number, above: boolean): Point[] {
  const side = (e: Point) => (above ? 1 : -1) * (dotProduct(v, e) - score);
  return area.flatMap((from, i) => {
    const to = area[(i + 1) % area.length]!;
    const [a, b] = [side(from), side(to)];
    const crossing = from.map((x, c) => x + (to[c]! - x) * a / (a - b));
    return [...a > 0 ? [from] : [], ...a * b < 0 ? [crossing] : []];
  });
}

/** The two ends, on the edges of the plane, of the line on which v · e is this score. */
function borderOf(v: Point, score: number): Point[] {
  const area = clipped(wholePlane, v, score, true);
  return area.filter((e) => Math.abs(dotProduct(v, e) - score) < 1e-9);
}

function xy(
  points: readonly Point[],
): { readonly x: readonly unknown[]; readonly y: readonly unknown[] } {
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

function namesOf(items: readonly Negative[]): string[] {
  return items.map(({ name }) => name);
}

function inWords(angle: number, { selected, seen, hidden }: State): string {
  const named = (items: readonly Negative[]) => listed(namesOf(items)) || "none";
  return `${angle}°: interest ${selected + 1}, seen ${named(seen)}, hidden ${named(hidden)}.`;
}
