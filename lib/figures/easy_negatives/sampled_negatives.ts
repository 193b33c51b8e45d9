/** The paper's figure of Recall@50 against the number of sampled negatives. */
import { BadInput } from "../../base/bad_input.ts";
import { cutShort, recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { seedsInWords, type Spread, spreadOf } from "../../compare/spread.ts";
import type { LineStyle } from "../../results/method.ts";
import { grouped, houseLayout, translucent } from "../../show/theme.ts";
import { whiskers } from "../grammar/marks.ts";
import { linesByMethod, type MethodLine } from "../../compare/group_runs.ts";

/** The runs of a method, by what they differ in. */
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
 * @param runs of one data set that differ in method, S and seed
 * @throws {BadInput} for no runs with sampled negatives, several data sets, or a seed that appears
 *                    twice
 */
export function sampledNegatives(runs: readonly Run[]): Figure {
  const lines = linesByMethod(runs, "S").map(recallOf);
  const sampled = lines.filter(({ points }) => points[0]!.S < Infinity);
  const full = lines.filter(({ points }) => points[0]!.S === Infinity);
  if (sampled.length === 0) {
    throw new BadInput("none with sampled negatives", "figure's runs", runs.length, "Add some.");
  }
  const values = [...new Set(sampled.flatMap(({ points }) => points.map(({ S }) => S)))]
    .sort((a, b) => a - b);
  const finding = findingOf(sampled, values);
  const counts = lines.flatMap(({ points }) => points.map(({ recall }) => recall.n));
  const cut = cutShort(runs);
  const about = [
    `${runs[0]!.data.name}, test users`,
    Math.max(...counts) === 1 ? "one seed a point" : `mean and range of ${seedsInWords(counts)}`,
    full.length > 0 && "dashed: full softmax",
    cut && `${cut} before early stopping`,
  ].filter(Boolean).join(" · ");
  const edges = [values[0]! / 1.3, values.at(-1)! * 1.3] as const;
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(runs),
    data: [...full.flatMap((line) => fullTraces(line, edges)), ...sampled.map(sampledTrace)],
    layout: houseLayout({ finding, about, height: 470 }, {
      hovermode: "closest",
      xaxis: {
        title: { text: "sampled negatives S (log scale)" },
        type: "log",
        tickvals: values,
        ticktext: values.map(grouped),
        range: edges.map(Math.log10),
      },
      yaxis: { title: { text: "test recall@50 (%)" }, rangemode: "tozero" },
    }),
  };
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
  return {
    type: "scatter",
    mode: "lines+markers",
    name: style.name,
    x: points.map(({ S }) => S),
    y: spreads.map(({ mean }) => mean),
    error_y: {
      ...whiskers(spreads),
      color: style.colour,
      thickness: 1.5,
      width: 5,
      visible: spreads.some(({ n }) => n > 1),
    },
    line: { color: style.colour, width: 2.5 },
    marker: { symbol: style.symbol, size: 9, color: style.colour },
    text: spreads.map(({ n }) => seedsInWords([n])),
    hovertemplate: `${style.name}, S = %{x:,}<br>recall@50 %{y:.2f} %, %{text}<extra></extra>`,
  };
}

function fullTraces({ style, points }: Line, [left, right]: readonly [number, number]): Trace[] {
  const { mean, least, most, n } = points[0]!.recall;
  const band: Trace = {
    type: "scatter",
    mode: "none",
    x: [left, right, right, left],
    y: [least, least, most, most],
    fill: "toself",
    fillcolor: translucent(style.colour, 0.18),
    legendgroup: style.name,
    showlegend: false,
    hoverinfo: "skip",
  };
  return [...(n > 1 ? [band] : []), {
    type: "scatter",
    mode: "lines",
    name: style.name,
    legendgroup: style.name,
    x: [left, right],
    y: [mean, mean],
    line: { color: style.colour, width: 2, dash: "dash" },
    hovertemplate: `${style.name}<br>recall@50 %{y:.2f} %<extra></extra>`,
  }];
}

/** What each method has with the fewest and with the most negatives that it was trained with. */
function findingOf(lines: readonly Line[], values: readonly number[]): string {
  const list = lines.map(({ style, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    const at = ({ S, recall }: typeof first) => `${recall.mean.toFixed(1)} % at S = ${grouped(S)}`;
    const same = first.S === values[0] && last.S === values.at(-1) && first !== last;
    const words = same
      ? `${first.recall.mean.toFixed(1)} to ${last.recall.mean.toFixed(1)} %`
      : first === last
      ? at(first)
      : `${at(first)} to ${at(last)}`;
    return `${words} with ${style.name}`;
  });
  const range = values.length > 1
    ? ` from S = ${grouped(values[0]!)} to ${grouped(values.at(-1)!)}`
    : "";
  return `Test recall@50${range}: ${list.join(", ")}`;
}
