/** What notebook 03 shows of recorded trainings: routing collapse, and interests that are alike. */
import type { AnalysisMeasure } from "../analyze/measures.ts";
import { recordedSnapshots, type RunSnapshots } from "../results/snapshots.ts";
import { recordedAblation, recordedAblations } from "../results/studies.ts";
import { study } from "../results/study.ts";
import { collapseTable } from "../figures/routing/collapse_table.ts";
import type { Figure } from "../show/figure.ts";
import { figure } from "../figures/mod.ts";
import type { Table } from "../show/table.ts";

const shop = "retailrocket-comirec";
const singleItem: readonly AnalysisMeasure[] = [
  "effective-items",
  "largest-weight",
  "history-seen",
];
const alike: readonly AnalysisMeasure[] = ["interest-cosine", "retrieved-overlap"];
const recovery: readonly AnalysisMeasure[] = ["planted-covered", "planted-led", "list-purity"];

/** ComiRec-SA and REMI of seed 1. */
async function shopSnapshots(): Promise<RunSnapshots[]> {
  const { settings, beta, lambda } = study(shop);
  const of = (objective: object) => recordedSnapshots(shop, { ...settings, seed: 1, objective });
  return [
    ...await of({ ihn: undefined, rr: undefined }),
    ...await of({ ihn: { beta }, rr: { lambda } }),
  ];
}

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "retailrocket-routing": async () =>
    figure.routingStages(await shopSnapshots(), { runs: await recordedAblation(shop) }),
  "retailrocket-collapse": async () =>
    figure.measures(await recordedAblation(shop), singleItem, { logSteps: true }),
  "retailrocket-alike": async () =>
    figure.measures(await recordedAblation(shop), alike, { logSteps: true }),
  "synthetic-collapse": async () =>
    figure.measures(await recordedAblation("synthetic"), singleItem),
  "synthetic-recovery": async () => figure.measures(await recordedAblation("synthetic"), recovery),
  "collapse-plane": async () => figure.collapsePlane(await recordedAblations()),
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  "retailrocket-collapse": async () => collapseTable(await recordedAblation(shop)),
  "synthetic-collapse": async () => collapseTable(await recordedAblation("synthetic")),
};
