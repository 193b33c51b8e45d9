/** What one setting does: metrics and measures against β, λ or K, over seeds. */
import { requireNearest } from "../../analyze/selected_interest.ts";
import { BadInput } from "../../base/bad_input.ts";
import { cutShort, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { inHouseOrder, methodOf } from "../../results/method.ts";
import { seedsInWords } from "../../compare/spread.ts";
import { ink } from "../../show/theme.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { line as drawnLine, seedPoints } from "../grammar/marks.ts";
import { inOneLegend, on, panels } from "../grammar/panels.ts";
import { measuredUsersOf } from "../grammar/sample_words.ts";
import {
  type Line,
  linesOf,
  requireSwept,
  type Swept,
  symbolOf,
  valueInWords,
  whatDiffers,
} from "../../compare/group_runs.ts";
import { findingOf } from "./sweep_finding.ts";
import {
  axisOf,
  inWords,
  isMetric,
  requireShown,
  type Shown,
  spreadOfPoint,
  withValues,
} from "./sweep_values.ts";
import { oneDataSet } from "../../compare/together.ts";

const axes: Readonly<Record<Swept, string>> = {
  beta: "β of IHN",
  lambda: "λ of RR",
  K: "interests K",
  S: "sampled negatives S",
  L: "history length L",
  learningRate: "learning rate",
};

/** What is swept, and what is shown of it. */
export interface SweepOptions {
  readonly over: Swept;
  /** a panel each; the title speaks of the first */
  readonly show: readonly Shown[];
  /** of results, with the hits of users */
  readonly folder?: string;
}

/**
 * Metrics or measures against one setting: a line for all runs that differ in nothing else, points
 * at the mean over seeds, whiskers from the least to the greatest seed. Points keep the colour and
 * symbol of their method. The axis is logarithmic, with 0 set beside its lower end and the full
 * softmax, whose S is all items, beside its upper one. The title says what the
 * marks of {@linkcode sweepTable} say of the same runs.
 *
 * @throws {BadInput} for no runs, several data sets, a seed that one value has twice, no such
 *                    setting, or something shown that there is not or that no run has measured
 */
export async function sweep(
  runs: readonly Run[],
  { over, show, folder }: SweepOptions,
): Promise<Figure> {
  requireSwept(over, "figure.sweep, over");
  if (!Array.isArray(show) || show.length === 0) {
    throw new BadInput("not a list", "figure.sweep, show", show, 'For example ["Recall@50"].');
  }
  for (const what of show) requireShown(what, "figure.sweep, show");
  const data = oneDataSet(runs);
  const lines = inOrder(linesOf(runs, over));
  const names = namesOf(lines, over);
  const measured = show.map((what) =>
    lines.map((line, l): NamedLine => ({ name: names[l]!, points: withValues(line, what) }))
  );
  measured.forEach((ofPanel, p) => {
    if (ofPanel.some(({ points }) => points.length > 0)) return;
    const what = show[p]!;
    const recorded = runs.find(({ measures }) => measures?.[what] !== undefined);
    if (recorded) requireNearest(recorded, "sweep's show");
    throw new BadInput("not measured in any run", "sweep's show", what, "Train them again.");
  });
  const spoken = measured[0]!.filter(({ points }) => points.length > 0);
  const seeds = measured.flat().flatMap(({ points }) => points.map((point) => point.runs.length));
  const cut = cutShort(runs);
  const values = [...new Set(lines.flat().map(({ value }) => value))].sort((a, b) => a - b);
  const places = placesOf(values);
  const xaxis = axis(axes[over], {
    tickmode: "array",
    tickvals: values.map((value) => places.get(value)),
    ticktext: values.map(valueInWords),
  });
  return draw({
    finding: await findingOf(
      spoken.map(({ points }) => points),
      show[0]!,
      symbolOf(over),
      folder,
    ),
    about: [
      data,
      [
        show.some(isMetric) && "test users",
        !show.every(isMetric) && `measures: ${measuredUsersOf(runs)}`,
      ].filter(Boolean).join(", "),
      `mean and range of ${seedsInWords(seeds)}`,
      cut,
    ],
    more: `${spoken.map((line) => inNumbers(line, show[0]!, over)).join("; ")}.`,
    runs: recordedKeys(runs),
    height: 110 + 300 * Math.ceil(show.length / 2),
    data: inOneLegend(
      measured.flatMap((ofPanel, p) =>
        ofPanel.flatMap(({ points }) => tracesOf(points, show[p]!, p, places, symbolOf(over)))
      ),
    ),
    layout: {
      hovermode: "closest",
      ...panels(
        show.map((what) => ({
          x: xaxis,
          y: axis(axisOf(what), { rangemode: isMetric(what) ? "normal" : "tozero" }),
        })),
        { xgap: 0.16, ygap: 0.24 },
      ),
    },
  });
}

/** Lines in the house order of what they begin with. */
export function inOrder(lines: readonly Line[]): Line[] {
  return inHouseOrder(lines, ([first]) => first!.runs[0]!.config);
}

/** A line, and the methods that it goes through: "RR alone to REMI". */
interface NamedLine {
  readonly name: string;
  readonly points: Line;
}

/** Lines through the same methods are told apart by the settings in which they differ. */
export function namesOf(lines: readonly Line[], over: Swept): string[] {
  const names = lines.map((line) =>
    [...new Set(line.map(({ runs }) => methodOf(runs[0]!.config).name))].join(" to ")
  );
  const differing = whatDiffers(lines.map((line) => line.flatMap(({ runs }) => runs)), over);
  return names.map((name, l) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${differing[l]})`
  );
}

function inNumbers({ name, points }: NamedLine, what: Shown, over: Swept): string {
  const numbers = points.map((point) =>
    `${inWords(spreadOfPoint(point, what).mean, what)} at ` +
    `${symbolOf(over)} = ${valueInWords(point.value)}`
  );
  return `${name}: ${numbers.join(", ")}`;
}

/** Where values stand on the axis: at their logarithm, 0 and all items a step beyond its ends. */
function placesOf(values: readonly number[]): Map<number, number> {
  const logs = values.filter((value) => value > 0 && value < Infinity).map(Math.log10);
  const [least, most] = [logs[0] ?? 0, logs.at(-1) ?? 0];
  const step = logs.length > 1 ? (most - least) / (logs.length - 1) : 1;
  const placeOf = (value: number) =>
    value === Infinity ? most + step : value > 0 ? Math.log10(value) : least - step;
  return new Map(values.map((value) => [value, placeOf(value)]));
}

function tracesOf(
  line: Line,
  what: Shown,
  panel: number,
  places: ReadonlyMap<number, number>,
  symbol: string,
): Trace[] {
  const points = line.map(({ value, runs }, i) => ({
    value,
    x: places.get(value)!,
    spread: spreadOfPoint(line[i]!, what),
    style: methodOf(runs[0]!.config),
  }));
  const last = points.at(-1)?.style;
  const through = drawnLine(points.map(({ x }) => x), points.map(({ spread }) => spread.mean), {
    colour: last?.colour ?? ink.muted,
    dash: last?.dash ?? "solid",
  }, { width: 1.5, own: on(panel) });
  const byMethod = Map.groupBy(points, ({ style }) => style.name);
  return [
    through,
    ...[...byMethod.values()].map((its) =>
      seedPoints(its.map(({ x }) => x), its.map(({ spread }) => spread), its[0]!.style, {
        hover: "%{text}<br>mean %{y:.4g}",
        own: {
          legendgroup: its[0]!.style.name,
          legendrank: 1000 + its[0]!.style.rank,
          text: its.map(({ value, spread }) =>
            `${symbol} = ${valueInWords(value)}<br>${inWords(spread.least, what)} to ` +
            `${inWords(spread.most, what)}, ${seedsInWords([spread.n])}`
          ),
          ...on(panel),
        },
      })
    ),
  ];
}
