/** How wrong Algorithm 1's estimate is, against the number of draws: bias and spread. */
import { mean } from "../../base/statistics.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { EstimateStudy } from "../../analyze/negatives_estimate.ts";
import type { EstimateErrorData } from "../../analyze/hardness.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { grouped, houseLayout, ink } from "../../show/theme.ts";
import { betaStyles } from "../grammar/beta_styles.ts";

/**
 * Bias, left, and standard deviation, right, of the estimate in parts of its ideal value, means
 * over users, on logarithmic axes. A bias that the repetitions do not tell from 0 (two standard
 * errors) is left out. Thin lines: the first order in 1/n.
 *
 * @throws {BadInput} without studies, or if S is none of their numbers of draws
 */
export function estimateError({ studies, about, S, runs }: EstimateErrorData): Figure {
  const draws = studies[0]?.[0]?.points.map((point) => point.draws) ?? [];
  const at = draws.indexOf(S);
  if (at < 0) throw new BadInput("not studied", "S", S, `There are: ${draws.join(", ")}.`);
  const betas = studies[0]!.map(({ beta }) => beta);
  const styles = betaStyles(betas);
  const errors = betas.map((_, b) => errorsOf(studies.map((ofUser) => ofUser[b]!)));
  const inWords = errors.map(({ bias, seen, sd }, b) =>
    `${seen[at] ? `${inPercent(-bias[at]!)} too low` : "without a bias that is seen"} ` +
    `(sd ${inPercent(sd[at]!)}) with ${styles[b]!.name}`
  );
  const finding = `${grouped(S)} draws estimate ` +
    [...new Set([inWords.at(-2), inWords.at(-1)])].filter(Boolean).join(", ");
  const said = `${about} · means over users, in parts of the ideal value · thin: first order`;
  return {
    alt: `${finding}. ${said}. From ${grouped(S)} draws: ${inWords.join("; ")}.`,
    ...(runs ? { runs } : {}),
    data: errors.flatMap(({ bias, seen, sd, firstBias, firstSd }, b): Trace[] => {
      const { name, colour, dash, symbol } = styles[b]!;
      const line = (y: readonly (number | null)[], wanted: string, over: object = {}): Trace => ({
        type: "scatter",
        mode: "lines+markers",
        name,
        legendgroup: name,
        x: draws,
        y,
        line: { color: colour, dash, width: 2.5 },
        marker: { symbol, size: 8, color: colour },
        hovertemplate: `${name}<br>%{x:,} draws<br>${wanted} %{y:.2%}<extra></extra>`,
        ...over,
      });
      const thin = { mode: "lines", showlegend: false, line: { color: colour, width: 1 } };
      const left = { showlegend: false };
      const right = { xaxis: "x2", yaxis: "y2" };
      return [
        line(bias.map((value, i) => seen[i] ? -value : null), "too low by", left),
        line(firstBias.map((value) => value < -1e-9 ? -value : null), "first order", thin),
        line(sd, "standard deviation", right),
        line(firstSd, "first order", { ...thin, ...right }),
      ];
    }),
    layout: houseLayout({ finding, about: said, height: 480 }, {
      hovermode: "closest",
      grid: { rows: 1, columns: 2, pattern: "independent", xgap: 0.24 },
      margin: { b: 100 },
      legend: { orientation: "h", x: 0, y: -0.2, yanchor: "top" },
      ...Object.fromEntries(["", "2"].map((end) => [`xaxis${end}`, {
        title: { text: "draws (log scale)" },
        type: "log",
        tickmode: "array",
        tickvals: draws,
        tickformat: ",",
        tickangle: 0,
        tickfont: { size: 12, color: ink.text },
      }])),
      yaxis: { title: { text: "too low by (log scale)", standoff: 4 }, ...decades([-4, 0.1]) },
      yaxis2: { title: { text: "spread, sd (log scale)", standoff: 4 }, ...decades([-2.5, 0.5]) },
    }),
  };
}

/** Means over users of one β. Users see the same draws, so their errors do not average out. */
function errorsOf(users: readonly EstimateStudy[]) {
  const means = (of: (point: EstimateStudy["points"][number]) => number) =>
    users[0]!.points.map((_, i) => mean(users.map(({ points }) => of(points[i]!))));
  const bias = means((point) => point.bias);
  const error = means((point) => point.biasError);
  return {
    bias,
    seen: bias.map((value, i) => value < -2 * error[i]! - 1e-9),
    sd: means((point) => point.sd),
    firstBias: means((point) => point.firstOrder.bias),
    firstSd: means((point) => point.firstOrder.sd),
  };
}

/** A logarithmic axis of shares with a tick a decade. */
function decades(range: readonly [number, number]) {
  const tickvals = [0.0001, 0.001, 0.01, 0.1, 1];
  return { type: "log", range, tickmode: "array", tickvals, ticktext: tickvals.map(inPercent) };
}

/** Two significant digits. */
function inPercent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
