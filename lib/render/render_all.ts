/** The figures and tables that are rendered to results/ from recorded runs alone. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath } from "../base/files.ts";
import { type BenchKind, benchKinds, type BenchRecord, newestRecord } from "../bench/record.ts";
import type { Run } from "../train/run.ts";
import { recordedAblation } from "../results/studies.ts";
import { benchmarkTable, benchmarkTimes } from "../figures/results/benchmark_tables.ts";
import type { Figure } from "../show/figure.ts";
import { writeAlone, writeFigure, writeTable } from "../show/files.ts";
import { inShape, ratioFromText, withoutTitle } from "../show/plain_figure.ts";
import { captioned } from "../show/theme.ts";
import { figure } from "../figures/mod.ts";
import { officialCurves, officialTable } from "../figures/results/official.ts";
import { indexed, type IndexedFigure, writeFigureIndex } from "./figure_index.ts";
import * as easyNegatives from "./render_easy_negatives.ts";
import * as interestAwareNegatives from "./render_interest_aware_negatives.ts";
import * as costs from "./render_costs.ts";
import * as mainResults from "./render_main_results.ts";
import * as routingCollapse from "./render_routing_collapse.ts";
import * as routingRegularization from "./render_routing_regularization.ts";
import * as oneVector from "./render_one_vector.ts";
import * as sensitivity from "./render_sensitivity.ts";
import { resultsTable } from "../figures/results/results_table.ts";
import type { Table } from "../show/table.ts";

/** The ablation on each data set, by what its files are called. */
const ablations: Readonly<Record<string, () => Promise<Run[]>>> = {
  "synthetic": () => recordedAblation("synthetic"),
  "retailrocket": () => recordedAblation("retailrocket-comirec"),
  "gowalla": () => recordedAblation("gowalla-lightgcn"),
  "books": () => recordedAblation("books-kgat"),
};

/** The figures, by the name of their files. */
export const renderedFigures: Readonly<Record<string, () => Promise<Figure>>> = {
  "framework": () => Promise.resolve(figure.framework()),
  ...ofAblations("learning-curves", (runs, name) =>
    figure.learningCurves(runs, {
      logSteps: name !== "synthetic",
      ...(name === "retailrocket" && { reference: officialCurves() }),
    })),
  ...ofAblations("metrics", (runs) => figure.metrics(runs)),
  ...easyNegatives.figures,
  ...interestAwareNegatives.figures,
  ...routingCollapse.figures,
  ...routingRegularization.figures,
  ...mainResults.figures,
  ...sensitivity.figures,
  ...oneVector.figures,
  ...costs.figures,
  ...ofBenchmarks("", figure.benchmark),
};

/** The tables, by the name of their files. */
export const renderedTables: Readonly<Record<string, () => Promise<Table>>> = {
  ...ofAblations("results", (runs) => resultsTable(runs)),
  "retailrocket-official": () => Promise.resolve(officialTable()),
  ...easyNegatives.tables,
  ...routingCollapse.tables,
  ...routingRegularization.tables,
  ...mainResults.tables,
  ...sensitivity.tables,
  ...oneVector.tables,
  ...costs.tables,
  ...ofBenchmarks("", benchmarkTable),
  ...ofBenchmarks("-times", benchmarkTimes),
};

/** One for each data set, from its ablation: "books-results" and so on. */
function ofAblations<T>(
  ending: string,
  make: (runs: readonly Run[], name: string) => T,
): Record<string, () => Promise<T>> {
  return Object.fromEntries(
    Object.entries(ablations).map(([name, runs]) =>
      [`${name}-${ending}`, async () => make(await runs(), name)] as const
    ),
  );
}

/** One of each kind of benchmark, from its newest record: "bench-steps" and so on. */
function ofBenchmarks<T>(
  ending: string,
  make: (record: BenchRecord) => T,
): Record<string, () => Promise<T>> {
  const one = (kind: BenchKind) => async () => make(await newestRecord(kind));
  return Object.fromEntries(benchKinds.map((kind) => [`bench-${kind}${ending}`, one(kind)]));
}

/** What to render. */
export interface RenderOptions {
  /** of figures and tables; all of them if there is none */
  readonly names?: readonly string[];
  /** figures as PNG too */
  readonly png?: boolean;
  /** is told each name when its files are there */
  readonly written?: (name: string) => void;
}

/**
 * Renders figures (SVG, plotly JSON) and tables (HTML, Markdown, CSV) into the results folder, from
 * the runs in it; equal runs give equal bytes. Without names, an index of all figures as well.
 *
 * @returns by name why one was left out: the runs are not recorded, or not as they were
 * @throws {BadInput} for a name that there is not
 */
export async function renderAll(
  { names = [], png = false, written = () => {} }: RenderOptions = {},
): Promise<Map<string, string>> {
  const known = [...Object.keys(renderedFigures), ...Object.keys(renderedTables)];
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new BadInput("no such figure or table", "name", name, `There are: ${known.join(", ")}.`);
  }
  const leftOut = new Map<string, string>();
  const isChosen = ([name]: [string, unknown]) => names.length === 0 || names.includes(name);
  const render = async (name: string, write: () => Promise<unknown>, folder: string) => {
    try {
      await write();
      written(`${folder}/${name}`);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      leftOut.set(name, error.message);
    }
  };
  const drawn: IndexedFigure[] = [];
  for (const [name, make] of Object.entries(renderedFigures).filter(isChosen)) {
    await render(name, async () => {
      const made = await make();
      await writeFigure(name, made, undefined, png);
      drawn.push(indexed(name, made));
    }, "figures");
  }
  if (names.length === 0) await writeFigureIndex(drawn);
  for (const [name, make] of Object.entries(renderedTables).filter(isChosen)) {
    await render(name, async () => writeTable(name, await make()), "tables");
  }
  return leftOut;
}

/** How a figure that is rendered alone differs from what a notebook shows. */
export interface AloneOptions {
  /** without its title */
  readonly plain?: boolean;
  /** its shape, as in {@linkcode ratioFromText}; its own if left out */
  readonly size?: string;
}

/**
 * Renders one figure alone, for a slide or a paper: SVG, PNG and PDF in `figures/alone` of the
 * results folder.
 *
 * @returns the paths, each once it is written
 * @throws {BadInput} for a name or size that there is not, if its runs are not recorded, and, once
 *   SVG and PNG are there, if no browser prints the PDF
 */
export async function* renderAlone(
  name: string,
  { plain = false, size }: AloneOptions,
): AsyncGenerator<string> {
  const make = Object.hasOwn(renderedFigures, name) ? renderedFigures[name] : undefined;
  if (make === undefined) {
    const known = Object.keys(renderedFigures).join(", ");
    throw new BadInput("no such figure", "name", name, `There are: ${known}.`);
  }
  const ratio = size === undefined ? undefined : ratioFromText(size);
  const figure = await make();
  const words = plain ? withoutTitle(figure) : captioned(figure);
  const shaped = ratio === undefined ? words : inShape(words, ratio);
  const file = [name, plain && "plain", size?.replace(":", "x")].filter(Boolean).join("-");
  yield* writeAlone(resultsPath("figures", "alone", file), shaped);
}
