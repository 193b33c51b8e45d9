/** A map of one user: history, interests, what each interest retrieves, and the targets. */
import type { InterestMapData, MapItem } from "../../analyze/user_story.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { accent, ink, percent } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";
import { styleOf } from "../grammar/styles.ts";
import { principalProjection } from "./principal_directions.ts";
import { literal } from "../../show/literal.ts";

/**
 * The user's items and interests on the two principal directions of everything shown. Each
 * interest has one colour and symbol, shared by what it retrieves; targets are stars, filled where
 * some interest retrieved them.
 */
export function interestMap(user: InterestMapData): Figure {
  const { history, interests, retrieved, targets, about, runs } = user;
  const vectors = [
    ...history.map((point) => point.vector),
    ...interests,
    ...retrieved.flat().map((point) => point.vector),
    ...targets.map((point) => point.vector),
  ];
  const { points, explained } = principalProjection(vectors);
  let taken = 0;
  const next = (count: number) => points.slice(taken, taken += count);

  const found = new Set(retrieved.flat().map((point) => point.item));
  const wanted = new Map(targets.map((point) => [point.item, point]));
  const hits = [...wanted.keys()].filter((item) => found.has(item)).length;
  const most = Math.max(...retrieved.map((list) => list.length));
  const helpful = retrieved.filter((list) => list.some(({ item }) => wanted.has(item))).length;

  const historyTrace = itemsTrace("history", history, next(history.length), {
    symbol: "circle-open",
    size: 11,
    color: ink.text,
    line: { width: 2 },
  });
  const interestPoints = next(interests.length);
  const retrievedTraces = retrieved.map((list, k) =>
    itemsTrace(`retrieved by interest ${k + 1}`, list, next(list.length), {
      symbol: styleOf(k).symbol,
      size: 7,
      color: styleOf(k).colour,
      opacity: 0.6,
    })
  );
  const targetTrace = itemsTrace("target (filled: retrieved)", targets, next(targets.length), {
    symbol: targets.map(({ item }) => found.has(item) ? "star" : "star-open"),
    size: 15,
    color: accent.target,
    line: { width: 1.5, color: accent.target },
  });
  return draw({
    finding: `The interests' top ${most} hold ${hits} of ${wanted.size} next items, ` +
      `in ${helpful} of ${interests.length} lists`,
    about: [about],
    runs,
    width: 800,
    height: 540,
    data: [...retrievedTraces, historyTrace, ...interestPoints.map(interestTrace), targetTrace],
    layout: {
      hovermode: "closest",
      legend: { itemsizing: "trace" },
      xaxis: axis(axisTitle("first", explained[0])),
      yaxis: axis(axisTitle("second", explained[1]), { scaleanchor: "x" }),
    },
  });
}

function axisTitle(which: string, share: number): string {
  return `${which} direction (${percent(share)} % of variance)`;
}

function itemsTrace(
  name: string,
  items: readonly MapItem[],
  points: readonly (readonly [number, number])[],
  marker: object,
): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    text: items.map((point) => literal(point.label)),
    ...said("%{text}", name),
    marker,
  };
}

function interestTrace([x, y]: readonly [number, number], k: number): Trace {
  return {
    type: "scatter",
    mode: "markers+text",
    name: `interest ${k + 1}`,
    x: [x],
    y: [y],
    text: [`${k + 1}`], // and so it is not in the legend
    showlegend: false,
    textfont: { size: 14, color: ink.text, weight: 700 },
    ...said(`interest ${k + 1}`),
    marker: {
      symbol: "circle",
      size: 25,
      color: "#ffffff",
      line: { width: 4, color: styleOf(k).colour },
    },
  };
}
