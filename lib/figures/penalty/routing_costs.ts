/** Routings side by side with what RR charges for them: peaks cost, sameness does not. */
import { cosine, meanOverPairs } from "../../analyze/homogenised_interests.ts";
import { headPenalty } from "../../analyze/routing_penalty.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { houseLayout, ink, sequentialScale } from "../../show/theme.ts";
import { colourBar, panelEnding } from "../grammar/axes.ts";

/** A routing with a name. */
export interface NamedRouting {
  readonly name: string;
  /** [K][n], rows with sum 1 */
  readonly rows: readonly (readonly number[])[];
}

/**
 * A heat map a routing, all positions real (n = L); above it the penalty, summed over the heads,
 * and below it the mean cosine of two rows: 1 if the heads are alike, 0 if they share no position.
 *
 * @throws {BadInput} if there is none, or one has fewer than two heads or unequal rows
 */
export function routingCosts(routings: readonly NamedRouting[]): Figure {
  const shape = ({ rows }: NamedRouting) => `${rows.length} x ${rows[0]?.length}`;
  const odd = routings.find(({ rows }) =>
    rows.length < 2 || rows.some((row) => row.length !== rows[0]!.length)
  );
  if (routings.length === 0 || odd) {
    throw new BadInput(
      "not routings of several heads with equal rows",
      `figure's routings${odd ? `, ${odd.name}` : ""}`,
      odd ? shape(odd) : "none",
      "Give [K][n] weights, K >= 2.",
    );
  }
  const costs = routings.map(({ rows }) =>
    rows.reduce((sum, row) => sum + headPenalty(row, row.length), 0)
  );
  const alike = routings.map(({ rows }) => meanOverPairs([...rows], cosine));
  const cheapest = costs.indexOf(Math.min(...costs));
  const finding = `Cheapest is “${routings[cheapest]!.name}” with ` +
    `${costs[cheapest]!.toFixed(2)}, although its heads have a cosine of ` +
    `${alike[cheapest]!.toFixed(2)}`;
  const about =
    `rows: heads, columns: items, all real\u00a0· above: penalty, sum over heads\u00a0· ` +
    `below: mean cosine of two rows`;
  return {
    alt: `${finding}. ${about}. ` +
      routings.map(({ name }, i) => `${name}: ${costs[i]!.toFixed(2)}, ${alike[i]!.toFixed(2)}`)
        .join("; ") +
      ".",
    data: routings.map(({ rows }, i): Trace => ({
      type: "heatmap",
      z: rows,
      zmin: 0,
      zmax: 1,
      colorscale: sequentialScale,
      xgap: 1,
      ygap: 1,
      showscale: i === routings.length - 1,
      colorbar: { ...colourBar("weight"), len: 0.78, y: 0.39 },
      hovertemplate: "head %{y}, item %{x}<br>weight %{z:.3f}<extra></extra>",
      x0: 1,
      y0: 1,
      ...axesOf(i),
    })),
    layout: houseLayout({ finding, about, height: 330 }, {
      grid: {
        rows: 1,
        columns: routings.length,
        pattern: "independent",
        xgap: 0.12,
        domain: { y: [0, 0.78] }, // the names stand above
      },
      margin: { l: 20, b: 50 },
      annotations: routings.flatMap(({ name }, i) => [
        note(i, 1, "bottom", `${name}<br><b>penalty ${costs[i]!.toFixed(2)}</b>`),
        note(i, -0.03, "top", `cosine ${alike[i]!.toFixed(2)}`),
      ]),
      ...Object.fromEntries(routings.flatMap((_, i) => {
        const bare = { showticklabels: false, ticks: "", showgrid: false, showline: false };
        return [
          [`xaxis${panelEnding(i)}`, bare],
          [`yaxis${panelEnding(i)}`, { ...bare, autorange: "reversed" }],
        ];
      })),
    }),
  };
}

function axesOf(i: number): object {
  return i === 0 ? {} : { xaxis: `x${i + 1}`, yaxis: `y${i + 1}` };
}

function note(i: number, y: number, yanchor: string, text: string): object {
  return {
    text,
    xref: `x${panelEnding(i)} domain`,
    yref: `y${panelEnding(i)} domain`,
    x: 0.5,
    y,
    yanchor,
    showarrow: false,
    font: { size: 13, color: ink.text },
  };
}
