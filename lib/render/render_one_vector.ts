/** What notebook 08 shows of recorded trainings: one vector a user or several. */
import { resultsPath } from "../base/files.ts";
import {
  remedyContrasts,
  remedyRows,
  repairedByRr,
  severalForOne,
  vectorRows,
} from "../compare/one_vector.ts";
import { contrastsTable } from "../figures/main_results/contrasts_table.ts";
import { figure } from "../figures/mod.ts";
import { adviceTable } from "../figures/one_vector/advice_table.ts";
import { vectorsTable } from "../figures/one_vector/vectors_table.ts";
import { noneRecorded, recordedRuns } from "../results/recorded.ts";
import { study } from "../results/study.ts";
import type { Figure } from "../show/figure.ts";
import type { Table } from "../show/table.ts";
import type { Run } from "../train/run.ts";

/** ComiRec-SA, RR alone and REMI with one interest on a data set, as far as recorded. */
async function singles(data: string): Promise<Run[]> {
  const wanted = { ...study(data).settings, K: 1, objective: { softmax: "sampled" } };
  return await recordedRuns(data, wanted, resultsPath()).catch(noneRecorded);
}

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "several-for-one": async () => figure.contrasts(await severalForOne()),
  "one-vector-repaired": async () => figure.contrasts(await repairedByRr()),
  "remedies": async () => figure.contrasts(await remedyContrasts()),
  "retailrocket-one-vector": async () =>
    figure.measures(await singles("retailrocket-comirec"), ["effective-items"], {
      logSteps: true,
    }),
  "synthetic-one-vector": async () =>
    figure.measures(await singles("synthetic"), ["effective-items"]),
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  "vectors": async () => vectorsTable(await vectorRows(), "one-vector"),
  "several-for-one": async () => contrastsTable(await severalForOne(), "one-vector"),
  "one-or-several": async () => adviceTable(await severalForOne()),
  "one-vector-repaired": async () => contrastsTable(await repairedByRr(), "one-vector"),
  "remedies": async () => vectorsTable(await remedyRows(), "remedies"),
  "remedies-tests": async () => contrastsTable(await remedyContrasts(), "remedies"),
};
