/** What one setting does: metrics and measures against β, λ, K, S or L, over seeds. */
import { BadInput } from "../../base/bad_input.ts";
import { type AnalysisMeasure, analysisMeasures } from "../../analyze/measures.ts";
import type { MetricsAt } from "../../evaluate/evaluation.ts";
import { recordedKeys, type Run } from "../../results/run.ts";
import type { ResolvedConfig } from "../../train/config.ts";
import type { Figure, Trace } from "../figure.ts";
import { styleOfRun } from "../methods.ts";
import { apart, type Spread, spreadOf } from "../spread.ts";
import { houseLayout, ink } from "../theme.ts";

/** Settings that can be swept. β is 0 without IHN, λ is 0 without RR. */
export type SweptSetting = "beta" | "lambda" | "K" | "S" | "L";

/** What can be shown: a metric of the test users, or a measure of the model at its best step. */
export type Shown = "Recall@20" | "Recall@50" | "HR@20" | "HR@50" | AnalysisMeasure;

/** What is swept, and what is shown of it. */
export interface SweepOptions {
  readonly over: SweptSetting;
  /** a panel each; the title speaks of the first */
  readonly show: readonly Shown[];
}

const settings: Readonly<
  Record<SweptSetting, {
    readonly symbol: string;
    readonly axis: string;
    readonly of: (config: ResolvedConfig) => number;
  }>
> = {
  beta: { symbol: "β", axis: "β of IHN", of: ({ objective }) => objective.ihn?.beta ?? 0 },
  lambda: { symbol: "λ", axis: "λ of RR", of: ({ objective }) => objective.rr?.lambda ?? 0 },
  K: { symbol: "K", axis: "interests K", of: ({ K }) => K },
  S: { symbol: "S", axis: "negatives S", of: ({ S }) => S },
  L: { symbol: "L", axis: "history length L", of: ({ L }) => L },
};

/** The seeds of one value of the setting. */
interface Point {
  readonly value: number;
  readonly runs: readonly Run[];
}

/** Runs that differ in the setting and in seeds only, ascending. */
type Line = readonly Point[];

/**
 * Metrics or measures against one setting: a line for all runs that differ in nothing else, points
 * at the mean over seeds, whiskers from the least to the greatest seed. Points keep the colour and
 * symbol of their method. The axis is logarithmic, with 0 set beside it.
 *
 * @throws {BadInput} for no runs, several data sets, or something shown that no run has measured
 */
export function sweep(runs: readonly Run[], { over, show }: SweepOptions): Figure {
  const names = [...new Set(runs.map((run) => run.data.name))];
  if (names.length !== 1) {
    throw new BadInput(
      "not the runs of one data set",
      "figure's runs, data.name",
      names.join(", "),
      "Pass recorded runs of one data set.",
    );
  }
  const lines = linesOf(runs, over);
  const measured = show.map((what) => lines.map((line) => withValues(line, what)));
  measured.forEach((ofPanel, p) => {
    if (ofPanel.some((line) => line.length > 0)) return;
    throw new BadInput("not measured in any run", "sweep's show", show[p], "Train them again.");
  });
  const longest = measured[0]!.toSorted((a, b) => b.length - a.length)[0]!;
  const finding = findingOf(longest, show[0]!, settings[over].symbol);
  const seeds = lines.flat().map((point) => point.runs.length);
  const capped = runs.some((run) => run.stop !== "early-stopping");
  const about = [
    names[0],
    show.some(isMetric) && "test users",
    `points: mean of ${rangeOf(seeds)} seed${Math.max(...seeds) === 1 ? "" : "s"}, ` +
    `whiskers: least and greatest`,
    capped && "some runs capped before early stopping",
  ].filter(Boolean).join(" · ");
  const columns = Math.min(2, show.length);
  const rows = Math.ceil(show.length / columns);
  const values = [...new Set(lines.flat().map(({ value }) => value))].sort((a, b) => a - b);
  const places = placesOf(values);
  const seen = new Set<string>();
  return {
    alt: `${finding}. ${about}. ` +
      longest.map((point) =>
        `${settings[over].symbol} = ${labelOf(point.value)}: ` +
        `${inWords(spreadOfPoint(point, show[0]!).mean, show[0]!)}`
      ).join(", ") + ".",
    runs: recordedKeys(runs),
    data: measured.flatMap((ofPanel, p) =>
      ofPanel.flatMap((line) => tracesOf(line, show[p]!, p, places, settings[over].symbol, seen))
    ),
    layout: houseLayout({ finding, about, height: 110 + 300 * rows }, {
      grid: { rows, columns, pattern: "independent", xgap: 0.16, ygap: 0.3 },
      hovermode: "closest",
      margin: { b: 95 },
      legend: { orientation: "h", x: 0, yref: "container", y: 0.02, yanchor: "bottom" },
      ...Object.fromEntries(show.flatMap((what, p) => {
        const ending = p === 0 ? "" : String(p + 1);
        return [[`xaxis${ending}`, {
          title: { text: settings[over].axis },
          tickmode: "array",
          tickvals: values.map((value) => places.get(value)),
          ticktext: values.map(labelOf),
        }], [`yaxis${ending}`, {
          title: { text: axisOf(what) },
          rangemode: isMetric(what) ? "normal" : "tozero",
        }]];
      })),
    }),
  };
}

