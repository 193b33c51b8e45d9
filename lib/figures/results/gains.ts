/** How much of the way from one method to another some others go: recall and HR over seeds. */
import type { Comparison, Contender } from "../../compare/comparisons.ts";
import { cutShort, recordedKeys, type Run } from "../../train/run.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { methodOf } from "../../results/method.ts";
import { alike } from "../../compare/group_runs.ts";
import { apart, seedsInWords, spreadOf } from "../../compare/spread.ts";
import { houseLayout, ink } from "../../show/theme.ts";
import { panelEnding } from "../grammar/panels.ts";
import { whiskers } from "../grammar/marks.ts";

/** A column of panels. */
const metrics = [
  { name: "recall@50", of: ({ test }: Run) => 100 * test[50]!.recall },
  { name: "HR@50", of: ({ test }: Run) => 100 * test[50]!.hr },
] as const;
type Metric = (typeof metrics)[number];

/** Heights of a row, of what stands between two panels, and of a panel's name; CSS pixels. */
const [ROW, AROUND, NAME] = [30, 84, 26];

/**
 * A row of panels for each data set, recall@50 on the left and HR@50 on the right: a mark at the
 * mean over seeds with whiskers from the least to the greatest. Thin lines stand at the two ends
 * that are compared; to the right of each of the others, the share that it makes of the gain
 * between them.
 *
 * @throws {BadInput} for no comparison, or for several settings under one name
 */
export function gains(comparisons: readonly Comparison[]): Figure {
  if (comparisons.length === 0) {
    throw new BadInput("nothing to compare", "figure's comparisons", "[]", "Record some runs.");
  }
  const finding = findingOf(comparisons);
  const everyone = comparisons.flatMap(contendersOf);
  const seeds = everyone.map(({ runs }) => runs.length);
  const runs = everyone.flatMap((contender) => contender.runs);
  const about = [
    "test users",
    `marks: mean of ${seedsInWords(seeds)}, whiskers: least and greatest`,
    "numbers: share of the gain, ≈ where the seeds do not tell it from the whole",
    Math.min(...seeds) === 1 && "*: one seed",
    cutShort(runs) && `some runs ${cutShort(runs)}`,
  ].filter(Boolean).join("\u00a0· ");
  const domains = domainsOf(comparisons);
  return {
    alt: `${finding}. ${about}.`,
    runs: recordedKeys(runs),
    data: comparisons.flatMap((comparison, c) =>
      metrics.flatMap((metric, m) => tracesOf(comparison, metric, 2 * c + m))
    ),
    layout: houseLayout({ finding, about, height: 140 + domains.height }, {
      showlegend: false,
      hovermode: "closest",
      margin: { l: 140, r: 70 },
      annotations: comparisons.flatMap((comparison, c) => [
        nameOf(comparison, 2 * c),
        ...metrics.flatMap((metric, m) => sharesOf(comparison, metric, 2 * c + m)),
      ]),
      shapes: comparisons.flatMap((comparison, c) =>
        metrics.flatMap((metric, m) => endsOf(comparison, metric, 2 * c + m))
      ),
      ...Object.fromEntries(
        comparisons.flatMap((comparison, c) =>
          metrics.flatMap((metric, m) => axesOf(comparison, metric, 2 * c + m, domains.of[c]!))
        ),
      ),
    }),
  };
}

function contendersOf({ from, to, others }: Comparison): Contender[] {
  return [from, ...others, to].map(({ label, runs }) => ({ label, runs: alike(runs) }));
}

function meanOf({ runs }: Contender, metric: Metric): number {
  return spreadOf(runs.map(metric.of)).mean;
}

/** The share of the gain between the ends, in %; null where there is none to share. */
function shareOf(contender: Contender, { from, to }: Comparison, metric: Metric): number | null {
  const gain = meanOf(to, metric) - meanOf(from, metric);
  return gain > 0 ? 100 * (meanOf(contender, metric) - meanOf(from, metric)) / gain : null;
}

/** Beyond this share the gain is so small that a number would say little, in %. */
const MANIFOLD = 200;

/**
 * What the first of the others makes of the gain, on the data sets where it is recorded; HR only
 * where they are few.
 */
function findingOf(comparisons: readonly Comparison[]): string {
  const { from, to, others: [first] } = comparisons[0]!;
  const [recall, hr] = metrics;
  const found = comparisons.flatMap((comparison) => {
    const contender = comparison.others.find(({ label }) => label === first!.label);
    return contender ? [{ contender, comparison }] : [];
  });
  const said = found.map(({ contender, comparison }, c) => {
    const inWords = (metric: Metric) => {
      const share = shareOf(contender, comparison, metric);
      if (share === null) return "none";
      if (share <= MANIFOLD) return `${share.toFixed(0)} %`;
      const [own, whole] = [contender, comparison.to]
        .map((end) => (meanOf(end, metric) - meanOf(comparison.from, metric)).toFixed(1));
      return `more than twice (${own} points against ${whole})`;
    };
    const gain = c > 0 ? "" : ` of the gain from ${from.label} to ${to.label} in recall@50`;
    const inHr = found.length > 2 ? "" : ` (${inWords(hr)}${c > 0 ? "" : " in HR@50"})`;
    return `${inWords(recall)}${gain}${inHr} on ${comparison.data}`;
  });
  return `${first!.label} makes ${said.join(", ")}`.replaceAll(" = ", "\u00a0=\u00a0");
}

