/** The toy user in its plane: history, interests of a routing, targets, negatives. */
import { toy, weightedSums } from "../../analyze/toy/toy_user.ts";
import type { Figure } from "../../show/figure.ts";
import { draw } from "../grammar/drawing.ts";
import { requireRouting } from "./routing_shape.ts";
import { interestMarks, itemMarks, looks, planeAxes } from "./plane.ts";

/**
 * The toy's items as points and the interests V = A H of a routing.
 *
 * @param routing.A [K, L] rows that sum to 1
 * @throws {BadInput} if A is not a routing of the toy's history
 */
export function toyPlane({ A }: { readonly A: readonly (readonly number[])[] }): Figure {
  requireRouting("figure.toyPlane", A);
  const { history, targets, negatives } = toy;
  const H = history.map(({ vector }) => vector);
  const V = weightedSums(A, H);
  const items = (name: keyof typeof looks, of: typeof history) =>
    itemMarks(name, of, of.map(({ vector }) => vector), looks[name]);
  const inWords = V.map(([x, y], k) => `interest ${k + 1} at (${x!.toFixed(2)}, ${y!.toFixed(2)})`);
  return draw({
    finding: "An interest is a weighted mean of the history's items",
    about: ["the toy user", `L = ${H.length}, K = ${V.length}, d = 2`],
    more: `${inWords.join(", ")}.`,
    height: 520,
    data: [
      items("history", history),
      ...interestMarks(V),
      items("targets", targets),
      items("negatives", negatives),
    ],
    layout: { hovermode: "closest", xaxis: planeAxes.x, yaxis: planeAxes.y },
  });
}
