/** One quantity over a training, by method: the mean over seeds and how far they lie apart. */
import { mean } from "../../base/statistics.ts";
import type { CurvePoint, Run } from "../../train/run.ts";
import type { Trace } from "../../show/figure.ts";
import { translucent } from "../../show/theme.ts";
import type { LineStyle } from "../../results/method.ts";
import { inAll } from "../../compare/together.ts";

/** Seeds of one thing, and what they are drawn with. */
export interface SeedRuns {
  readonly style: LineStyle;
  readonly runs: readonly Run[];
}

/** What is drawn, and how it is called. */
export interface CurveOf {
  /** the quantity at an evaluation */
  readonly valueOf: (point: CurvePoint) => number;
  /** what hovering says of it, e.g. "recall@50 %{y:.2f} %" */
  readonly hover: string;
  /** the traces' xaxis, yaxis and showlegend, where a figure has several panels */
  readonly panel?: Readonly<Record<string, unknown>>;
}

/**
 * The mean over seeds with a band from the least to the greatest, as far as all seeds were trained;
 * a seed that was trained longer goes on as a thin line.
 */
export function seedCurves({ style, runs }: SeedRuns, curve: CurveOf): Trace[] {
  const { steps, spread } = sharedSteps(runs, curve.valueOf);
  const last = steps.at(-1) ?? 0;
  const hidden = { legendgroup: style.name, ...curve.panel, showlegend: false, hoverinfo: "skip" };
  const band: Trace[] = runs.length === 1 ? [] : [{
    type: "scatter",
    mode: "none",
    x: [...steps, ...steps.toReversed()],
    y: [
      ...spread.map((values) => Math.max(...values)),
      ...spread.map((values) => Math.min(...values)).toReversed(),
    ],
    fill: "toself",
    fillcolor: translucent(style.colour, 0.22),
    ...hidden,
  }];
  return [
    ...band,
    {
      type: "scatter",
      mode: "lines+markers",
      name: style.name,
      legendgroup: style.name,
      x: steps,
      y: spread.map(mean),
      line: { color: style.colour, width: 2.5, dash: style.dash },
      marker: { symbol: style.symbol, size: 8, maxdisplayed: 8 },
      hovertemplate: `${style.name}<br>step %{x:,}<br>${curve.hover}<extra></extra>`,
      ...curve.panel,
    },
    ...runs.filter((run) => run.curve.some(({ step }) => step > last))
      .map((run) => longer(run, last, style, curve)),
  ];
}

/** The steps at which all seeds were evaluated, and their values there: [steps][seeds]. */
export function sharedSteps(
  runs: readonly Run[],
  valueOf: CurveOf["valueOf"],
): { steps: number[]; spread: number[][] } {
  const steps = inAll(runs.map(({ curve }) => curve.map(({ step }) => step)));
  const bySeed = runs.map(({ curve }) => new Map(curve.map((point) => [point.step, point])));
  return {
    steps,
    spread: steps.map((step) => bySeed.map((points) => valueOf(points.get(step)!))),
  };
}

/** A seed that was trained longer than others: a thin line of its own from where the mean ends. */
function longer(
  { curve, seed }: Run,
  last: number,
  style: LineStyle,
  { valueOf, hover, panel }: CurveOf,
): Trace {
  const rest = curve.filter(({ step }) => step >= last);
  return {
    type: "scatter",
    mode: "lines",
    x: rest.map((point) => point.step),
    y: rest.map(valueOf),
    line: { color: style.colour, width: 1, dash: style.dash },
    legendgroup: style.name,
    ...panel,
    showlegend: false,
    hovertemplate: `${style.name}, seed ${seed}<br>step %{x:,}<br>${hover}<extra></extra>`,
  };
}
