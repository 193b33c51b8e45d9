/** Which negatives the selection hides: one user, every negative a point; and who likes them. */
import type { HiddenNegativesData, SeenNegative } from "../../analyze/hidden_negatives.ts";
import type { LikedNegatives } from "../../analyze/liked_negatives.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { type Table, table } from "../../show/table.ts";
import { extent } from "../../base/statistics.ts";
import { ink } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw, type Keys } from "../grammar/drawing.ts";
import { note, said } from "../grammar/marks.ts";
import { styleOf } from "../grammar/styles.ts";
import { literal } from "../../show/literal.ts";

/**
 * The margin for the user against that for the selected interest. On the diagonal the selected
 * interest is the one that scores the negative highest; below it another does. The shaded corner is
 * what the selection hides: above the target for the user, below it for the selected interest.
 */
export function hiddenNegatives(
  { negatives, selected, K, about, runs }: HiddenNegativesData,
): Figure {
  const outranking = negatives.filter(({ ofUser }) => ofUser > 0);
  const seen = outranking.filter(({ ofSelected }) => ofSelected > 0);
  const [least, most] = extent(
    negatives.flatMap(({ ofUser, ofSelected }) => [ofUser, ofSelected, 0]),
  );
  const [low, high] = [least - 0.3, most + 0.3];
  const hidden = { x: high, y: low, xanchor: "right", yanchor: "bottom" };
  return draw({
    finding:
      `Training sees ${seen.length} of ${outranking.length} negatives that outrank the target`,
    about: [about, `${negatives.length} uniform negatives`],
    runs,
    height: 540,
    data: Array.from({ length: K }, (_, k) => pointsOf(negatives, k, k === selected)),
    layout: {
      hovermode: "closest",
      legend: { title: { text: "scored highest by" }, itemsizing: "constant" },
      xaxis: axis("margin for the user, max<sub>k</sub> x<sub>kj</sub> − x<sub>+</sub>"),
      yaxis: axis("margin for the selected interest", { range: [low, high] }),
      shapes: [
        corner(high, low),
        dotted(0, low, 0, high),
        dotted(extent(negatives.map(({ ofUser }) => ofUser))[0], 0, high, 0),
      ],
      annotations: [note("hidden by the selection", hidden)],
    },
  });
}

function pointsOf(negatives: readonly SeenNegative[], k: number, isSelected: boolean): Trace {
  const own = negatives.filter(({ interest }) => interest === k);
  const name = `interest ${k + 1}${isSelected ? " (selected)" : ""}`;
  const { colour, symbol } = styleOf(k);
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: own.map(({ ofUser }) => ofUser),
    y: own.map(({ ofSelected }) => ofSelected),
    text: own.map(({ label }) => literal(label)),
    marker: {
      symbol,
      size: 6,
      opacity: 0.65,
      color: colour,
    },
    ...said(`%{text}<br>user %{x:.2f}, selected %{y:.2f}<br>highest: ${name}`),
  };
}

function corner(right: number, bottom: number): Keys {
  return {
    type: "rect",
    layer: "below",
    x0: 0,
    x1: right,
    y0: bottom,
    y1: 0,
    fillcolor: ink.grid,
    opacity: 0.6,
    line: { width: 0 },
  };
}

function dotted(x0: number, y0: number, x1: number, y1: number): Keys {
  return { type: "line", x0, y0, x1, y1, line: { color: ink.muted, width: 1, dash: "dot" } };
}

/**
 * By how far negatives lie above the target for the user: how many there are, how many of them are
 * hidden, and how many belong to one of the user's planted interests.
 *
 * @param runs as in a Table
 */
export function likedTable(ranges: readonly LikedNegatives[], runs?: readonly string[]): Table {
  const percent = (share: number | null) => share === null ? null : 100 * share;
  return table(
    ranges.map(({ from, share, hidden, likedOfHidden, likedOfSeen }, i) => {
      const to = ranges[i + 1]?.from;
      return {
        "for the user": from === -Infinity
          ? "below the target"
          : to === undefined
          ? `above it by more than ${from}`
          : `above it by ${from} to ${to}`,
        "negatives (%)": percent(share),
        "hidden (%)": from === -Infinity ? null : percent(hidden),
        "liked, of the seen (%)": from === -Infinity ? null : percent(likedOfSeen),
        "liked, of the others (%)": percent(likedOfHidden),
      };
    }),
    {
      caption: "Liked: of one of the user's planted interests",
      digits: 1,
      ...(runs && { runs }),
    },
  );
}
