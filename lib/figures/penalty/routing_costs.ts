/** Routings side by side with what RR charges for them: peaks cost, sameness does not. */
import { cosine, meanOverPairs } from "../../analyze/homogenised_interests.ts";
import { headPenalty } from "../../analyze/routing_penalty.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { literal } from "../../show/literal.ts";
import { bare } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { colourBar, heatMap } from "../grammar/heat_map.ts";
import { note } from "../grammar/marks.ts";
import { on, panels, within } from "../grammar/panels.ts";

/** Heat maps beside each other: more, and their names run into one another in a narrow window. */
const COLUMNS = 3;

/** Pixels of a row with what stands above and below its heat maps. */
const ROW = 210;

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
  const inWords = routings.map(({ name }, i) =>
    `${name}: ${costs[i]!.toFixed(2)}, ${alike[i]!.toFixed(2)}`
  );
  const last = routings.length - 1;
  const rowCount = Math.ceil(routings.length / COLUMNS);
  const top = 1 - 0.2 / rowCount; // the names of the first row stand above
  return draw({
    finding: `“${routings[cheapest]!.name}” costs least; two of its rows have cosine ` +
      alike[cheapest]!.toFixed(2),
    about: ["rows: interests, columns: items", "penalty: sum of the rows, cosine: mean of pairs"],
    numbers: routings.flatMap(({ name, rows }) =>
      rows.map((row, k) => ({
        routing: name,
        interest: k + 1,
        weights: row.map((a) => a.toFixed(2)).join(" "),
      }))
    ),
    more: `${inWords.join("; ")}.`,
    height: 120 + ROW * rowCount,
    data: routings.map(({ rows }, i) =>
      heatMap({
        z: rows,
        most: 1,
        meaning: i === last ? "weight" : undefined,
        hover: "interest %{y}, item %{x}<br>weight %{z:.3f}",
        own: {
          x0: 1,
          y0: 1,
          xgap: 1,
          ygap: 1,
          ...i === last && { colorbar: { ...colourBar("weight"), len: top, y: top / 2 } },
          ...on(i),
        },
      })
    ),
    layout: {
      margin: { l: 20, b: 50 },
      ...panels(
        routings.map(() => ({
          x: { ...bare, showticklabels: false },
          y: { ...bare, showticklabels: false, autorange: "reversed" },
        })),
        { columns: Math.min(COLUMNS, routings.length), xgap: 0.12, ygap: 0.4, height: top },
      ),
      annotations: routings.flatMap(({ name }, i) => [
        note(`${literal(name)}<br><b>penalty ${costs[i]!.toFixed(2)}</b>`, {
          ...within(i),
          x: 0.5,
          y: 1,
          yanchor: "bottom",
        }),
        note(`cosine ${alike[i]!.toFixed(2)}`, { ...within(i), x: 0.5, y: -0.03, yanchor: "top" }),
      ]),
    },
  });
}
