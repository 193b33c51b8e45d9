/** What notebook 04 shows of recorded trainings: β, and what IHN and RR add. */
import type { AnalysisMeasure } from "../analyze/measures.ts";
import { recordedAblations, recordedSweep } from "../results/studies.ts";
import { effectsTable } from "../figures/results/effects_table.ts";
import type { Figure } from "../show/figure.ts";
import { figure } from "../figures/mod.ts";
import type { Table } from "../show/table.ts";

const measures: readonly AnalysisMeasure[] = [
  "effective-negatives-selected",
  "effective-items",
];

const sweepOf = async (data: string): Promise<Figure> =>
  figure.sweep(await recordedSweep(data, "beta"), {
    over: "beta",
    show: ["Recall@50", "HR@50", ...measures],
  });

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "synthetic-beta": () => sweepOf("synthetic"),
  "retailrocket-beta": () => sweepOf("retailrocket-comirec"),
  "books-beta": () => sweepOf("books-kgat"),
  "effects": async () => figure.effects(await recordedAblations()),
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  "effects": async () => effectsTable(await recordedAblations()),
};
