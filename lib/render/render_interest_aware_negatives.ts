/** What notebook 04 shows of recorded trainings: β. */
import type { AnalysisMeasure } from "../analyze/measures.ts";
import { recordedSweep } from "../results/studies.ts";
import type { Figure } from "../show/figure.ts";
import { figure } from "../figures/mod.ts";

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
};
