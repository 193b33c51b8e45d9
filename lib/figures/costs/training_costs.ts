/** What whole trainings took: steps to the best model and to the end, and minutes. */
import { mean, median } from "../../base/statistics.ts";
import { runGroups } from "../../compare/entries.ts";
import { seedsInWords, type Spread, spreadOf } from "../../compare/spread.ts";
import { cutShort, recordedKeys, type Run } from "../../train/run.ts";
import { BadInput } from "../../base/bad_input.ts";
import type { Figure } from "../../show/figure.ts";
import { type Table, table } from "../../show/table.ts";
import { grouped } from "../../show/theme.ts";
import { axis, logAxis } from "../grammar/axes.ts";
import { draw } from "../grammar/drawing.ts";
import { seedPoints } from "../grammar/marks.ts";
import { inOneLegend } from "../grammar/panels.ts";
import { literal } from "../../show/literal.ts";

type Finished = Omit<Run, "curve">;

/**
 * Steps to the best model by method and data set: mean and range over seeds.
 *
 * @throws {BadInput} for no runs, or a seed that a group has twice
 */
export function stepsToBest(runs: readonly Finished[]): Figure {
  if (runs.length === 0) {
    throw new BadInput("no runs", "figure's runs", "[]", "Record some with deno task sweep.");
  }
  const groups = runGroups(runs).map(({ data, method, runs }) => ({
    data,
    method,
    best: spreadOf(runs.map(({ bestStep }) => bestStep)),
  }));
  const sets = [...new Set(groups.map(({ data }) => data))];
  const byMethod = [...Map.groupBy(groups, ({ method }) => method.name).values()]
    .sort((a, b) => a[0]!.method.rank - b[0]!.method.rank);
  const ends = groups.flatMap(({ best }) => [best.least, best.most]);
  const slowest = groups.toSorted((a, b) => b.best.mean - a.best.mean)[0]!;
  return draw({
    finding: `Steps to the best model: up to ${grouped(Math.round(slowest.best.mean))} ` +
      `(${slowest.method.name}, ${slowest.data})`,
    about: [
      `marks: mean of ${seedsInWords(groups.map(({ best }) => best.n))}`,
      "whiskers: least and greatest",
      cutShort(runs),
    ],
    more: `${
      groups.map(({ data, method, best }) =>
        `${method.name} on ${data} ${grouped(Math.round(best.mean))}`
      ).join("; ")
    }.`,
    runs: recordedKeys(runs),
    data: inOneLegend(byMethod.map((its, m) => {
      const beside = (m - (byMethod.length - 1) / 2) * 0.14;
      const spreads: Spread[] = its.map(({ best }) => best);
      return seedPoints(
        its.map(({ data }) => sets.indexOf(data) + beside),
        spreads,
        its[0]!.method,
        {
          hover: "%{text}<br>%{y:,.0f} steps",
          own: {
            legendrank: 1000 + its[0]!.method.rank,
            text: its.map(({ data }) => literal(data)),
          },
        },
      );
    })),
    layout: {
      hovermode: "closest",
      xaxis: axis("", {
        tickmode: "array",
        tickvals: sets.map((_, i) => i),
        ticktext: sets.map((data) => literal(data, 24).replace("-", "-<br>")), // else it turns
        range: [-0.5, sets.length - 0.5],
        showgrid: false,
      }),
      yaxis: logAxis("steps to the best model (log scale)", ends, {
        own: { tickformat: "~s" },
      }),
    },
  });
}

/** A row a method and data set: steps, and minutes by the clock with whatever else was running. */
export function trainingTable(runs: readonly Finished[]): Table {
  const rows = runGroups(runs).map(({ data, method, runs }) => ({
    data,
    method: [method.name, cutShort(runs)].filter(Boolean).join(", "),
    seeds: runs.length,
    "best step": Math.round(mean(runs.map(({ bestStep }) => bestStep))),
    steps: Math.round(mean(runs.map(({ steps }) => steps))),
    minutes: median(runs.map(({ wallSeconds }) => wallSeconds / 60)),
    "ms per step": median(runs.map(({ wallSeconds, steps }) => 1000 * wallSeconds / steps)),
  }));
  return table(rows, {
    caption: "Trainings as they were recorded: mean steps, median minutes by the clock, " +
      "evaluations, analyses and whatever else the machine did included",
    digits: { minutes: 1, "ms per step": 1 },
    runs: recordedKeys(runs),
  });
}
