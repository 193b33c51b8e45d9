/** One quantity over a training: the mean over seeds and how far they lie apart. */
import { mean } from "../../base/statistics.ts";
import type { CurvePoint, Run } from "../../train/run.ts";
import type { Trace } from "../../show/figure.ts";
import type { LineStyle } from "../../results/method.ts";
import { inAll } from "../../compare/together.ts";
import type { Keys } from "./drawing.ts";
import { band, line } from "./marks.ts";

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
  /** further keys of the traces: their panel, whether the legend has them */
  readonly own?: Keys;
}

/**
 * The mean over seeds with a band from the least to the greatest, as far as all seeds were trained;
 * a seed that was trained longer goes on as a thin line.
 */
export function seedCurves({ style, runs }: SeedRuns, { valueOf, hover, own }: CurveOf): Trace[] {
  const { steps, spread } = sharedSteps(runs, valueOf);
  const last = steps.at(-1) ?? 0;
  const of = (statistic: (values: readonly number[]) => number) => spread.map(statistic);
  const shared = { legendgroup: style.name, ...own };
  const [low, high] = [of((values) => Math.min(...values)), of((values) => Math.max(...values))];
  const unnamed = { ...shared, showlegend: false };
  return [
    ...runs.length > 1 ? [band(steps, low, high, style.colour, unnamed)] : [],
    line(steps, of(mean), style, {
      hover: `step %{x:,}<br>${hover}`,
      marks: 8,
      own: {
        marker: { symbol: style.symbol, size: 8, color: style.colour, maxdisplayed: 8 },
        ...shared,
      },
    }),
    ...runs.filter(({ curve }) => lastStep(curve) > last).map(({ curve, seed }) => {
      const rest = curve.filter(({ step }) => step >= last);
      return line(rest.map(({ step }) => step), rest.map(valueOf), {
        colour: style.colour,
        dash: style.dash,
      }, {
        hover: `${style.name}, seed ${seed}<br>step %{x:,}<br>${hover}`,
        width: 1,
        own: unnamed,
      });
    }),
  ];
}

/** A training that was stopped before its first evaluation has none. */
function lastStep(curve: Run["curve"]): number {
  return curve.at(-1)?.step ?? 0;
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
