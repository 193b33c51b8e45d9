/** What the methods find: Recall and HR at 20 and 50 of the test users. */
import { mean } from "../../base/statistics.ts";
import { recordedKeys, type Run } from "../../train/run.ts";
import type { Figure, Trace } from "../../show/figure.ts";
import { ink, percent } from "../../show/theme.ts";
import { firstAndLast } from "../../show/words.ts";
import { axis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { said } from "../grammar/marks.ts";
import { type MethodRuns, runsByMethod } from "../../compare/group_runs.ts";
import { seedsOfMethods } from "../../compare/spread.ts";

const metrics = [
  { label: "Recall@20", of: (run: Run) => 100 * run.test[20]!.recall },
  { label: "Recall@50", of: (run: Run) => 100 * run.test[50]!.recall },
  { label: "HR@20", of: (run: Run) => 100 * run.test[20]!.hr },
  { label: "HR@50", of: (run: Run) => 100 * run.test[50]!.hr },
];

/**
 * Bars of the mean over seeds, by method, with a point a seed. A method with a run that ended
 * before early stopping is hatched and called "capped", or "stopped by hand".
 *
 * @throws {BadInput} for no runs, several data sets, several settings of one method, or one of its
 *                    seeds twice
 */
export function metricBars(runs: readonly Run[]): Figure {
  const groups = runsByMethod(runs);
  const ranked = groups
    .map(({ style, runs }) => ({ style, recall: mean(runs.map((run) => run.test[50]!.recall)) }))
    .sort((a, b) => b.recall - a.recall);
  const greatest = Math.max(...runs.flatMap((run) => metrics.map((metric) => metric.of(run))));
  const inWords = ranked.map(({ style, recall }) => `${style.name} ${percent(recall)} %`);
  return draw({
    finding: `Test recall@50: ${firstAndLast(inWords).join(", ")}`,
    more: inWords.length > 2 ? `All: ${inWords.join(", ")}.` : undefined,
    about: [
      `${runs[0]!.data.name}, test users`,
      `bars: mean of ${seedsOfMethods(groups.map(({ runs }) => runs.length))}, points: seeds`,
    ],
    runs: recordedKeys(runs),
    data: groups.flatMap((group, i) => tracesOf(group, i, groups.length)),
    layout: {
      barmode: "overlay", // every bar has its own place
      xaxis: {
        tickmode: "array",
        tickvals: metrics.map((_, m) => m),
        ticktext: metrics.map((metric) => metric.label),
        ticks: "",
        showgrid: false,
        range: [-0.5, metrics.length - 0.5],
      },
      yaxis: axis("share (%)", { range: [0, 1.15 * greatest] }), // with room for the means
    },
  });
}

function tracesOf({ style, runs, cut }: MethodRuns, index: number, count: number): Trace[] {
  const width = 0.82 / count;
  const place = metrics.map((_, m) => m + (index - (count - 1) / 2) * width);
  const means = metrics.map((metric) => mean(runs.map(metric.of)));
  const top = metrics.map((metric) => Math.max(...runs.map(metric.of)));
  const name = cut === null ? style.name : `${style.name} (${cut})`;
  const seeds = runs.flatMap((run, r) =>
    metrics.map((metric, m) => ({
      x: place[m]! + width * 0.7 * ((r + 0.5) / runs.length - 0.5), // clear of the neighbours
      y: metric.of(run),
      seed: run.seed,
    }))
  );
  return [
    {
      type: "bar",
      name,
      legendgroup: name,
      x: place,
      y: means,
      width: width * 0.92,
      marker: {
        color: style.colour,
        line: { color: style.colour, width: 1.5 },
        ...(cut !== null
          ? { pattern: { shape: "/", fillmode: "overlay", fgcolor: "#ffffff", size: 8 } }
          : {}),
      },
      ...said("mean %{y:.2f} %", name),
    },
    {
      type: "scatter",
      mode: "markers",
      x: seeds.map((s) => s.x),
      y: seeds.map((s) => s.y),
      customdata: seeds.map((s) => s.seed),
      legendgroup: name,
      showlegend: false,
      marker: {
        symbol: style.symbol,
        size: 6,
        color: "#ffffff",
        line: { color: ink.text, width: 1.2 },
      },
      ...said(`${name}, seed %{customdata}<br>%{y:.2f} %`),
    },
    {
      type: "bar", // unseen, and carries the mean upright, where it has room in a narrow window
      x: place,
      y: top,
      width: width * 0.92,
      marker: { color: "rgba(0,0,0,0)" },
      text: means.map((value) => `\u00a0\u00a0${value.toFixed(1)}`), // above the points
      textposition: "outside",
      textangle: -90,
      textfont: { size: 12, color: ink.text },
      cliponaxis: false,
      legendgroup: name,
      showlegend: false,
      hoverinfo: "skip",
    },
  ];
}
