/** An objective switched late: what a model becomes, beside one that had it from the start. */
import { counted } from "../../base/counted.ts";
import type { AfterSwitch } from "../../analyze/switch_objective.ts";
import { BadInput } from "../../base/bad_input.ts";
import { type Measures, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { type Method, type MethodConfig, methodInWords, methodOf } from "../../results/method.ts";
import { ink } from "../../show/theme.ts";
import { axis, stepAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line, type LineOptions, rule, type Style } from "../grammar/marks.ts";
import { on, panelEnding, panels } from "../grammar/panels.ts";

/** The trainings that are compared; both runs need measures. */
export interface SwitchedObjective {
  /** until the switch */
  readonly before: Run;
  readonly after: readonly AfterSwitch[];
  /** with the later objective from the start */
  readonly throughout: Run;
}

interface Point {
  readonly step: number;
  readonly recall50: number;
  readonly items: number;
}

/**
 * Effective items and valid recall@50 over the training step: a training, what it becomes when the
 * objective is switched at its best step, and a training that had the second objective throughout.
 *
 * @throws {BadInput} if a run has no measures, or nothing was looked at after the switch
 */
export function switchedObjective({ before, after, throughout }: SwitchedObjective): Figure {
  const [first, second] = stylesOf([before.config, throughout.config]);
  const until = pointsOf(before).filter(({ step }) => step <= before.bestStep);
  const always = pointsOf(throughout);
  const since = after.map(({ step, recall50, measures }) =>
    pointOf(before.bestStep + step, recall50, measures, "figure's after, step")
  );
  const [start, end] = [since[0], since.at(-1)];
  if (!start || !end) {
    throw new BadInput("no steps after the switch", "figure's after", "[]", "Give at least one.");
  }
  const halfway = stepHalfway(since, always.at(-1)!.items);
  const curves = (points: readonly Point[], style: Style, own: LineOptions): Trace[] =>
    [(point: Point) => point.items, (point: Point) => 100 * point.recall50].map((of, panel) =>
      line(points.map(({ step }) => step), points.map(of), style, {
        hover: "step %{x:,}: %{y:.1f}",
        ...own,
        own: { legendgroup: style.name, showlegend: panel === 0, ...on(panel) },
      })
    );
  const steps = stepAxis([], false, "training step");
  return draw({
    finding: `${counted(after.at(-1)!.step, "step")} of ${second.name} change effective items ` +
      `from ${start.items.toFixed(1)} to ${end.items.toFixed(1)}`,
    about: [
      `${before.data.name}, valid users, seed ${before.seed}`,
      "vertical line: the switch",
    ],
    more: `The switch is at the best step of ${first.name}.` +
      (halfway === null
        ? ""
        : ` Halfway to ${second.name} from the start within ${
          counted(halfway - before.bestStep, "step")
        }.`),
    runs: recordedKeys([before, throughout]),
    height: 400,
    data: [
      ...curves(always, {
        name: `${second.name} from the start`,
        colour: second.colour,
        dash: "dot",
      }, { width: 1.5 }),
      ...curves(until, { name: first.name, colour: first.colour }, { width: 3 }),
      ...curves(since, { ...second, name: `then ${second.name}`, dash: "solid" }, {
        width: 3,
        marks: 7,
      }),
    ],
    layout: {
      hovermode: "closest",
      ...panels([
        { x: steps, y: axis("effective items", { rangemode: "tozero" }) },
        { x: steps, y: axis("valid recall@50 (%), higher is better", { rangemode: "tozero" }) },
      ], { xgap: 0.18 }),
      shapes: [0, 1].map((panel) =>
        rule({ x: before.bestStep }, { dash: "solid", ending: panelEnding(panel) })
      ),
    },
  });
}

/** How two objectives are called and drawn; of one method by strengths, the first grey. */
function stylesOf(configs: readonly [MethodConfig, MethodConfig]): readonly [Style, Style] {
  const [first, second] = configs.map((config) => methodOf(config)) as [Method, Method];
  if (first.name !== second.name) return [first, second];
  const [before, after] = configs.map((config) => methodInWords(config)) as [string, string];
  return [{ name: before, colour: ink.muted }, { ...second, name: after }];
}

/** A run's evaluations, of which there is at least one. */
function pointsOf({ curve, key }: Run): Point[] {
  if (curve.length === 0) {
    throw new BadInput("no evaluation", `figure's run ${key}`, "[]", "Train it for longer.");
  }
  return curve.map(({ step, valid, measures }) =>
    pointOf(step, valid[50]!.recall, measures, `figure's run ${key}, step`)
  );
}

function pointOf(
  step: number,
  recall50: number,
  measures: Measures | undefined,
  where: string,
): Point {
  const items = measures?.["effective-items"];
  if (items !== undefined) return { step, recall50, items };
  throw new BadInput("no measures", where, step, "Train it with watch.");
}

/** The first step whose items are halfway to an end, up or down; null if none is. */
function stepHalfway(since: readonly Point[], end: number): number | null {
  const from = since[0]!.items;
  if (end === from) return null;
  const half = (from + end) / 2;
  return since.find(({ items }) => end > from ? items >= half : items <= half)?.step ?? null;
}