function linesOf(runs: readonly Run[], over: SweptSetting): Line[] {
  const byRest = new Map<string, Map<number, Run[]>>();
  for (const run of runs) {
    const config = run.config as unknown as ResolvedConfig;
    const rest = restOf(config, over);
    const value = settings[over].of(config);
    const line = byRest.get(rest) ?? new Map<number, Run[]>();
    byRest.set(rest, line.set(value, [...line.get(value) ?? [], run]));
  }
  return [...byRest.values()].map((line) =>
    [...line].map(([value, runs]) => ({ value, runs })).sort((a, b) => a.value - b.value)
  ).sort((a, b) => b.length - a.length);
}

/** The configuration but for the swept setting, the seed, and what computed it. */
function restOf(config: ResolvedConfig, over: SweptSetting): string {
  const { seed: _seed, backend: _backend, maxSteps: _maxSteps, objective, ...rest } = config;
  const { ihn, rr, softmax } = objective;
  return JSON.stringify({
    ...rest,
    softmax,
    beta: ihn?.beta ?? 0,
    lambda: rr?.lambda ?? 0,
    [over]: null,
  });
}

function withValues(line: Line, what: Shown): Line {
  return line
    .map(({ value, runs }) => ({
      value,
      runs: runs.filter((run) => valueOf(run, what) !== undefined),
    }))
    .filter(({ runs }) => runs.length > 0);
}

function isMetric(what: Shown): boolean {
  return !(what in analysisMeasures);
}

/** Metrics and shares in %. */
function valueOf(run: Run, what: Shown): number | undefined {
  if (isMetric(what)) {
    const [metric, N] = what.toLowerCase().split("@");
    return 100 * run.test[Number(N)]![metric as keyof MetricsAt];
  }
  const value = run.measures?.[what];
  return value === undefined ? undefined : value * (isShare(what) ? 100 : 1);
}

function isShare(what: Shown): boolean {
  return isMetric(what) || analysisMeasures[what as AnalysisMeasure].unit === "share";
}

function axisOf(what: Shown): string {
  if (isMetric(what)) return `test ${what} (%)`;
  return `${what.replaceAll("-", " ")}${isShare(what) ? " (%)" : ""}`;
}

function inWords(value: number, what: Shown): string {
  return isShare(what) ? `${value.toFixed(1)} %` : value.toPrecision(3);
}

function labelOf(value: number): string {
  return value.toLocaleString("en-US");
}

function spreadOfPoint({ runs }: Point, what: Shown): Spread {
  return spreadOf(runs.map((run) => valueOf(run, what)!));
}

