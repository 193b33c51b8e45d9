/** Valid recall@50 over a training, by method. */
import { mean } from "../../base/statistics.ts";
import { type CurvePoint, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import type { LineStyle } from "../../results/method.ts";
import { ink, percent } from "../../show/theme.ts";
import { firstAndLast } from "../../show/words.ts";
import { axis, stepAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";
import { type MethodRuns, runsByMethod } from "../../compare/group_runs.ts";
import { seedsOfMethods } from "../../compare/spread.ts";
import { seedCurves, sharedSteps } from "../grammar/seed_curves.ts";
import { literal } from "../../show/literal.ts";

/** What someone else's code measured of a method, to compare with. */
export interface ReferenceCurve {
  /** gives the points their colour and symbol */
  readonly method: LineStyle;
  /** e.g. "official code, seed 1" */
  readonly label: string;
  /** recall@50 of valid users, in [0, 1] */
  readonly points: readonly { readonly step: number; readonly recall: number }[];
}

/**
 * Valid recall@50 against the training step: for each method the mean over seeds, with a band from
 * the worst to the best seed, as far as all seeds were trained; a seed that was trained longer goes
 * on as a thin line. A run that ended before early stopping is marked as what it is, "capped".
 * References are shown of the methods that there are runs of.
 *
 * @throws {BadInput} for no runs, several data sets, several settings of one method, or one of its
 *                    seeds twice
 */
export function learningCurves(
  runs: readonly Run[],
  { reference = [], logSteps = false }: {
    readonly reference?: readonly ReferenceCurve[];
    readonly logSteps?: boolean;
  } = {},
): Figure {
  const groups = runsByMethod(runs);
  const names = new Set(groups.map(({ style }) => style.name));
  const beside = reference.filter(({ method }) => names.has(method.name));
  const best = groups
    .map((group) => ({ group, recall: mean(group.runs.map((run) => run.valid[50]!.recall)) }))
    .sort((a, b) => b.recall - a.recall);
  const inWords = best.map(({ group, recall }) => `${percent(recall)} % with ${group.style.name}`);
  const cuts = [...new Set(groups.flatMap(({ cut }) => cut ?? []))].map((cut) => {
    const methods = groups.filter((group) => group.cut === cut).map(({ style }) => style.name);
    return `${cut} before early stopping: ${methods.join(", ")}`;
  });
  const steps = [
    ...runs.flatMap(({ curve }) => curve),
    ...beside.flatMap(({ points }) => points),
  ]
    .map(({ step }) => step);
  return draw({
    finding: `Valid recall@50 reaches ${firstAndLast(inWords).join(", ")}`,
    more: inWords.length > 2 ? `All: ${inWords.join(", ")}.` : undefined,
    about: [
      `${runs[0]!.data.name}, valid users`,
      groups.every((group) => group.runs.length === 1)
        ? "one seed a method"
        : `mean and range of ${seedsOfMethods(groups.map(({ runs }) => runs.length))}`,
      groups.some(({ runs }) => new Set(runs.map(({ curve }) => curve.at(-1)?.step)).size > 1) &&
      "thin: seeds that trained longer than the others",
      ...cuts,
    ],
    runs: recordedKeys(runs),
    data: [...groups.flatMap(tracesOf), ...beside.map(referenceTrace)],
    layout: {
      hovermode: "closest",
      xaxis: { ...stepAxis(steps, logSteps, "training step"), tickformat: "," },
      yaxis: axis("valid recall@50 (%)", { rangemode: "tozero" }),
    },
  });
}

const curve = {
  valueOf: (point: CurvePoint) => 100 * point.valid[50]!.recall,
  hover: "recall@50 %{y:.2f} %",
};

function tracesOf(group: MethodRuns): Trace[] {
  const { steps, spread } = sharedSteps(group.runs, curve.valueOf);
  return [
    ...seedCurves(group, curve),
    ...(group.cut !== null && steps.length > 0
      ? [cutMark(steps.at(-1)!, mean(spread.at(-1)!), group.style, group.cut)]
      : []),
  ];
}

function cutMark(x: number, y: number, style: MethodRuns["style"], cut: string): Trace {
  return {
    type: "scatter",
    mode: "markers+text",
    x: [x],
    y: [y],
    text: [cut],
    textposition: "bottom left",
    textfont: { size: 13, color: ink.muted },
    marker: { symbol: "line-ns-open", size: 14, color: style.colour, line: { width: 2.5 } },
    cliponaxis: false,
    legendgroup: style.name,
    showlegend: false,
    ...said(cut === "capped" ? "capped at step %{x:,}" : cut, style.name),
  };
}

function referenceTrace({ method: style, label, points }: ReferenceCurve): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name: literal(`${style.name}, ${label}`),
    x: points.map((point) => point.step),
    y: points.map((point) => 100 * point.recall),
    marker: {
      symbol: `${style.symbol}-open`,
      size: 12,
      color: style.colour,
      line: { width: 2, color: style.colour },
    },
    ...said("step %{x:,}<br>recall@50 %{y:.1f} %", literal(label)),
  };
}
