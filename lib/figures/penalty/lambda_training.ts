/** What λ does over a training: a slider picks the λ that stands out. */
import { mean } from "../../base/statistics.ts";
import type { AnalysisMeasure } from "../../analyze/measures.ts";
import { BadInput } from "../../base/bad_input.ts";
import { type CurvePoint, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { measureAxis, measureInWords, measureScale } from "../../show/measure_words.ts";
import { methodOf } from "../../results/method.ts";
import { seedsInWords } from "../../compare/spread.ts";
import { ink, listed } from "../../show/theme.ts";
import { axis, stepAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { band, line } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";
import { type Line, oneLine, type Point, valueInWords } from "../../compare/group_runs.ts";
import { sharedSteps } from "../grammar/seed_curves.ts";

/** Evaluations that are drawn, at most; evenly spaced on a logarithmic axis. */
const MOST_POINTS = 50;
/** Colour of the λ that do not stand out. */
const PALE = "#c9c9c9";
/** The λ that stands out before the slider moves, if it is there: the reference's. */
const REFERENCE = 100;

/** A panel: what it shows of an evaluation, in the units of its axis. */
interface Shown {
  readonly title: string;
  /** whether λ stands at the end of its line */
  readonly named: boolean;
  readonly valueOf: (point: CurvePoint) => number;
}

const measured: readonly AnalysisMeasure[] = [
  "effective-items",
  "interest-cosine",
  "retrieved-overlap",
];

const shown: readonly Shown[] = [
  { title: "valid recall@50 (%)", named: false, valueOf: ({ valid }) => 100 * valid[50]!.recall },
  ...measured.map((name): Shown => ({
    title: measureAxis(name),
    named: name === "effective-items",
    valueOf: ({ measures }) => measureScale(name) * measures![name]!,
  })),
];

/**
 * Four panels over the training step, logarithmic: valid recall@50, and how far routing has
 * collapsed and interests are alike. A line for each λ, mean over seeds with their range, as far as
 * all seeds were trained. A slider picks the λ in colour, the others stay pale.
 *
 * @param runs that differ in λ and the seed; those without measures are left out
 * @throws {BadInput} if none has measures, or as {@linkcode oneLine}
 */
export function lambdaTraining(runs: readonly Run[]): Figure {
  const withMeasures = runs.filter((run) => [run, ...run.curve].every(hasMeasures));
  if (runs.length > 0 && withMeasures.length === 0) {
    throw new BadInput(
      "no run has measures",
      "figure's runs",
      measured.join(", "),
      "Record some with deno task train.",
    );
  }
  const groups = oneLine(withMeasures, "lambda");
  const chosen = Math.max(0, groups.findIndex(({ value }) => value === REFERENCE));
  const traces = (picked: number) =>
    shown.flatMap((what, p) =>
      groups.flatMap((group, g) => tracesOf(group, what, p, g === picked))
    );
  const data = traces(chosen);
  const steps = withMeasures.flatMap(({ curve }) => curve.map(({ step }) => step));
  return draw({
    ...wordsOf(groups),
    about: [
      `${withMeasures[0]!.data.name}, valid users`,
      `mean and range of ${seedsInWords(groups.map(({ runs }) => runs.length))} for each λ, ` +
      "as far as all were trained",
      "at the lines: λ",
    ],
    runs: recordedKeys(withMeasures),
    height: 640,
    data,
    frames: {
      names: groups.map(({ value }) => valueInWords(value)),
      prefix: "λ = ",
      active: chosen,
      at: (g) => ({
        data: traces(g).map(({ line, fillcolor }) => fillcolor ? { fillcolor } : { line }),
        traces: data.map((_, i) => i),
      }),
    },
    layout: {
      margin: { r: 50 },
      hovermode: "closest",
      showlegend: false,
      ...panels(
        shown.map(({ title }) => ({
          x: stepAxis(steps, true),
          y: axis(title, { rangemode: "tozero" }),
        })),
        { xgap: 0.18, ygap: 0.28 },
      ),
    },
  });
}

function hasMeasures({ measures }: Pick<CurvePoint, "measures">): boolean {
  return measures !== undefined && measured.every((name) => measures[name] !== undefined);
}

function tracesOf({ label, runs }: Point, what: Shown, p: number, picked: boolean): Trace[] {
  const { steps, spread } = sharedSteps(runs, what.valueOf);
  const drawn = thinned(steps);
  const x = drawn.map((i) => steps[i]!);
  const of = (statistic: (seeds: readonly number[]) => number) =>
    drawn.map((i) => statistic(spread[i]!));
  const { colour } = methodOf(runs[0]!.config);
  const [low, high] = [of((seeds) => Math.min(...seeds)), of((seeds) => Math.max(...seeds))];
  const unseen = picked ? {} : { fillcolor: "rgba(0,0,0,0)" };
  return [
    band(x, low, high, colour, { ...unseen, ...on(p) }),
    line(x, of(mean), { name: label, colour: picked ? colour : PALE }, {
      hover: "step %{x:,}<br>%{y:.3g}",
      width: picked ? 3 : 1.5,
      own: {
        mode: "lines+text",
        text: what.named
          ? x.map((_, i) => i === x.length - 1 ? `\u00a0${label.slice(4)}` : "")
          : "",
        textposition: "middle right",
        textfont: { size: 12, color: ink.text },
        cliponaxis: false,
        ...on(p),
      },
    }),
  ];
}

/** Indices of evaluations whose steps are about evenly spaced in their logarithms. */
function thinned(steps: readonly number[]): number[] {
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const stride = Math.log(last / first) / MOST_POINTS;
  let due = -Infinity;
  return steps.flatMap((step, i) => {
    if (Math.log(step) < due && i < steps.length - 1) return [];
    due = Math.log(step) + stride;
    return [i];
  });
}

/** The effective items at the best steps by λ, and the cosines. */
function wordsOf(groups: Line): { finding: string; more: string } {
  const of = (name: AnalysisMeasure) =>
    groups.map(({ runs }) => measureInWords(name, mean(runs.map((run) => run.measures![name]!))));
  const [items, cosines] = [of("effective-items"), of("interest-cosine")];
  const each = groups.map(({ label }, g) => `${items[g]} and ${cosines[g]} at ${label}`);
  return {
    finding: groups.length === 1
      ? `Effective items at ${groups[0]!.label}: ${items[0]}`
      : `Effective items as λ rises: ${listed(items)}`,
    more: "Effective items of an interest and cosine of two interests at the best steps: " +
      `${each.join(", ")}.`,
  };
}
