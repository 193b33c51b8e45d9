/** The effective number of negatives over a training, by K: whose gradient is how uneven. */
import { mean } from "../../base/statistics.ts";
import { type CurvePoint, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { type LineStyle, methodOf } from "../../results/method.ts";
import { seedsOfEachK } from "../../compare/spread.ts";
import { grouped } from "../../show/theme.ts";
import { oneLine, type Point, symbolOf } from "../../compare/group_runs.ts";
import { commonSteps, withMeasures } from "../../compare/together.ts";
import { bestBySeeds } from "../../compare/best_on_line.ts";
import { highestInWords } from "../results/sweep_finding.ts";
import { axis, logAxis, stepAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line } from "../grammar/marks.ts";
import { on, panels, panelTitle } from "../grammar/panels.ts";
import { measuredNegatives, measuredUsersOf } from "../grammar/sample_words.ts";
import { interestCountStyles } from "../grammar/styles.ts";
import { seedCurves, sharedSteps } from "../grammar/seed_curves.ts";

const SELECTED = "effective-negatives-selected";

const whose = [
  { measure: SELECTED, title: "selected interest" },
  { measure: "effective-negatives-other", title: "other interests" },
  { measure: "effective-negatives-single", title: "mean of the interests" },
] as const;

/** The seeds of one K. */
interface Interests extends Point {
  readonly style: LineStyle;
}

/** Evaluations that are drawn for each doubling of the step. */
const DENSITY = 12;
/** Against recall, in the last panel. */
const AGAINST_RECALL = whose.length;
const titles = [...whose.map(({ title }) => title), "selected, at equal recall"];

/**
 * Four panels with a line for each K: the effective number of negatives of the selected interest,
 * of the others and of the mean of the interests against the training step, and that of the
 * selected interest against valid recall@50. The last tells whether a K has fewer effective
 * negatives than another one that is as good.
 *
 * @param runs of one method that differ in K and the seed; those without measures are left out
 * @throws {BadInput} as {@linkcode oneLine}, or if none has measures
 */
export function effectiveNegatives(runs: readonly Run[]): Figure {
  const byK = oneLine(withMeasures(runs), "K");
  const styles = interestCountStyles(byK.map(({ value }) => value));
  const groups = byK.map((point, i): Interests => ({ ...point, style: styles[i]! }));
  const drawn = groups.map((group) => ({ ...group, runs: group.runs.map(thinned) }));
  const first = groups[0]!.runs[0]!;
  const points = drawn.flatMap((group) => group.runs.flatMap(({ curve }) => curve));
  const numbers = points.flatMap(({ measures }) => whose.map((of) => measures![of.measure] ?? 0));
  const steps = stepAxis(points.map(({ step }) => step), true);
  return draw({
    ...wordsOf(groups),
    about: [
      `${methodOf(first.config).name} on ${first.data.name}`,
      `${measuredUsersOf([first])}, ${measuredNegatives} uniform negatives`,
      seedsOfEachK(groups.map((group) => group.runs.length)),
    ],
    runs: recordedKeys(groups.flatMap((group) => group.runs)),
    height: 640,
    data: drawn.flatMap((group) => [
      ...whose.flatMap(({ measure }, p) => overSteps(group, measure, p)),
      againstRecall(group),
    ]),
    layout: {
      hovermode: "closest",
      margin: { r: 16 },
      ...panels(
        titles.map((_, p) => ({
          x: p === AGAINST_RECALL ? axis("valid recall@50 (%)") : steps,
          y: logAxis(p % 2 === 0 ? "effective negatives" : "", numbers, {
            own: p > 0 ? { matches: "y" } : {},
          }),
        })),
        { xgap: 0.14, ygap: 0.3 },
      ),
      annotations: titles.map(panelTitle),
    },
  });
}

/** A run with the evaluations that are about evenly spaced in the logarithms of their steps. */
function thinned(run: Run): Run {
  const isDrawn = (evaluation: number) =>
    Math.round(2 ** (Math.round(Math.log2(evaluation) * DENSITY) / DENSITY)) === evaluation;
  return { ...run, curve: run.curve.filter((_, i) => isDrawn(i + 1)) };
}

function overSteps(group: Interests, measure: string, p: number): Trace[] {
  if (group.value === 1 && measure === "effective-negatives-other") return [];
  return seedCurves(group, {
    valueOf: (point) => point.measures![measure]!,
    hover: "%{y:.0f} effective negatives",
    own: { ...on(p), showlegend: p === 0 },
  });
}

function againstRecall({ runs, style }: Interests): Trace {
  const of = (valueOf: (point: CurvePoint) => number) =>
    sharedSteps(runs, valueOf).spread.map(mean);
  const recall = of(({ valid }) => 100 * valid[50]!.recall);
  return line(recall, of((point) => point.measures![SELECTED]!), style, {
    hover: "step %{customdata:,}<br>recall@50 %{x:.1f} %<br>%{y:.0f} effective negatives",
    own: {
      legendgroup: style.name,
      showlegend: false,
      customdata: sharedSteps(runs, ({ step }) => step).steps,
      ...on(AGAINST_RECALL),
    },
  });
}

/** Which K has most at equal steps by the paired rule, and all numbers. */
function wordsOf(groups: readonly Interests[]): { finding: string; more: string } {
  const step = commonSteps(groups.flatMap(({ runs }) => runs), ({ curve }) => curve).at(-1)!;
  const measured = ({ curve }: Run) =>
    curve.find((point) => point.step === step)!.measures![SELECTED]!;
  const list = groups.map(({ runs, label }) =>
    `${grouped(mean(runs.map(measured)))} with ${label}`
  );
  const shown = `effective negatives at step ${grouped(step)}`;
  return {
    finding: groups.length === 1
      ? `Effective negatives at step ${grouped(step)}: ${list[0]}`
      : highestInWords(bestBySeeds(groups, measured), shown, symbolOf("K")),
    more: `Of the selected interest: ${list.join(", ")}.`,
  };
}
