/** Where Algorithm 1's estimate lies, against the number of draws. */
import { BadInput } from "../../base/bad_input.ts";
import type { EstimateStudy } from "../../analyze/negatives_estimate.ts";
import type { NegativesEstimateData } from "../../analyze/hardness.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { grouped, houseLayout, ink, translucent } from "../../show/theme.ts";
import { panelEnding } from "../grammar/axes.ts";
import { betaStyles } from "../grammar/beta_styles.ts";

/**
 * A panel a β: mean and 5 to 95 % of the estimate over repeated draws, as multiples of its ideal
 * value. Dotted: the expected estimate from a single draw, which does not know β.
 *
 * @throws {BadInput} without a study, or if S is none of its numbers of draws
 */
export function negativesEstimate(
  { study, about, repetitions, S, runs }: NegativesEstimateData,
): Figure {
  const styles = betaStyles(study.map(({ beta }) => beta));
  const within = study.map(({ points }, b) => {
    const at = points.find(({ draws }) => draws === S);
    if (at) return `${signed(at.low - 1)} to ${signed(at.high - 1)} % with ${styles[b]!.name}`;
    throw new BadInput(
      "not studied",
      "S",
      S,
      `There are: ${points.map(({ draws }) => draws).join(", ")}.`,
    );
  });
  if (within.length === 0) throw new BadInput("empty", "study", "[]", "Study at least one β.");
  const finding = `${grouped(S)} draws meet the ideal value to within ${
    [...new Set([within[0], within.at(-1)])].join(", ")
  }`;
  const said =
    `${about} · lines: mean of ${grouped(repetitions)} repetitions, bands: 5 to 95 % · ` +
    `dotted: a single draw on average`;
  const columns = 2;
  const rows = Math.ceil(study.length / columns);
  const top = Math.min(4, Math.max(...study.flatMap(({ points }) => points.map((at) => at.high))));
  return {
    alt: `${finding}. ${said}. Of ${grouped(S)} draws: ${within.join("; ")}.`,
    ...(runs ? { runs } : {}),
    data: study.flatMap((of, b) => panelOf(of, styles[b]!.colour, panelEnding(b))),
    layout: houseLayout({ finding, about: said, height: 110 + 210 * rows }, {
      showlegend: false,
      hovermode: "closest",
      grid: { rows, columns, pattern: "independent", xgap: 0.12, ygap: 0.22 },
      ...Object.fromEntries(study.flatMap((of, b) => [
        [`xaxis${panelEnding(b)}`, {
          title: { text: b >= study.length - columns ? "draws (log scale)" : "" },
          type: "log",
          tickmode: "array",
          tickvals: of.points.map(({ draws }) => draws),
          tickformat: ",",
        }],
        [`yaxis${panelEnding(b)}`, {
          title: { text: b % columns === 0 ? "estimate / ideal" : "" },
          range: [0, 1.08 * Math.max(1.2, top)],
          dtick: 1,
        }],
      ])),
      annotations: study.map((_, b) => ({
        xref: `x${panelEnding(b)} domain`,
        yref: `y${panelEnding(b)} domain`,
        x: 1,
        y: 1,
        xanchor: "right",
        yanchor: "top",
        text: `<b>${styles[b]!.name}</b>`,
        showarrow: false,
        font: { size: 14, color: ink.text },
      })),
    }),
  };
}

function panelOf({ uniform, points }: EstimateStudy, colour: string, end: string): Trace[] {
  const x = points.map(({ draws }) => draws);
  const axes = { xaxis: `x${end}`, yaxis: `y${end}` };
  const level = (y: number, dash: string): Trace => ({
    type: "scatter",
    mode: "lines",
    x: [x[0], x.at(-1)],
    y: [y, y],
    line: { color: ink.text, width: 1.2, dash },
    hovertemplate: `%{y:.3f}<extra></extra>`,
    ...axes,
  });
  return [
    {
      type: "scatter",
      mode: "none",
      x: [...x, ...x.toReversed()],
      y: [...points.map(({ high }) => high), ...points.map(({ low }) => low).toReversed()],
      fill: "toself",
      fillcolor: translucent(colour, 0.3),
      hoverinfo: "skip",
      ...axes,
    },
    level(1, "solid"),
    level(uniform, "dot"),
    {
      type: "scatter",
      mode: "lines+markers",
      x,
      y: points.map(({ mean }) => mean),
      customdata: points.map(({ low, high }) => [low, high]),
      line: { color: colour, width: 2.5 },
      marker: { size: 7, color: colour },
      hovertemplate: "%{x:,} draws<br>mean %{y:.3f}, %{customdata[0]:.2f} to " +
        "%{customdata[1]:.2f}<extra></extra>",
      ...axes,
    },
  ];
}

/** A relative error in whole percent, with its sign. */
function signed(share: number): string {
  const whole = Math.round(100 * share);
  return `${whole > 0 ? "+" : whole < 0 ? "−" : ""}${Math.abs(whole)}`;
}
