/** What notebook 06 shows: the paper's tables, from the declared plans. */
import { resultsPath } from "../base/files.ts";
import { ablation, generality } from "../compare/contrasts.ts";
import { tunedContrasts, tunedMethods } from "../compare/tuned.ts";
import { vectorRows } from "../compare/one_vector.ts";
import { contrastsTable } from "../figures/main_results/contrasts_table.ts";
import { generalityTable } from "../figures/main_results/generality_table.ts";
import { listsTable } from "../figures/main_results/lists_table.ts";
import { mainResults, mainTable, ranksTable } from "../figures/main_results/main_results.ts";
import { officialBesideTable } from "../figures/main_results/official_table.ts";
import { tunedTable } from "../figures/main_results/tuned_table.ts";
import { figure } from "../figures/mod.ts";
import type { Figure } from "../show/figure.ts";
import type { Table } from "../show/table.ts";

/** Several files are of the same tests, which are computed once a folder of results. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return () => {
    const folder = resultsPath();
    if (!made.has(folder)) made.set(folder, make());
    return made.get(folder)!;
  };
}

const main = once(() => mainResults());
const fixes = once(() => ablation());
const general = once(() => generality());

const ofData = async (data: string) => (await main()).find((results) => results.data === data)!;

/** The data sets of the main table, by what their files are called. */
const names: Readonly<Record<string, string>> = {
  retailrocket: "retailrocket-comirec",
  gowalla: "gowalla-lightgcn",
  books: "books-kgat",
};

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "main": async () => figure.main(await main()),
  "ablation": async () => figure.contrasts(await fixes()),
  "generality": async () => figure.contrasts(await general()),
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  ...Object.fromEntries(
    Object.entries(names).flatMap(([name, data]) => [
      [`${name}-main`, async () => mainTable(await ofData(data))],
      [`${name}-lists`, async () => listsTable(await ofData(data))],
    ]),
  ),
  "profiles": async () => mainTable((await mainResults("profiles"))[0]!),
  "ranks": async () => ranksTable(await main()),
  "ablation": async () => contrastsTable(await fixes(), "synthetic retailrocket gowalla books"),
  "generality-recall-20": async () => await generalityTable(await general(), "R@20"),
  "generality-recall-50": async () => await generalityTable(await general(), "R@50"),
  "generality-tests": async () => contrastsTable(await general(), "generality"),
  "tuned": async () => tunedTable(await tunedMethods()),
  "tuned-tests": async () => contrastsTable(await tunedContrasts(await tunedMethods()), "tuned"),
  "official-beside-ours": async () => officialBesideTable(await main(), await vectorRows()),
};
