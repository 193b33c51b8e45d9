/** The figures and tables that are rendered to results/ from recorded runs alone. */
import { type BenchKind, benchKinds, type BenchRecord, newestRecord } from "../bench/record.ts";
import type { Run } from "../train/run.ts";
import { recordedAblation } from "../results/studies.ts";
import { benchmarkTable, benchmarkTimes } from "../figures/results/benchmark_tables.ts";
import type { Figure } from "../show/figure.ts";
import { writeFigure, writeTable } from "../show/files.ts";
import { figure } from "../figures/mod.ts";
import { officialCurves, officialTable } from "../figures/results/official.ts";
import * as easyNegatives from "./render_easy_negatives.ts";
import * as interestAwareNegatives from "./render_interest_aware_negatives.ts";
import * as routingCollapse from "./render_routing_collapse.ts";
import * as routingRegularization from "./render_routing_regularization.ts";
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
  ...ofBenchmarks("", figure.benchmark),
};

/** The tables, by the name of their files. */
export const renderedTables: Readonly<Record<string, () => Promise<Table>>> = {
  ...ofAblations("results", (runs) => resultsTable(runs)),
  "retailrocket-official": () => Promise.resolve(officialTable()),
  ...easyNegatives.tables,
  ...interestAwareNegatives.tables,
  ...routingCollapse.tables,
  ...routingRegularization.tables,
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

/**
 * Renders every figure (SVG, PNG, plotly JSON) and table (HTML, Markdown, CSV) into results/; equal
 * runs give equal bytes.
 *
 * @param written is told each name when its files are there
 * @throws {BadInput} if the runs that one is drawn from are not recorded
 */
export async function renderAll(written: (name: string) => void = () => {}): Promise<void> {
  for (const [name, make] of Object.entries(renderedFigures)) {
    await writeFigure(name, await make());
    written(`results/figures/${name}`);
  }
  for (const [name, make] of Object.entries(renderedTables)) {
    await writeTable(name, await make());
    written(`results/tables/${name}`);
  }
}
