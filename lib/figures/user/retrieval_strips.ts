/** Serving one user: what each interest retrieves, and the union ranked. */
import type { RetrievalData, RetrievedItem } from "../../analyze/user_story.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { accent } from "../../show/theme.ts";
import { axis, bare } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { rule, said } from "../grammar/marks.ts";
import { styleOf } from "../grammar/styles.ts";
import { literal } from "../../show/literal.ts";

/**
 * A strip an interest with its top N, and below them the top N of the union, ranked by
 * score = max_k v_k · e_i and coloured by the interest that scored highest. Targets are ringed.
 */
export function retrievalStrips({ byInterest, targets, about, runs }: RetrievalData): Figure {
  const N = Math.max(...byInterest.map((list) => list.length));
  const union = rankedUnion(byInterest).slice(0, N);
  const wanted = new Set(targets);
  const contributing = new Set(union.map((entry) => entry.interest)).size;
  const hits = union.filter((entry) => wanted.has(entry.item)).length;
  const K = byInterest.length;
  const strips = byInterest.map((list, k) =>
    list.map((entry, rank): Placed => ({ ...entry, interest: k, rank, row: k }))
  );
  const placed = [...strips.flat(), ...union.map((entry, rank) => ({ ...entry, rank, row: K }))];
  return draw({
    finding: `The union's top ${N} hold ${hits} of ${wanted.size} next items; ` +
      `${contributing} of ${K} interests fill them`,
    about: [about],
    runs,
    height: 230 + 44 * (K + 1),
    data: [
      ...byInterest.map((_, k) => strip(placed.filter((p) => p.interest === k), k)),
      ring(placed.filter((p) => wanted.has(p.item))),
    ],
    layout: {
      hovermode: "closest",
      legend: { itemsizing: "trace" },
      margin: { l: 90 },
      xaxis: axis("rank", {
        range: [0.4, N + 0.6],
        dtick: N > 25 ? 10 : N > 10 ? 5 : 1,
        tick0: 0,
        showgrid: false,
        showline: false,
      }),
      yaxis: {
        ...bare,
        tickmode: "array",
        tickvals: Array.from({ length: K + 1 }, (_, row) => row),
        ticktext: [...byInterest.map((_, k) => `interest ${k + 1}`), "<b>union</b>"],
        range: [K + 0.6, -0.6],
      },
      shapes: [rule({ y: K - 0.5 }, { dash: "solid" })],
    },
  });
}

interface Scored extends RetrievedItem {
  readonly interest: number;
}

interface Placed extends Scored {
  readonly rank: number;
  readonly row: number;
}

/** Every retrieved item once, at its best score; ties by item id. */
function rankedUnion(byInterest: RetrievalData["byInterest"]): Scored[] {
  const best = new Map<number, Scored>();
  byInterest.forEach((list, interest) => {
    for (const entry of list) {
      const known = best.get(entry.item);
      if (!known || entry.score > known.score) best.set(entry.item, { ...entry, interest });
    }
  });
  return [...best.values()].sort((a, b) => b.score - a.score || a.item - b.item);
}

function strip(places: readonly Placed[], k: number): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name: `interest ${k + 1}`,
    x: places.map((p) => p.rank + 1),
    y: places.map((p) => p.row),
    text: places.map((p) => literal(p.label)),
    customdata: places.map((p) => p.score),
    ...said(`%{text}<br>rank %{x}, score %{customdata:.3f}<br>interest ${k + 1}`),
    marker: {
      symbol: styleOf(k).symbol,
      size: 15,
      color: styleOf(k).colour,
    },
  };
}

function ring(places: readonly Placed[]): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name: "target",
    x: places.map((p) => p.rank + 1),
    y: places.map((p) => p.row),
    hoverinfo: "skip",
    marker: {
      symbol: "circle-open",
      size: 25,
      color: accent.target,
      line: { width: 2.5, color: accent.target },
    },
  };
}
