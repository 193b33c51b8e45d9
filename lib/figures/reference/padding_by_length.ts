/** What the padding in YouTube DNN's sum does to a user's vector, against the history's length. */
import type { PaddingInSum } from "../../analyze/padding_in_sum.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure } from "../../show/figure.ts";
import { accent, interestColours } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";

/**
 * Two panels over the number of real positions: the cosine of the vector with and without padding
 * in its sum, and how many users have such histories.
 *
 * @throws {BadInput} without any user
 */
export function paddingByLength(
  { run, lengths }: { readonly run: Run; readonly lengths: readonly PaddingInSum[] },
): Figure {
  if (lengths.length === 0) {
    throw new BadInput("no users", "figure's lengths", "[]", "Take data with test users.");
  }
  const [shortest, longest] = [lengths[0]!, lengths.at(-1)!];
  const n = lengths.map(({ n }) => n);
  const cosineOf = ({ cosine }: PaddingInSum) => cosine.toFixed(2);
  const turns = Number(cosineOf(shortest)) < Number(cosineOf(longest));
  return draw({
    finding: `${turns ? "Padding turns vectors of short histories" : "Vectors with padding"}: ` +
      `cosine ${cosineOf(shortest)} at n = ${shortest.n}`,
    about: [
      `${run.data.name}, test users, YouTube DNN at step ${run.bestStep}`,
      longest === shortest
        ? "all histories are as long"
        : `cosine ${cosineOf(longest)} at n = ${longest.n}`,
    ],
    more: `What the padding adds is ${shortest.added.toFixed(2)} times as long as the rest at ` +
      `n = ${shortest.n}` +
      (longest === shortest ? "." : `, ${longest.added.toFixed(2)} times at n = ${longest.n}.`),
    runs: recordedKeys([run]),
    data: [
      line(n, lengths.map(({ cosine }) => cosine), { colour: interestColours[0]! }, {
        marks: 8,
        hover: "n = %{x}<br>cosine %{y:.3f}",
        own: on(0),
      }),
      {
        type: "bar",
        x: n,
        y: lengths.map(({ users }) => users),
        marker: { color: accent.paleAmount },
        showlegend: false,
        hovertemplate: "n = %{x}<br>%{y} users<extra></extra>",
        ...on(1),
      },
    ],
    layout: panels([
      {
        x: axis("real positions n"),
        y: axis("cosine with and without padding", { rangemode: "tozero" }),
      },
      { x: axis("real positions n"), y: axis("test users") },
    ], { xgap: 0.2 }),
  });
}
