/** Fig. 2 in numbers: negatives hard for the user and easy for the selected interest. */
import { mean } from "../../base/statistics.ts";
import { HARD_AND_EASY } from "../../analyze/measures.ts";
import { hardAndEasyIfIndependent } from "../../analyze/outranking.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { sliders } from "../grammar/slider.ts";
import { seedsOfEachK, spreadOf } from "../../compare/spread.ts";
import { grouped, houseLayout, ink } from "../../show/theme.ts";
import { interestsAxis } from "../grammar/axes.ts";
import { whiskers } from "../grammar/marks.ts";
import { linesByMethod, type MethodLine, type Point } from "../../compare/group_runs.ts";
import { measuredNegatives } from "../grammar/sample_words.ts";
import { commonSteps, oneDataSet, withMeasures } from "../../compare/together.ts";

const MEASURE = "hard-for-user-easy-for-selected";
/** The slider's last frame, which the static picture shows. */
const BEST = "best step";
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
  const data = oneDataSet(measured);
  const frames = [...thinned(commonSteps(measured, ({ curve }) => curve)), BEST] as const;
  const Ks = [...new Set(all.map(({ value }) => value))].sort((a, b) => a - b);
  const finding = findingOf(methods);
  const about = `${data} · of the tenth of ${measuredNegatives} negatives that is hardest for ` +
    `the user, those in the lower half for the selected interest · ` +
    seedsOfEachK(all.map(({ runs }) => runs.length));
  const dataAt = (frame: number | typeof BEST) => [
    ...methods.map((method) => line(method, frame)),
    independent(Ks),
  ];
  const names = frames.map((frame) => frame === BEST ? BEST : `step ${grouped(frame)}`);
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(measured),
    data: dataAt(BEST),
    frames: frames.map((frame, i) => ({ name: names[i], data: dataAt(frame) })),
    layout: houseLayout({ finding, about, height: 480 }, {
      hovermode: "closest",
      sliders: sliders(names, { prefix: "" }),
      xaxis: interestsAxis(Ks),
      yaxis: { title: { text: "of the user's hard negatives (%)" }, range: [-1, 50] },
    }),
  };
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

function line({ style, points }: MethodLine, frame: number | typeof BEST): Trace {
  const spreads = points.map((group) => spreadOf(valuesAt(group, frame)));
  return {
    type: "scatter",
    mode: "lines+markers",
    name: style.name,
    x: points.map(({ value }) => value),
    y: spreads.map(({ mean }) => mean),
    error_y: {
      ...whiskers(spreads),
      color: style.colour,
      thickness: 1.5,
      width: 5,
      visible: spreads.some(({ n }) => n > 1),
    },
    line: { color: style.colour, dash: style.dash, width: 2.5 },
    marker: { symbol: style.symbol, size: 10, color: style.colour },
    hovertemplate: `${style.name}, K = %{x}<br>%{y:.1f} %<extra></extra>`,
  };
}

function independent(Ks: readonly number[]): Trace {
  return {
    type: "scatter",
    mode: "markers+lines",
    name: "independent interests",
    x: Ks,
    y: Ks.map((K) => 100 * hardAndEasyIfIndependent(K, HARD_AND_EASY)),
    line: { color: ink.axis, dash: "dot", width: 1.5 },
    marker: { symbol: "circle-open", size: 13, color: ink.muted, line: { width: 1.5 } },
    hovertemplate: "independent interests, K = %{x}<br>%{y:.1f} %<extra></extra>",
  };
}

/** The largest K, beside what independent interests would give. */
function findingOf(methods: readonly MethodLine[]): string {
  const K = Math.max(...methods.flatMap(({ points }) => points.map(({ value }) => value)));
  const list = methods.flatMap(({ style, points }) =>
    points.filter(({ value }) => value === K)
      .map((point) => `${mean(valuesAt(point, BEST)).toFixed(0)} % (${style.name})`)
  );
  const independent = (100 * hardAndEasyIfIndependent(K, HARD_AND_EASY)).toFixed(0);
  return `With K = ${K}, ${list.join(" and ")} of the user's hard negatives are easy for the ` +
    `selected interest; ${independent} % if interests were independent`;
}
