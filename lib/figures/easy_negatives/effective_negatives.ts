/** The effective number of negatives over a training, by K: whose gradient is how uneven. */
import { mean } from "../../base/statistics.ts";
import { type CurvePoint, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { type LineStyle, methodOf } from "../../results/method.ts";
import { apart, seedsOfEachK, spreadOf } from "../../compare/spread.ts";
import { grouped, houseLayout, ink } from "../../show/theme.ts";
import { panelEnding } from "../grammar/panels.ts";
import { oneLine, type Point } from "../../compare/group_runs.ts";
import { commonSteps, withMeasures } from "../../compare/together.ts";
import { measuredNegatives, measuredUsers } from "../grammar/sample_words.ts";
import { interestCountStyles } from "../grammar/styles.ts";
import { seedCurves, sharedSteps } from "../grammar/seed_curves.ts";

const SELECTED = "effective-negatives-selected";

const panels = [
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
const AGAINST_RECALL = panels.length;
const titles = [...panels.map(({ title }) => title), "selected interest, at equal recall"];

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
  const line = oneLine(withMeasures(runs), "K");
  const styles = interestCountStyles(line.map(({ value }) => value));
  const groups = line.map((point, i): Interests => ({ ...point, style: styles[i]! }));
  const drawn = groups.map((group) => ({ ...group, runs: group.runs.map(thinned) }));
  const first = groups[0]!.runs[0]!;
  const finding = findingOf(groups);
  const about = `${methodOf(first.config).name} on ${first.data.name} · ${measuredUsers}, ` +
    `${measuredNegatives} uniform negatives · ${
      seedsOfEachK(groups.map((group) => group.runs.length))
    }`;
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(groups.flatMap((group) => group.runs)),
    data: drawn.flatMap((group) => [
      ...panels.flatMap(({ measure }, p) => overSteps(group, measure, p)),
      againstRecall(group),
    ]),
    layout: houseLayout({ finding, about, height: 640 }, {
      grid: { rows: 2, columns: 2, pattern: "independent", xgap: 0.14, ygap: 0.3 },
      hovermode: "closest",
      margin: { r: 16 },
      ...Object.fromEntries(titles.flatMap((_, p) => [
        [`xaxis${panelEnding(p)}`, axisBelow(p)],
        [`yaxis${panelEnding(p)}`, {
          title: { text: p % 2 === 0 ? "effective negatives" : "", standoff: 4 },
          type: "log",
          tickvals: [5, 10, 20, 50, 100, 200, 500, 1000],
          ...(p > 0 ? { matches: "y" } : {}),
        }],
      ])),
      annotations: titles.map(titleOfPanel),
    }),
  };
}

/** A run with the evaluations that are about evenly spaced in the logarithms of their steps. */
function thinned(run: Run): Run {
  const isDrawn = (evaluation: number) =>
    Math.round(2 ** (Math.round(Math.log2(evaluation) * DENSITY) / DENSITY)) === evaluation;
  return { ...run, curve: run.curve.filter((_, i) => isDrawn(i + 1)) };
}

function axisBelow(p: number): Record<string, unknown> {
  if (p === AGAINST_RECALL) return { title: { text: "valid recall@50 (%)", standoff: 4 } };
  return {
    title: { text: "step (log scale)", standoff: 4 },
    type: "log",
    tickformat: "~s",
    dtick: 1,
  };
}

function titleOfPanel(text: string, p: number): Record<string, unknown> {
  return {
    text: `<b>${text}</b>`,
    xref: `x${panelEnding(p)} domain`,
    yref: `y${panelEnding(p)} domain`,
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 13, color: ink.text },
  };
}

function overSteps(group: Interests, measure: string, p: number): Trace[] {
  if (group.value === 1 && measure === "effective-negatives-other") return [];
  return seedCurves(group, {
    valueOf: (point) => point.measures![measure]!,
    hover: "%{y:.0f} effective negatives",
    panel: { xaxis: `x${panelEnding(p)}`, yaxis: `y${panelEnding(p)}`, showlegend: p === 0 },
  });
}

function againstRecall({ runs, style }: Interests): Trace {
  const of = (valueOf: (point: CurvePoint) => number) => sharedSteps(runs, valueOf);
  const { steps, spread } = of((point) => point.measures![SELECTED]!);
  return {
    type: "scatter",
    mode: "lines",
    name: style.name,
    legendgroup: style.name,
    showlegend: false,
    x: of((point) => 100 * point.valid[50]!.recall).spread.map(mean),
    y: spread.map(mean),
    customdata: steps,
    line: { color: style.colour, width: 2.5, dash: style.dash },
    hovertemplate: `${style.name}, step %{customdata:,}<br>recall@50 %{x:.1f} %<br>` +
      "%{y:.0f} effective negatives<extra></extra>",
    xaxis: `x${panelEnding(AGAINST_RECALL)}`,
    yaxis: `y${panelEnding(AGAINST_RECALL)}`,
  };
}

function measuredAt({ runs }: Interests, step: number): number[] {
  return runs.map(({ curve }) => curve.find((point) => point.step === step)!.measures![SELECTED]!);
}

/** The numbers at equal steps, and whether the seeds tell the least from the largest K. */
function findingOf(groups: readonly Interests[]): string {
  const step = commonSteps(groups.flatMap(({ runs }) => runs), ({ curve }) => curve).at(-1)!;
  const list = groups.map((group) =>
    `${grouped(mean(measuredAt(group, step)))} with ${group.label}`
  );
  const finding = `Effective negatives of the selected interest at step ${grouped(step)}: ` +
    list.join(", ");
  const [low, high] = [groups[0]!, groups.at(-1)!];
  const [few, many] = [low, high].map((group) => spreadOf(measuredAt(group, step)));
  if (low === high || few!.n < 2 || many!.n < 2) return finding;
  if (!apart(few!, many!)) {
    return `${finding}; the seeds do not tell ${low.label} from ${high.value}`;
  }
  return `${finding}: ${many!.mean < few!.mean ? "fewer" : "more"} with more interests`;
}