/** What the seeds support: the values of the setting that the best one is not apart from. */
function findingOf(line: Line, what: Shown, symbol: string): string {
  const name = isMetric(what) ? `Test ${what}` : what.replaceAll("-", " ");
  const title = name[0]!.toUpperCase() + name.slice(1);
  const points = line.map((point) => ({ ...point, spread: spreadOfPoint(point, what) }));
  const [best, ...others] = points.toSorted((a, b) => b.spread.mean - a.spread.mean);
  const lowest = others.at(-1);
  if (!lowest) return `${title} is ${inWords(best!.spread.mean, what)}`;
  const between = `${inWords(lowest.spread.mean, what)} to ${inWords(best!.spread.mean, what)}`;
  if (points.every(({ spread }) => spread.n === 1)) {
    return `${title} goes from ${between}, one seed for each ${symbol}`;
  }
  const tied = points.filter(({ spread }) => !apart(spread, best!.spread));
  if (tied.length === points.length) {
    return `${title} does not depend on ${symbol} beyond the spread of the seeds: ${between}`;
  }
  const where = listed(tied.map(({ value }) => labelOf(value)));
  return `${title} is highest at ${symbol} = ${where}, ` +
    `${inWords(best!.spread.mean, what)}; lowest at ${labelOf(lowest.value)}, ` +
    `${inWords(lowest.spread.mean, what)}`;
}

/** "0, 0.1 and 1" */
function listed(values: readonly string[]): string {
  return [values.slice(0, -1).join(", "), values.at(-1)].filter(Boolean).join(" and ");
}

/** Where values stand on the axis: at their logarithm, 0 one step before the least. */
function placesOf(values: readonly number[]): Map<number, number> {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const step = logs.length > 1 ? (logs.at(-1)! - logs[0]!) / (logs.length - 1) : 1;
  const before = (logs[0] ?? 0) - step;
  return new Map(values.map((value) => [value, value > 0 ? Math.log10(value) : before]));
}

function tracesOf(
  line: Line,
  what: Shown,
  panel: number,
  places: ReadonlyMap<number, number>,
  symbol: string,
  seen: Set<string>,
): Trace[] {
  const axes = panel === 0 ? {} : { xaxis: `x${panel + 1}`, yaxis: `y${panel + 1}` };
  const spreads = line.map((point) => spreadOfPoint(point, what));
  const xs = line.map(({ value }) => places.get(value)!);
  const styles = line.map(({ runs }) => styleOfRun(runs[0]!.config));
  const through: Trace = {
    type: "scatter",
    mode: "lines",
    x: xs,
    y: spreads.map(({ mean }) => mean),
    line: { color: styles.at(-1)?.colour ?? ink.muted, width: 1.5, dash: styles.at(-1)?.dash },
    showlegend: false,
    hoverinfo: "skip",
    ...axes,
  };
  const byStyle = Map.groupBy(line.map((_, i) => i), (i) => styles[i]!.name);
  const points = [...byStyle].map(([name, at]): Trace => {
    const first = !seen.has(name);
    seen.add(name);
    const style = styles[at[0]!]!;
    return {
      type: "scatter",
      mode: "markers",
      name,
      legendgroup: name,
      showlegend: first,
      x: at.map((i) => xs[i]!),
      y: at.map((i) => spreads[i]!.mean),
      error_y: {
        type: "data",
        symmetric: false,
        array: at.map((i) => spreads[i]!.most - spreads[i]!.mean),
        arrayminus: at.map((i) => spreads[i]!.mean - spreads[i]!.least),
        color: style.colour,
        thickness: 2,
        width: 6,
      },
      marker: { symbol: style.symbol, size: 10, color: style.colour },
      text: at.map((i) =>
        `${symbol} = ${labelOf(line[i]!.value)}<br>${inWords(spreads[i]!.least, what)} to ` +
        `${inWords(spreads[i]!.most, what)}, ${spreads[i]!.n} seeds`
      ),
      hovertemplate: `${name}, %{text}<br>mean %{y:.4g}<extra></extra>`,
      ...axes,
    };
  });
  return [through, ...points];
}

/** "3", or "1–3". */
function rangeOf(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? String(low) : `${low}–${high}`;
}
