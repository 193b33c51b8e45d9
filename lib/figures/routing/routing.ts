/** How one user's interests look at the history: the routing matrix A. */
import { mean } from "../../base/statistics.ts";
import { effectiveItems } from "../../analyze/routing_collapse.ts";
import type { RoutingData } from "../../analyze/user_story.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { houseLayout, ink, sequentialScale } from "../../show/theme.ts";
import { colourBar } from "../grammar/axes.ts";

/**
 * Heat map of A: a row an interest, a column a position of the history, oldest first. Beside each
 * row its effective number of items, exp(−Σ a ln a): 1 when one item takes everything, the
 * history's length when all take the same.
 *
 * @throws {BadInput} if the routing does not divide into rows of at least the history's length
 */
export function routingHeatMap(
  { routing, K, labels, about, runs }: RoutingData,
): Figure {
  const L = routing.length / K;
  const n = labels.length;
  if (!Number.isInteger(L) || n === 0 || n > L) {
    throw new BadInput(
      `not [K, L] with K = ${K} and L at least the history's length ${n}`,
      "routing",
      `${routing.length} numbers`,
      "Pass one user's [K, L] routing and the labels of its real positions.",
    );
  }
  const rows = Array.from({ length: K }, (_, k) => [...routing.subarray(k * L, k * L + n)]);
  const effective = rows.map(effectiveItems);
  const finding = `An interest attends to ${mean(effective).toFixed(1)} of the ${n} items ` +
    `of the history on average`;
  return {
    alt: `${finding}. ${about}. Effective items by interest: ` +
      `${effective.map((items) => items.toFixed(1)).join(", ")}.`,
    ...(runs ? { runs } : {}),
    data: [{
      type: "heatmap",
      z: rows,
      x: labels.map((_, l) => l + 1),
      y: effective.map((items, k) => `interest ${k + 1}<br>${items.toFixed(1)} effective items`),
      zmin: 0,
      zmax: 1,
      colorscale: sequentialScale,
      xgap: 2,
      ygap: 2,
      ...(n <= 20 ? { texttemplate: "%{z:.2f}", textfont: { size: 12 } } : {}),
      customdata: rows.map(() => labels),
      hovertemplate: "%{customdata}<br>position %{x} of " + n +
        "<br>weight %{z:.3f}<extra></extra>",
      colorbar: colourBar("weight"),
    }],
    layout: houseLayout({ finding, about, height: 300 + 44 * K }, {
      xaxis: {
        title: { text: "item of the history, oldest first" },
        tickmode: "array",
        tickvals: labels.map((_, l) => l + 1),
        ticktext: labels.map(shortened),
        tickangle: -40,
        tickfont: { size: 12, color: ink.text },
        ticks: "",
        showgrid: false,
        showline: false,
      },
      yaxis: { autorange: "reversed", ticks: "", showgrid: false, showline: false },
    }),
  };
}

/** A tick's label; the hover shows the whole. */
function shortened(label: string): string {
  return label.length <= 24 ? label : `${label.slice(0, 23)}…`;
}
