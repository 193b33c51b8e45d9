/** What notebooks 09 and 10 show of records: costs, the reference's NDCG, and its trainings. */
import { newestRecord } from "../bench/record.ts";
import { trainingTable } from "../figures/costs/training_costs.ts";
import { figure } from "../figures/mod.ts";
import { officialCurves, runsBesideOfficial } from "../figures/results/official.ts";
import { recordedAblations } from "../results/studies.ts";
import type { Figure } from "../show/figure.ts";
import type { Table } from "../show/table.ts";

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "catalogue-costs": async () => figure.catalogueCosts(await newestRecord("steps")),
  "steps-to-best": async () => figure.stepsToBest((await recordedAblations()).flat()),
  "paper-scale-plans": async () => figure.projections(await newestRecord("paper-scale")),
  "two-ndcgs": async () => figure.twoNdcgs((await recordedAblations()).flat()),
  "retailrocket-baseline-curves": async () => {
    const beside = { reference: officialCurves(), logSteps: true };
    return figure.learningCurves(await runsBesideOfficial(), beside);
  },
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  "trainings": async () => trainingTable((await recordedAblations()).flat()),
};
