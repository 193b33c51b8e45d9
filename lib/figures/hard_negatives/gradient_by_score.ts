/** Who is pushed, and which way: the share of the gradient against the score, for several β. */
import { BadInput } from "../../base/bad_input.ts";
import { extent } from "../../base/statistics.ts";
import { negativeGradient } from "../../analyze/easy_negatives.ts";
import type { GradientByScoreData } from "../../analyze/hardness.ts";
import type { Figure } from "../../show/figure.ts";
import { accent, grouped, ink, listed, percent } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, rule, said } from "../grammar/marks.ts";
import { betaStyles } from "../grammar/styles.ts";

/** Multiples of an equal share that the axis names. */
const ticks = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000];
/** Where the symmetric logarithm turns linear. */
const LINEAR = 0.15;

/**
 * Above, dL/dx_j as multiples of an equal share against x_j, a curve a β, on a symmetric
 * logarithmic axis: below 0 a negative is pushed up. Below, how many negatives have which score.
 *
 * @param betas ascending
 * @throws {BadInput} for no β
 */
export function gradientByScore(
  { scores, positive, about, runs }: GradientByScoreData,
  betas: readonly number[],
): Figure {
  if (betas.length === 0) {
    throw new BadInput("no values", "betas", "[]", "Give at least one β.");
  }
  const n = scores.length;
  const styles = betaStyles(betas);
  const rising = scores.toSorted();
  const weights = betas.map((beta) => negativeGradient(rising, positive, beta).weights);
  const up = weights.map((of) => of.filter((w) => w < 0).length / n);
  const reversed = up.flatMap((share, b) =>
    share > 0 ? [`${percent(share)} % (${styles[b]!.name})`] : []
  );
  const ends = weights.map(extent); // weights do not rise with the score: β pushes some up
  const least = n * Math.min(...ends.map(([low]) => low));
  const greatest = n * Math.max(...ends.map(([, high]) => high));
  const hardest = weights.map((of, b) =>
    `${grouped(n * of.at(-1)!)} equal shares with ${styles[b]!.name}`
  );
  return draw({
    finding: reversed.length === 0
      ? `None of ${grouped(n)} negatives is pushed up`
      : `Of ${grouped(n)} negatives, ${listed(reversed.slice(-2))} are pushed up`,
    about: [about],
    more: `Dotted line: the target's score. Pushed up: ${
      listed(reversed) || "none"
    }. The hardest gets ${listed(hardest)}.`,
    runs,
    height: 520,
    data: [
      ...styles.map((style, b) => {
        const { x, times } = curveOf(rising, weights[b]!);
        return line(x, times.map(symmetricLog), style, {
          hover: "x = %{x:.2f}<br>%{customdata:.3g} times an equal share",
          own: { customdata: times },
        });
      }),
      {
        type: "histogram",
        x: [...rising],
        nbinsx: 60,
        yaxis: "y2",
        marker: { color: accent.paleAmount, line: { color: accent.amount, width: 0.5 } },
        showlegend: false,
        ...said("%{x}: %{y} negatives"),
      },
    ],
    layout: {
      hovermode: "closest",
      xaxis: axis("score x of the negative", { anchor: "y2" }),
      yaxis: axis("dL/dx, in equal shares", {
        domain: [0.3, 1],
        tickmode: "array",
        tickvals: ticks.map(symmetricLog),
        ticktext: ticks.map((value) => value.toLocaleString("en-US").replace("-", "−")),
        range: [symmetricLog(Math.min(-1, 2 * least)), symmetricLog(2 * greatest)],
        zeroline: true,
        zerolinecolor: ink.axis,
      }),
      yaxis2: axis("negatives", { domain: [0, 0.22], rangemode: "tozero", nticks: 3 }),
      shapes: [rule({ x: positive }, { width: 1.5, colour: ink.muted, own: { yref: "paper" } })],
    },
  });
}

/** At most 300 points of a curve: every n-th of the bulk, and all of the hardest. */
function curveOf(x: Float64Array, weights: Float64Array): { x: number[]; times: number[] } {
  const n = x.length;
  const every = Math.max(1, Math.floor(n / 200));
  const kept = Array.from(x.keys()).filter((j) => j % every === 0 || j >= n - 100);
  return { x: kept.map((j) => x[j]!), times: kept.map((j) => n * weights[j]!) };
}

function symmetricLog(value: number): number {
  return Math.asinh(value / (2 * LINEAR)) / Math.LN10;
}
