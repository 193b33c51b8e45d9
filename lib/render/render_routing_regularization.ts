/** What notebook 05 shows without a training: the penalty, λ, RR alone, and its price. */
import { recordedLonger, recordedSweep } from "../results/studies.ts";
import { recordedComparisons } from "../compare/comparisons.ts";
import type { Figure } from "../show/figure.ts";
import { figure } from "../figures/mod.ts";
import { longerTable } from "../figures/results/longer_table.ts";
import type { Table } from "../show/table.ts";

/** The figures of one data set's sweep over λ. */
function ofSweep(name: string, data: string): Record<string, () => Promise<Figure>> {
  const runs = () => recordedSweep(data, "lambda");
  return {
    [`${name}-lambda`]: async () =>
      figure.sweep(await runs(), {
        over: "lambda",
        show: ["Recall@50", "HR@50", "effective-items", "retrieved-overlap"],
      }),
    [`${name}-lambda-training`]: async () => figure.lambdaTraining(await runs()),
    [`${name}-lambda-plane`]: async () => figure.lambdaPlane(await runs()),
  };
}

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "penalty-simplex": () => Promise.resolve(figure.penaltySimplex()),
  ...ofSweep("retailrocket", "retailrocket-comirec"),
  ...ofSweep("synthetic", "synthetic"),
  "retailrocket-penalty-share": async () =>
    figure.penaltyShare(await recordedSweep("retailrocket-comirec", "lambda")),
  "one-vector": async () => figure.gains(await recordedComparisons("one vector")),
  "each-fix-alone": async () => figure.gains(await recordedComparisons("each fix alone")),
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  "longer": async () => longerTable(await recordedLonger()),
};
