/** The paper's figure of Recall@50 against the number of sampled negatives, and its table. */
import { BadInput } from "../../base/bad_input.ts";
import { cutShort, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { seedsInWords, type Spread, spreadOf } from "../../compare/spread.ts";
import { type LineStyle, methodOf } from "../../results/method.ts";
import { type Row, type Table, table } from "../../show/table.ts";
import { grouped } from "../../show/theme.ts";
import { findingOf } from "../results/sweep_finding.ts";
import { axis, logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { band, line, seedPoints } from "../grammar/marks.ts";
import { linesByMethod, type MethodLine, type Point, symbolOf } from "../../compare/group_runs.ts";

/** What the runs of a method reach. */
interface Line {
  readonly style: LineStyle;
  /** by S, ascending; of the full softmax one point with infinite S */
  readonly points: readonly { readonly S: number; readonly recall: Spread }[];
}

/**
 * Test recall@50 against S on a logarithmic axis, a line a method: mean over seeds, whiskers from
 * the least to the greatest. Dashed: the full softmax of the same method, with a band for its
 * seeds. There is no full softmax with IHN, so RR alone stands for REMI's.
 *
 * @param runs   of one data set that differ in method, S and seed
 * @param folder of results, with the hits of users
 * @throws {BadInput} for no runs with sampled negatives, several data sets, or a seed that appears
 *                    twice
 */
export async function sampledNegatives(runs: readonly Run[], folder?: string): Promise<Figure> {
  const methods = linesByMethod(runs, "S");
  const lines = methods.map(recallOf);
  const sampled = lines.filter(({ points }) => points[0]!.S < Infinity);
  const full = lines.filter(({ points }) => points[0]!.S === Infinity);
  if (sampled.length === 0) {
    throw new BadInput("none with sampled negatives", "figure's runs", runs.length, "Add some.");
  }
  const values = [...new Set(sampled.flatMap(({ points }) => points.map(({ S }) => S)))]
    .sort((a, b) => a - b);
  const cut = cutShort(runs);
  const edges = [values[0]! / 1.3, values.at(-1)! * 1.3] as const;
  const own = { tickformat: "," };
  const told = methods.map(({ points }) => points).filter(([first]) => first!.value < Infinity);
  return draw({
    finding: await findingOf(told, "Recall@50", symbolOf("S"), folder),
    more: `${[...sampled, ...full].map(inWords).join("; ")}.`,
    about: [
      `${runs[0]!.data.name}, test users`,
      mostSeeds(sampled) === 1 ? "one seed a point" : `mean and range of ${seedsOf(sampled)}`,
      full.length > 0 && `dashed: full softmax, ${seedsOf(full)}`,
      cut && `${cut} before early stopping`,
    ],
    runs: recordedKeys(runs),
    height: 490,
    data: [...full.flatMap((line) => fullTraces(line, edges)), ...sampled.map(sampledTrace)],
    layout: {
      hovermode: "closest",
      xaxis: logAxis("sampled negatives S (log scale)", edges, { marked: values, own }),
      yaxis: axis("test recall@50 (%)", { rangemode: "tozero" }),
    },
  });
}

/** A method's test recall@50 by S, in %. */
function recallOf({ style, points }: MethodLine): Line {
  return {
    style,
    points: points.map(({ value, runs }) => ({
      S: value,
      recall: spreadOf(runs.map((run) => 100 * run.test[50]!.recall)),
    })),
  };
}

function sampledTrace({ style, points }: Line): Trace {
  const spreads = points.map(({ recall }) => recall);
  return seedPoints(points.map(({ S }) => S), spreads, { ...style, dash: "solid" }, {
    hover: "S = %{x:,}<br>recall@50 %{y:.2f} %, %{text}",
    joined: true,
    size: 9,
    own: { text: spreads.map(({ n }) => seedsInWords([n])) },
  });
}

function fullTraces({ style, points }: Line, edges: readonly [number, number]): Trace[] {
  const { mean, least, most, n } = points[0]!.recall;
  const own = { legendgroup: style.name };
  return [
    ...n > 1 ? [band(edges, [least, least], [most, most], style.colour, own)] : [],
    line(edges, [mean, mean], { ...style, dash: "dash" }, {
      hover: "recall@50 %{y:.2f} %",
      width: 2,
      own,
    }),
  ];
}

/** "3 seeds", "1–3 seeds": of the points of some lines */
function seedsOf(lines: readonly Line[]): string {
  return seedsInWords(countsOf(lines));
}

/** The most seeds of a point. */
function mostSeeds(lines: readonly Line[]): number {
  return Math.max(...countsOf(lines));
}

function countsOf(lines: readonly Line[]): number[] {
  return lines.flatMap(({ points }) => points.map(({ recall }) => recall.n));
}

/** "REMI: 34.9 % at S = 10, 36.2 % at S = 40"; of the full softmax "ComiRec-SA: 23.8 % with all" */
function inWords({ style, points }: Line): string {
  const where = (S: number) => S === Infinity ? "with all items" : `at S = ${grouped(S)}`;
  const numbers = points.map(({ S, recall }) => `${recall.mean.toFixed(1)} % ${where(S)}`);
  return `${style.name}: ${numbers.join(", ")}`;
}

/**
 * Test recall@50 in % by method and S, and with the full softmax over all items: the mean over
 * seeds, with the range from two seeds on, and the number of seeds. What is not recorded is a dash.
 *
 * @param runs of one data set that differ in method, S and seed
 * @throws {BadInput} for no runs, or a seed that one method and S has twice
 */
export function sampledTable(runs: readonly Run[]): Table {
  const lines = linesByMethod(runs, "S");
  const sizes = [...new Set(lines.flatMap(({ points }) => points.map(({ value }) => value)))]
    .sort((a, b) => a - b);
  const byMethod = Map.groupBy(lines, ({ style }) => `${style.model}${style.variant}`);
  const rows = [...byMethod.values()].map((lines): Row => {
    const points = lines.flatMap(({ points }) => points);
    const at = (S: number) => recall(points.find(({ value }) => value === S));
    const { config } = points[0]!.runs[0]!;
    const objective = { ...config.objective, softmax: "sampled" } as const;
    return {
      method: methodOf({ ...config, objective }).name,
      ...Object.fromEntries(
        sizes.filter(Number.isFinite).map((S) => [`S = ${grouped(S)}`, at(S)] as const),
      ),
      "all items": at(Infinity),
    };
  });
  return table(rows, {
    caption: `Test recall@50 of ${runs[0]!.data.name}, %: mean (least to greatest; seeds)`,
    runs: recordedKeys(runs),
  });
}

/** "36.3 (35.9 to 36.6; 3)", or "36.3 (1)". */
function recall(point: Point | undefined): string | null {
  if (!point) return null;
  const { mean, least, most, n } = spreadOf(
    point.runs.map((run) => 100 * run.test[50]!.recall),
  );
  const range = n === 1 ? "" : `${least.toFixed(1)} to ${most.toFixed(1)}; `;
  return `${mean.toFixed(1)} (${range}${n})`;
}
