/** Who is pushed, and which way: the share of the gradient against the score, for several β. */
import { BadInput } from "../../base/bad_input.ts";
import { negativeGradient } from "../../analyze/easy_negatives.ts";
import type { GradientByScoreData } from "../../analyze/hardness.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { accent, grouped, houseLayout, ink, listed, percent } from "../../show/theme.ts";
import { betaStyles } from "../grammar/beta_styles.ts";

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
    share > 0 ? [`${percent(share)} % with ${styles[b]!.name}`] : []
  );
  const finding = reversed.length === 0
    ? `None of ${grouped(n)} negatives is pushed up`
    : `Of ${grouped(n)} negatives, the weights push up ${listed(reversed)}`;
  const said = `${about} · dotted line: the positive's score`;
  const shown = betas.map((_, b) => curveOf(rising, weights[b]!));
  const [least, greatest] = [
    Math.min(...weights.map((of) => n * Math.min(...of))),
    Math.max(...weights.map((of) => n * Math.max(...of))),
  ];
  return {
    alt: `${finding}. ${about}. The hardest gets ` + listed(
      weights.map((of, b) => `${grouped(n * of.at(-1)!)} equal shares with ${styles[b]!.name}`),
    ) + ".",
    ...(runs ? { runs } : {}),
    data: [
      ...shown.map(({ x, times }, b): Trace => ({
        type: "scatter",
        mode: "lines",
        name: styles[b]!.name,
        x,
        y: times.map(symmetricLog),
        customdata: times,
        line: { color: styles[b]!.colour, dash: styles[b]!.dash, width: 2.5 },
        hovertemplate: `${styles[b]!.name}<br>x = %{x:.2f}<br>` +
          "%{customdata:.3g} times an equal share<extra></extra>",
      })),
      {
        type: "histogram",
        x: [...rising],
        nbinsx: 60,
        yaxis: "y2",
        marker: { color: accent.paleAmount, line: { color: accent.amount, width: 0.5 } },
        showlegend: false,
        hovertemplate: "%{x}: %{y} negatives<extra></extra>",
      },
    ],
    layout: houseLayout({ finding, about: said, height: 520 }, {
      hovermode: "closest",
      legend: { x: 0.01, y: 1, yanchor: "top" },
      xaxis: { title: { text: "score x of the negative" }, anchor: "y2" },
      yaxis: {
        title: { text: "dL/dx, in equal shares" },
        domain: [0.3, 1],
        tickmode: "array",
        tickvals: ticks.map(symmetricLog),
        ticktext: ticks.map((value) => grouped10(value)),
        range: [symmetricLog(Math.min(-1, 2 * least)), symmetricLog(2 * greatest)],
        zeroline: true,
        zerolinecolor: ink.axis,
      },
      yaxis2: { title: { text: "negatives" }, domain: [0, 0.22], rangemode: "tozero", nticks: 3 },
      shapes: [{
        type: "line",
        x0: positive,
        x1: positive,
        yref: "paper",
        y0: 0,
        y1: 1,
        line: { color: ink.muted, width: 1.5, dash: "dot" },
      }],
    }),
  };
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

function grouped10(value: number): string {
  return value.toLocaleString("en-US").replace("-", "−");
}
