/** What notebook 02 shows of recorded trainings: hidden negatives, K, and S. */
import { recordedAblationSnapshots, recordedSweep } from "../results/studies.ts";
import { easyNegativesClaims } from "../figures/easy_negatives/claims_table.ts";
import type { Figure } from "../show/figure.ts";
import { figure } from "../figures/mod.ts";
import { ofMethod } from "../results/method.ts";
import { outrankedTable } from "../figures/easy_negatives/outranked.ts";
import { sampledTable } from "../figures/easy_negatives/sampled_negatives.ts";
import type { Table } from "../show/table.ts";

const shop = "retailrocket-comirec";

const marginsOf = async (data: string, method: string): Promise<Figure> =>
  figure.margins(ofMethod(await recordedAblationSnapshots(data), method)[0]!);

const runsOf = async (data: string) => ({
  interests: await recordedSweep(data, "K"),
  negatives: await recordedSweep(data, "S"),
});

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  "synthetic-margins": () => marginsOf("synthetic", "ComiRec-SA"),
  "retailrocket-margins": () => marginsOf(shop, "ComiRec-SA"),
  "retailrocket-margins-remi": () => marginsOf(shop, "REMI"),
  "synthetic-effective-negatives": async () =>
    figure.effectiveNegatives(ofMethod(await recordedSweep("synthetic", "K"), "ComiRec-SA")),
  "retailrocket-effective-negatives": async () =>
    figure.effectiveNegatives(ofMethod(await recordedSweep(shop, "K"), "ComiRec-SA")),
  "synthetic-hard-and-easy": async () => figure.hardAndEasy(await recordedSweep("synthetic", "K")),
  "retailrocket-hard-and-easy": async () => figure.hardAndEasy(await recordedSweep(shop, "K")),
  "synthetic-sampled-negatives": async () =>
    figure.sampledNegatives(await recordedSweep("synthetic", "S")),
  "retailrocket-sampled-negatives": async () =>
    figure.sampledNegatives(await recordedSweep(shop, "S")),
};

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = {
  "synthetic-outranked": async () => outrankedTable(await recordedAblationSnapshots("synthetic")),
  "retailrocket-outranked": async () => outrankedTable(await recordedAblationSnapshots(shop)),
  "synthetic-sampled-negatives": async () => sampledTable(await recordedSweep("synthetic", "S")),
  "retailrocket-sampled-negatives": async () => sampledTable(await recordedSweep(shop, "S")),
  "easy-negatives-claims": async () =>
    easyNegativesClaims([await runsOf(shop), await runsOf("synthetic")]),
};
