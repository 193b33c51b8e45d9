/** RR switched on late: what a collapsed model becomes, beside one that had RR from the start. */
import type { AfterSwitch } from "../../analyze/switch_objective.ts";
import { BadInput } from "../../base/bad_input.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { styleOfRun } from "../../compare/methods.ts";
import { houseLayout, ink } from "../../show/theme.ts";

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
 * @throws {BadInput} if a run has no measures
 */
export function switchedObjective({ before, after, throughout }: SwitchedObjective): Figure {
  const [first, second] = [before, throughout].map((run) => styleOfRun(run.config));
  const until = pointsOf(before).filter(({ step }) => step <= before.bestStep);
  const since = after.map(({ step, recall50, measures }): Point => ({
    step: before.bestStep + step,
    recall50,
    items: measures["effective-items"]!,
  }));
  const from = since[0]!.items;
  const half = (from + pointsOf(throughout).at(-1)!.items) / 2;
  const halfway = after.find(({ measures }) => measures["effective-items"]! >= half);
  const finding = `${after.at(-1)!.step.toLocaleString("en-US")} steps after RR is switched on ` +
    `an interest draws on ${since.at(-1)!.items.toFixed(1)} items in place of ${from.toFixed(1)}` +
    (halfway ? `, halfway to RR from the start within ${halfway.step}` : "");
  const about = `${before.data.name}, valid users, seed ${before.seed}\u00a0· vertical line: the ` +
    `switch, at the best step of ${first!.name}`;
  const line = (name: string, points: readonly Point[], style: object): Trace[] =>
    (["items", "recall50"] as const).map((what, p) => ({
      type: "scatter",
      mode: "lines",
      name,
      legendgroup: name,
      showlegend: p === 0,
      x: points.map(({ step }) => step),
      y: points.map((point) => what === "items" ? point.items : 100 * point.recall50),
      ...style,
      ...(p === 0 ? {} : { xaxis: "x2", yaxis: "y2" }),
      hovertemplate: `${name}<br>step %{x:,}: %{y:.1f}<extra></extra>`,
    }));
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys([before, throughout]),
    data: [
      ...line(`${second!.name} from the start`, pointsOf(throughout), {
        line: { color: second!.colour, width: 1.5, dash: "dot" },
      }),
      ...line(first!.name, until, { line: { color: first!.colour, width: 3 } }),
      ...line(`then ${second!.name}`, since, {
        mode: "lines+markers",
        line: { color: second!.colour, width: 3 },
        marker: { symbol: second!.symbol, size: 7 },
      }),
    ],
    layout: houseLayout({ finding, about, height: 400 }, {
      grid: { rows: 1, columns: 2, pattern: "independent", xgap: 0.18 },
      hovermode: "closest",
      margin: { b: 100 },
      legend: { orientation: "h", x: 0, yref: "container", y: 0.02, yanchor: "bottom" },
      xaxis: { title: { text: "training step" }, tickformat: "~s", rangemode: "tozero" },
      xaxis2: { title: { text: "training step" }, tickformat: "~s", rangemode: "tozero" },
      yaxis: { title: { text: "effective items" }, rangemode: "tozero" },
      yaxis2: { title: { text: "valid recall@50 (%)" }, rangemode: "tozero" },
      shapes: ["", "2"].map((panel) => ({
        type: "line",
        xref: `x${panel}`,
        x0: before.bestStep,
        x1: before.bestStep,
        yref: `y${panel} domain`,
        y0: 0,
        y1: 1,
        line: { color: ink.axis, width: 1 },
      })),
    }),
  };
}

function pointsOf({ curve, key }: Run): Point[] {
  return curve.map(({ step, valid, measures }) => {
    const items = measures?.["effective-items"];
    if (items !== undefined) return { step, recall50: valid[50]!.recall, items };
    throw new BadInput("no measures", `figure's run ${key}`, step, "Train it with watch.");
  });
}
