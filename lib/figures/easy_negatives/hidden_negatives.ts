/** Which negatives the selection hides: one user, every negative a point. */
import type { HiddenNegativesData, SeenNegative } from "../../analyze/hidden_negatives.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { houseLayout, ink, interestColours, interestSymbols } from "../../show/theme.ts";

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
  const finding = `Of ${outranking.length} negatives that outrank the target for this user, ` +
    `the selected interest sees ${seen.length}`;
  const words = `${about} · ${negatives.length} uniform negatives`;
  const margins = negatives.flatMap(({ ofUser, ofSelected }) => [ofUser, ofSelected]);
  const [low, high] = [Math.min(...margins, 0) - 0.3, Math.max(...margins, 0) + 0.3];
  return {
    alt: `${finding}. ${words}.`,
    ...(runs ? { runs } : {}),
    data: Array.from({ length: K }, (_, k) => pointsOf(negatives, k, k === selected)),
    layout: houseLayout({ finding, about: words, height: 520 }, {
      hovermode: "closest",
      legend: { title: { text: "scored highest by" }, itemsizing: "constant" },
      xaxis: {
        title: { text: "margin for the user, max<sub>k</sub> x<sub>kj</sub> − x<sub>+</sub>" },
      },
      yaxis: { title: { text: "margin for the selected interest" }, range: [low, high] },
      shapes: [
        corner(high, low),
        line(0, low, 0, high, "dot"),
        line(Math.min(...negatives.map(({ ofUser }) => ofUser)), 0, high, 0, "dot"),
      ],
      annotations: [{
        x: high,
        y: low,
        xanchor: "right",
        yanchor: "bottom",
        text: "hidden by the selection",
        showarrow: false,
        font: { size: 13, color: ink.text },
      }],
    }),
  };
}

function pointsOf(negatives: readonly SeenNegative[], k: number, isSelected: boolean): Trace {
  const own = negatives.filter(({ interest }) => interest === k);
  const name = `interest ${k + 1}${isSelected ? " (selected)" : ""}`;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: own.map(({ ofUser }) => ofUser),
    y: own.map(({ ofSelected }) => ofSelected),
    text: own.map(({ label }) => label),
    marker: {
      symbol: interestSymbols[k % interestSymbols.length],
      size: 6,
      opacity: 0.65,
      color: interestColours[k % interestColours.length],
    },
    hovertemplate: `%{text}<br>user %{x:.2f}, selected %{y:.2f}<br>highest: ${name}` +
      "<extra></extra>",
  };
}

function corner(right: number, bottom: number) {
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

function line(x0: number, y0: number, x1: number, y1: number, dash: string) {
  return { type: "line", x0, y0, x1, y1, line: { color: ink.muted, width: 1, dash } };
}
