/** Where Algorithm 1's estimate lies, against the number of draws. */
import { BadInput } from "../../base/bad_input.ts";
import type { NegativesEstimateData } from "../../analyze/hardness.ts";
import type { EstimateStudy } from "../../analyze/negatives_estimate.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { grouped, ink } from "../../show/theme.ts";
import { axis, logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { band, line, note } from "../grammar/marks.ts";
import { on, panels, within } from "../grammar/panels.ts";
import { betaStyles } from "../grammar/styles.ts";

const COLUMNS = 2;
/** Up to here each whole number of the estimate has a tick. */
const MOST_TICKS = 10;

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
  const within90 = study.map(({ points }, b) => {
    const at = points.find(({ draws }) => draws === S);
    if (at) return `${signed(at.low - 1)} to ${signed(at.high - 1)} % (${styles[b]!.name})`;
    throw new BadInput(
      "not studied",
      "S",
      S,
      `There are: ${points.map(({ draws }) => draws).join(", ")}.`,
    );
  });
  if (study.length === 0) throw new BadInput("empty", "study", "[]", "Study at least one β.");
  const ends = new Set([within90[0], within90.at(-1)]);
  const all = study.flatMap(({ points }) => points);
  const top = Math.max(1.2, ...all.flatMap((at) => [at.high, at.mean]));
  return draw({
    finding: `${grouped(S)} draws are off by ${[...ends].join(", ")}`,
    about: [
      about,
      `mean and 5 to 95 % of ${grouped(repetitions)} repetitions`,
    ],
    more: `Dotted: one draw. Of ${grouped(S)} draws: ${within90.join("; ")}.`,
    runs,
    height: 110 + 210 * Math.ceil(study.length / COLUMNS),
    data: study.flatMap((of, b) => tracesOf(of, styles[b]!.colour, b)),
    layout: {
      showlegend: false,
      hovermode: "closest",
      ...panels(
        study.map(({ points }, b) => {
          const draws = points.map((point) => point.draws);
          return {
            x: logAxis(b >= study.length - COLUMNS ? "draws (log scale)" : "", draws, {
              marked: draws,
              own: { tickformat: "," },
            }),
            y: axis(b % COLUMNS === 0 ? "estimate / ideal" : "", {
              range: [0, 1.08 * top],
              ...top < MOST_TICKS && { dtick: 1 },
            }),
          };
        }),
        { columns: COLUMNS, xgap: 0.12, ygap: 0.22 },
      ),
      annotations: styles.map(({ name }, b) =>
        note(`<b>${name}</b>`, { ...within(b), x: 1, y: 1, xanchor: "right", yanchor: "top" })
      ),
    },
  });
}

function tracesOf({ uniform, points }: EstimateStudy, colour: string, panel: number): Trace[] {
  const x = points.map(({ draws }) => draws);
  const level = (y: number, dash: "solid" | "dot") =>
    line([x[0], x.at(-1)], [y, y], { colour: ink.text, dash }, {
      hover: "%{y:.3f}",
      width: 1.2,
      own: on(panel),
    });
  return [
    band(x, points.map(({ low }) => low), points.map(({ high }) => high), colour, on(panel)),
    level(1, "solid"),
    level(uniform, "dot"),
    line(x, points.map(({ mean }) => mean), { colour }, {
      hover: "%{x:,} draws<br>mean %{y:.3f}, %{customdata[0]:.2f} to %{customdata[1]:.2f}",
      marks: 7,
      own: { customdata: points.map(({ low, high }) => [low, high]), ...on(panel) },
    }),
  ];
}

/** A relative error in whole percent, with its sign. */
function signed(share: number): string {
  const whole = Math.round(100 * share);
  return `${whole > 0 ? "+" : whole < 0 ? "−" : ""}${Math.abs(whole)}`;
}
