/** Fig. 2 in numbers: negatives hard for the user and easy for the selected interest. */
import { mean } from "../../base/statistics.ts";
import { HARD_AND_EASY } from "../../analyze/measures.ts";
import { hardAndEasyIfIndependent } from "../../analyze/outranking.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { seedsOfEachK, spreadOf } from "../../compare/spread.ts";
import { grouped, ink, percent } from "../../show/theme.ts";
import { axis, covering, interestsAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, seedPoints } from "../grammar/marks.ts";
import { linesByMethod, type MethodLine, type Point } from "../../compare/group_runs.ts";
import { measuredNegatives } from "../grammar/sample_words.ts";
import { commonSteps, oneDataSet, withMeasures } from "../../compare/together.ts";

const MEASURE = "hard-for-user-easy-for-selected";
/** The slider's last frame, which the static picture shows. */
const BEST = "best";
/** Steps on the slider, about evenly spaced in their logarithms. */
const STEPS = 10;

/**
 * Of the tenth of the negatives that is hardest for the user (max over interests), those in the
 * lower half of the selected interest's scores, against K; a line a method. Open marks: K
 * independent interests. The slider goes through steps at which all runs were evaluated, and ends
 * with each run's best step.
 *
 * @param runs that differ in method, K and seed; those without measures are left out
 * @throws {BadInput} if none has measures or there is no common step, and as
 *                    {@linkcode linesByMethod}
 */
export function hardAndEasy(runs: readonly Run[]): Figure {
  const measured = withMeasures(runs);
  const methods = linesByMethod(measured, "K");
  const all = methods.flatMap(({ points }) => points);
  const frames = [...thinned(commonSteps(measured, ({ curve }) => curve)), BEST] as const;
  const Ks = [...new Set(all.map(({ value }) => value))].sort((a, b) => a - b);
  const K = Math.max(...Ks);
  const atBest = methods.flatMap(({ style, points }) =>
    points.filter(({ value }) => value === K)
      .map((point) => `${mean(valuesAt(point, BEST)).toFixed(0)} % (${style.name}, K = ${K})`)
  );
  const spreads = all.flatMap((point) => frames.map((frame) => spreadOf(valuesAt(point, frame))));
  const values = spreads.flatMap(({ least, most }) => [least, most]);
  return draw({
    finding: `At the best step ${atBest[0]} of the hard negatives look easy`,
    about: [
      oneDataSet(measured),
      `of the tenth of ${measuredNegatives} negatives that is hardest for the user, those in the ` +
      "lower half for the selected interest",
      seedsOfEachK(all.map(({ runs }) => runs.length)),
    ],
    more: `At the best step ${atBest.join(" and ")}; ` +
      `${percent(hardAndEasyIfIndependent(K, HARD_AND_EASY))} % if interests were independent.`,
    runs: recordedKeys(measured),
    height: 480,
    frames: {
      names: frames.map((frame) => frame === BEST ? BEST : grouped(frame)),
      prefix: "step: ",
      at: (i) => ({
        data: [...methods.map((method) => shares(method, frames[i]!)), independent(Ks)],
      }),
    },
    layout: {
      hovermode: "closest",
      xaxis: interestsAxis(Ks),
      yaxis: axis("of the user's hard negatives (%)", { range: covering([-1, 50], values) }),
    },
  });
}

/** The steps of the slider. */
function thinned(steps: readonly number[]): number[] {
  const ratio = (steps.at(-1)! / steps[0]!) ** (1 / (STEPS - 1));
  const wanted = Array.from({ length: STEPS }, (_, i) => steps[0]! * ratio ** i);
  const nearest = wanted.map((step) =>
    steps.reduce((a, b) => Math.abs(b - step) < Math.abs(a - step) ? b : a)
  );
  return [...new Set(nearest)];
}

function valuesAt({ runs }: Point, frame: number | typeof BEST): number[] {
  return runs.map(({ curve, measures }) =>
    100 * (frame === BEST ? measures! : curve.find(({ step }) => step === frame)!.measures!)[
      MEASURE
    ]!
  );
}

function shares({ style, points }: MethodLine, frame: number | typeof BEST): Trace {
  const spreads = points.map((point) => spreadOf(valuesAt(point, frame)));
  return seedPoints(points.map(({ value }) => value), spreads, style, {
    hover: "K = %{x}: %{y:.1f} %",
    joined: true,
  });
}

function independent(Ks: readonly number[]): Trace {
  const share = Ks.map((K) => 100 * hardAndEasyIfIndependent(K, HARD_AND_EASY));
  const style = { name: "independent interests", colour: ink.axis, dash: "dot" } as const;
  return line(Ks, share, style, {
    hover: "K = %{x}: %{y:.1f} %",
    width: 1.5,
    marks: 13,
    own: { marker: { symbol: "circle-open", size: 13, color: ink.muted, line: { width: 1.5 } } },
  });
}
