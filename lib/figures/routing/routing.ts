/** How one user's interests look at the history: the routing matrix A. */
import { mean } from "../../base/statistics.ts";
import { itemsExpressed } from "../../analyze/routing_collapse.ts";
import type { RoutingData } from "../../analyze/user_story.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { ink } from "../../show/theme.ts";
import { axis, bare } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { heatMap } from "../grammar/heat_map.ts";
import { literal } from "../../show/literal.ts";

/**
 * Heat map of A: a row an interest, a column a position of the history, oldest first. Beside each
 * row its effective number of items, exp(−Σ a ln a) of what each has of the row: 1 when one item
 * takes everything, the history's length when all take the same.
 *
 * @throws {BadInput} for a model without routing, or if it does not divide into rows of at least
 *                    the history's length
 */
export function routingHeatMap(
  { routing, K, labels, about, runs }: RoutingData,
): Figure {
  if (routing.length === 0) {
    throw new BadInput("a model without routing", "figure.routing", about, "Leave it out.");
  }
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
  const effective = rows.map(itemsExpressed);
  return draw({
    finding: `An interest attends to ${mean(effective).toFixed(1)} of ${n} items`,
    about: [about],
    more: "Effective items by interest: " +
      `${effective.map((items) => items.toFixed(1)).join(", ")}.`,
    runs,
    height: 300 + 44 * K,
    data: [heatMap({
      z: rows.map((row) => row.map((a) => 100 * a)),
      most: 100,
      meaning: "weight (%)",
      digits: n <= 20 ? "%{z:.0f}" : undefined, // two digits fit into a cell of a narrow window
      hover: "%{customdata}<br>weight %{z:.1f} %", // %{x} would be the axis's word
      own: {
        x: labels.map((_, l) => l + 1),
        y: effective.map((items, k) => `interest ${k + 1}<br>${items.toFixed(1)} items`),
        customdata: rows.map(() =>
          labels.map((label, l) => `${literal(label)}<br>position ${l + 1} of ${n}`)
        ),
      },
    })],
    layout: {
      xaxis: axis("item of the history, oldest first", {
        ...bare,
        tickmode: "array",
        tickvals: labels.map((_, l) => l + 1),
        ticktext: labels.map((label) => literal(label, 24)),
        tickangle: -40,
        tickfont: { size: 12, color: ink.text },
      }),
      yaxis: { ...bare, autorange: "reversed" },
    },
  });
}