function tracesOf(comparison: Comparison, metric: Metric, panel: number): Trace[] {
  const axes = { xaxis: `x${panelEnding(panel)}`, yaxis: `y${panelEnding(panel)}` };
  return contendersOf(comparison).map((contender): Trace => {
    const { label, runs } = contender;
    const spread = spreadOf(runs.map(metric.of));
    const { colour, symbol } = methodOf(runs[0]!.config);
    return {
      type: "scatter",
      mode: "markers",
      name: label,
      x: [spread.mean],
      y: [label],
      error_x: { ...whiskers([spread]), color: colour, thickness: 2, width: 5 },
      marker: { symbol, size: 11, color: colour },
      cliponaxis: false,
      hovertemplate: `${label}, ${seedsInWords([runs.length])}<br>mean %{x:.2f} %, ` +
        `${spread.least.toFixed(2)} to ${spread.most.toFixed(2)}<extra></extra>`,
      ...axes,
    };
  });
}

/** The data set's name above its first panel. */
function nameOf({ data }: Comparison, panel: number): object {
  return {
    text: `<b>${data}</b>`,
    xref: `x${panelEnding(panel)} domain`,
    x: 0,
    yref: `y${panelEnding(panel)} domain`,
    y: 1,
    yshift: 22,
    xanchor: "left",
    showarrow: false,
    font: { size: 14, color: ink.text },
  };
}

/** The shares of the gain, to the right of a panel. */
function sharesOf(comparison: Comparison, metric: Metric, panel: number): object[] {
  return comparison.others.map((contender) => {
    return {
      text: shareInWords(contender, comparison, metric),
      xref: `x${panelEnding(panel)} domain`,
      x: 1.03,
      xanchor: "left",
      yref: `y${panelEnding(panel)}`,
      y: contender.label,
      showarrow: false,
      font: { size: 12, color: ink.text },
    };
  });
}

/** "98 %", "≈ 98 %" if several seeds of both do not tell it from the end, "98 % *" for one seed. */
function shareInWords(contender: Contender, comparison: Comparison, metric: Metric): string {
  const share = shareOf(contender, comparison, metric);
  if (share === null) return "–";
  const words = (share > MANIFOLD ? `> ${MANIFOLD} %` : `${share.toFixed(0)} %`)
    .replace(/^-0 /, "0 ").replace("-", "−");
  const [its, theEnd] = [contender, comparison.to].map(({ runs }) => spreadOf(runs.map(metric.of)));
  const fewest = Math.min(its!.n, theEnd!.n);
  if (fewest === 1) return `${words} *`;
  return apart(its!, theEnd!) ? words : `≈ ${words}`;
}

function endsOf({ from, to }: Comparison, metric: Metric, panel: number): object[] {
  return [from, to].map((end) => ({
    type: "line",
    xref: `x${panelEnding(panel)}`,
    x0: meanOf(end, metric),
    x1: meanOf(end, metric),
    yref: `y${panelEnding(panel)} domain`,
    y0: 0,
    y1: 1,
    layer: "below",
    line: { color: methodOf(end.runs[0]!.config).colour, width: 1, dash: "dot" },
  }));
}

/** The panels' heights follow their rows. */
function domainsOf(comparisons: readonly Comparison[]): { height: number; of: [number, number][] } {
  const heights = comparisons.map((comparison) => ROW * contendersOf(comparison).length);
  const height = heights.reduce((sum, rows) => sum + rows + AROUND, NAME - AROUND);
  let top = 1 - NAME / height;
  return {
    height,
    of: heights.map((rows): [number, number] => {
      const domain: [number, number] = [Math.max(0, top - rows / height), top];
      top = domain[0] - AROUND / height;
      return domain;
    }),
  };
}

function axesOf(
  comparison: Comparison,
  metric: Metric,
  panel: number,
  domain: readonly [number, number],
): [string, object][] {
  const left = panel % 2 === 0;
  const labels = contendersOf(comparison).map(({ label }) => label);
  return [
    [`xaxis${panelEnding(panel)}`, {
      title: { text: `test ${metric.name} (%)`, standoff: 4 },
      domain: left ? [0, 0.44] : [0.56, 1],
      anchor: `y${panelEnding(panel)}`,
      nticks: 6,
    }],
    [`yaxis${panelEnding(panel)}`, {
      domain,
      anchor: `x${panelEnding(panel)}`,
      categoryorder: "array",
      categoryarray: labels,
      range: [labels.length - 0.4, -0.6],
      showticklabels: left,
      ticks: "",
    }],
  ];
}
