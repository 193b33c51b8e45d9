/** How wrong Algorithm 1's estimate is, against the number of draws: bias and spread. */
import { mean } from "../../base/statistics.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { EstimateErrorData } from "../../analyze/hardness.ts";
import type { EstimateStudy } from "../../analyze/negatives_estimate.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { grouped } from "../../show/theme.ts";
import { covering, logAxis, logRange } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";
import { betaStyles } from "../grammar/styles.ts";

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
  const styles = betaStyles(studies[0]!.map(({ beta }) => beta));
  const errors = styles.map((_, b) => errorsOf(studies.map((ofUser) => ofUser[b]!)));
  const inWords = errors.map(({ bias, seen, sd }, b) =>
    `${seen[at] ? `${inPercent(-bias[at]!)} too low` : "without a bias that is seen"} ` +
    `(sd ${inPercent(sd[at]!)}) with ${styles[b]!.name}`
  );
  const lastTwo = new Set([inWords.at(-2), inWords.at(-1)]);
  const xaxis = logAxis("draws (log scale)", draws, { marked: draws, own: { tickformat: "," } });
  const biases = errors.flatMap(({ bias, seen, firstBias }) => [
    ...bias.map((value, i) => seen[i] ? -value : 0),
    ...firstBias.map(tooLow).map((value) => value ?? 0),
  ]);
  const sds = errors.flatMap(({ sd, firstSd }) => [...sd, ...firstSd]);
  return draw({
    finding: `${grouped(S)} draws estimate ${[...lastTwo].filter(Boolean).join(", ")}`,
    about: [about, "means over users, in parts of the ideal value", "thin: first order"],
    more: `From ${grouped(S)} draws: ${inWords.join("; ")}.`,
    runs,
    height: 480,
    data: errors.flatMap(({ bias, seen, sd, firstBias, firstSd }, b): Trace[] => {
      const style = styles[b]!;
      const curve = (y: (number | null)[], what: string, panel: number) =>
        line(draws, y, style, {
          hover: `%{x:,} draws<br>${what} %{y:.2%}`,
          marks: 8,
          own: { legendgroup: style.name, showlegend: panel === 1, ...on(panel) },
        });
      const thin = (y: (number | null)[], panel: number) =>
        line(draws, y, { colour: style.colour }, {
          hover: `${style.name}, first order<br>%{x:,} draws<br>%{y:.2%}`,
          width: 1,
          own: { legendgroup: style.name, ...on(panel) },
        });
      return [
        curve(bias.map((value, i) => seen[i] ? -value : null), "too low by", 0),
        thin(firstBias.map(tooLow), 0),
        curve(sd, "standard deviation", 1),
        thin(firstSd, 1),
      ];
    }),
    layout: {
      hovermode: "closest",
      ...panels([
        { x: xaxis, y: shareAxis("too low by (log scale)", [1e-4, 1], biases) },
        { x: xaxis, y: shareAxis("spread, sd (log scale)", [4e-3, 3], sds) },
      ], { xgap: 0.24 }),
    },
  });
}

/** Means over users of one β. Users see the same draws, so their errors do not average out. */
function errorsOf(users: readonly EstimateStudy[]) {
  const over = (of: (point: EstimateStudy["points"][number]) => number) =>
    users[0]!.points.map((_, i) => mean(users.map(({ points }) => of(points[i]!))));
  const bias = over((point) => point.bias);
  const error = over((point) => point.biasError);
  return {
    bias,
    seen: bias.map((value, i) => value < -2 * error[i]! - 1e-9),
    sd: over((point) => point.sd),
    firstBias: over((point) => point.firstOrder.bias),
    firstSd: over((point) => point.firstOrder.sd),
  };
}

/** A bias of the first order that can be drawn on a logarithmic axis; null for none. */
function tooLow(bias: number): number | null {
  return bias < -1e-9 ? -bias : null;
}

/** A logarithmic axis of shares with a tick a decade, over its usual ends and over all values. */
function shareAxis(title: string, usual: readonly number[], values: readonly number[]) {
  const range = covering(logRange(usual), values.map(Math.log10)); // log 0 is not finite
  const [first, last] = [Math.min(-4, Math.ceil(range[0])), Math.max(0, Math.floor(range[1]))];
  const decades = Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
  return logAxis(title, usual, {
    marked: decades,
    own: { range, ticktext: decades.map(inPercent) },
  });
}

/** Two significant digits. */
function inPercent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
