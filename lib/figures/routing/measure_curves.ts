/** Measures of problem 1 and problem 2 over a training, by method, beside what to compare with. */
import { knownName } from "../../base/known_name.ts";
import { mean } from "../../base/statistics.ts";
import { type AnalysisMeasure, analysisMeasures } from "../../analyze/measures.ts";
import { measureOf, requireNearest } from "../../analyze/selected_interest.ts";
import { BadInput } from "../../base/bad_input.ts";
import { type CurvePoint, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import {
  measureAxis,
  measureInWords,
  measureName,
  measureScale,
} from "../../show/measure_words.ts";
import { ink } from "../../show/theme.ts";
import { capitalised } from "../../show/words.ts";
import { axis, stepAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { on, panels } from "../grammar/panels.ts";
import { type MethodRuns, runsByMethod } from "../../compare/group_runs.ts";
import { seedsOfMethods } from "../../compare/spread.ts";
import { measuredUsersOf } from "../grammar/sample_words.ts";
import { seedCurves } from "../grammar/seed_curves.ts";

/** What a measure is to be compared with: a number, or another measure. */
interface Beside {
  readonly words: string;
  readonly value: number | AnalysisMeasure;
}

const uniform = "uniform routing";

const besides: Readonly<Partial<Record<AnalysisMeasure, Beside>>> = {
  "effective-items": { words: uniform, value: "effective-items-uniform" },
  "largest-weight": { words: uniform, value: "largest-weight-uniform" },
  "history-seen": { words: uniform, value: 1 },
  "interest-cosine": { words: "interests of different users", value: "interest-cosine-strangers" },
  "retrieved-overlap": { words: "identical interests", value: 1 },
};

/** How it is drawn. */
export interface MeasureCurvesOptions {
  /** steps on a logarithmic axis: for trainings to early stopping */
  readonly logSteps?: boolean;
}

/**
 * Measures against the training step, a panel each: mean and range over seeds, in the colours of
 * the methods. Dotted is what to compare with: the value for uniform routing of the same histories,
 * or the cosine of interests of different users. The title has the least and the greatest of the
 * first measure at the best step, the alternative text all of them.
 *
 * @param runs     of one data set; those without measures are left out
 * @param measures 1 to 4 of them, those that these runs have
 * @throws {BadInput} for a measure that there is not, no runs with these measures, several data
 *                    sets, several settings of one method, or one of its seeds twice
 */
export function measureCurves(
  runs: readonly Run[],
  measures: readonly AnalysisMeasure[],
  { logSteps = false }: MeasureCurvesOptions = {},
): Figure {
  if (measures.length === 0) {
    const remedy = 'For example ["effective-items"].';
    throw new BadInput("no measures", "figure.measures, measures", "[]", remedy);
  }
  for (const name of measures) {
    knownName(name, Object.keys(analysisMeasures), "figure.measures, measures");
  }
  const measured = runs.filter((run) =>
    measures.every((name) => measureOf(run, name) !== undefined)
  );
  if (measured.length === 0) {
    const recorded = runs.find((run) =>
      measures.every((name) => run.measures?.[name] !== undefined)
    );
    if (recorded) requireNearest(recorded, "figure's runs");
    throw new BadInput(
      "no run has these measures",
      "figure's runs",
      measures.join(", "),
      "Record some with deno task train.",
    );
  }
  const groups = runsByMethod(measured);
  const steps = measured.flatMap(({ curve }) => curve.map(({ step }) => step));
  return draw({
    finding: findingOf(groups, measures[0]!),
    more: measures.map((name) => valuesOf(groups, name)).join(" "),
    about: [
      `${measured[0]!.data.name}, means over ${measuredUsersOf(measured)}`,
      groups.every((group) => group.runs.length === 1)
        ? "one seed a method"
        : `mean and range of ${seedsOfMethods(groups.map(({ runs }) => runs.length))}`,
    ],
    runs: recordedKeys(measured),
    height: 430,
    data: [
      ...measures.flatMap((name, panel) => tracesOf(groups, name, panel)),
      ...dottedNames(measures),
    ],
    layout: {
      hovermode: "closest",
      margin: { l: 60, r: 20 },
      ...panels(
        measures.map((name) => ({
          x: stepAxis(steps, logSteps),
          y: axis(measureAxis(name), { rangemode: "tozero" }),
        })),
        { columns: measures.length, xgap: 0.25 },
      ),
    },
  });
}

function tracesOf(groups: readonly MethodRuns[], name: AnalysisMeasure, panel: number): Trace[] {
  const scale = measureScale(name);
  const valueOf = (point: CurvePoint) => scale * (point.measures?.[name] ?? NaN);
  const hover = `${measureName(name)}: %{y:.3g}${scale === 100 ? " %" : ""}`;
  const curves = groups.flatMap((group) =>
    seedCurves(group, { valueOf, hover, own: { ...on(panel), showlegend: panel === 0 } })
  );
  return [...dotted(groups, name, panel), ...curves];
}

/** What is dotted, for the legend: nothing is drawn. */
function dottedNames(measures: readonly AnalysisMeasure[]): Trace[] {
  const words = new Set(measures.flatMap((name) => besides[name]?.words ?? []));
  return [...words].map((name) =>
    line([null], [null], { name, colour: ink.muted, dash: "dot" }, { width: 1.5 })
  );
}

/** One grey line where it is the same for all methods, else one in each method's colour. */
function dotted(groups: readonly MethodRuns[], name: AnalysisMeasure, panel: number): Trace[] {
  const beside = besides[name];
  if (!beside) return [];
  const { value, words } = beside;
  const scale = measureScale(name);
  const at = (point: CurvePoint) =>
    scale * (typeof value === "number" ? value : point.measures?.[value] ?? NaN);
  const through = (points: readonly CurvePoint[], colour: string) =>
    line(points.map(({ step }) => step), points.map(at), { colour, dash: "dot" }, {
      hover: `${words}<br>%{y:.3g}${scale === 100 ? " %" : ""}`,
      width: 1.5,
      own: on(panel),
    });
  const points = groups.map(({ runs }) => runs[0]!.curve);
  const all = points.flat().map(at);
  const same = Math.max(...all) - Math.min(...all) < 1e-3 * Math.abs(all[0]!);
  if (!same) return groups.map(({ style }, i) => through(points[i]!, style.colour));
  return [through(points.toSorted((a, b) => b.length - a.length)[0]!, ink.muted)];
}

function findingOf(groups: readonly MethodRuns[], name: AnalysisMeasure): string {
  const ends = groups.toSorted((a, b) => bestOf(a, name) - bestOf(b, name));
  const [least, most] = [ends[0]!, ends.at(-1)!];
  const inWords = (group: MethodRuns) =>
    `${measureInWords(name, bestOf(group, name))} (${group.style.name})`;
  return `${capitalised(measureName(name))}, best step: ` +
    (least === most ? inWords(least) : `${inWords(least)} to ${inWords(most)}`);
}

/** "Effective items: ComiRec-SA 1.65, RR alone 5.61; uniform routing 6.63." */
function valuesOf(groups: readonly MethodRuns[], name: AnalysisMeasure): string {
  const list = groups.map((group) =>
    `${group.style.name} ${measureInWords(name, bestOf(group, name))}`
  );
  const beside = besides[name];
  const compared = beside && typeof beside.value !== "number"
    ? `; ${beside.words} ${
      measureInWords(name, mean(groups.map((group) => bestOf(group, beside.value as typeof name))))
    }`
    : "";
  return `${capitalised(measureName(name))}: ${list.join(", ")}${compared}.`;
}

/** The mean over seeds at their best steps. */
function bestOf({ runs }: MethodRuns, name: AnalysisMeasure): number {
  return mean(runs.map(({ measures }) => measures![name]!));
}
