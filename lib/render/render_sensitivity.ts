/** What notebook 07 shows: each setting in turn, as figures and tables of paired tests. */
import { type AskedSweep, askedSweep, recordedSweep } from "../results/studies.ts";
import type { Swept } from "../compare/group_runs.ts";
import { figure } from "../figures/mod.ts";
import { sweepTable } from "../figures/results/sweep_table.ts";
import type { Figure } from "../show/figure.ts";
import type { Table } from "../show/table.ts";
import type { Run } from "../train/run.ts";

const shop = "retailrocket-comirec";

/** A sweep: what it goes through, and its runs. */
interface Sweep {
  readonly over: Swept;
  readonly asked?: AskedSweep;
  readonly runs: () => Promise<Run[]>;
}

/** K of ComiRec-SA and REMI, and of RR alone. */
async function interests(data: string): Promise<Run[]> {
  return [...await recordedSweep(data, "K"), ...await askedSweep(data, "K with RR")];
}

/** By the name of their files. */
const sweeps: Readonly<Record<string, Sweep>> = {
  "retailrocket-lambda-alone": {
    over: "lambda",
    asked: "lambda alone",
    runs: () => askedSweep(shop, "lambda alone"),
  },
  "synthetic-lambda-alone": {
    over: "lambda",
    asked: "lambda alone",
    runs: () => askedSweep("synthetic", "lambda alone"),
  },
  "retailrocket-interests": { over: "K", asked: "K with RR", runs: () => interests(shop) },
  "synthetic-interests": { over: "K", asked: "K with RR", runs: () => interests("synthetic") },
  "retailrocket-history-length": { over: "L", asked: "L", runs: () => askedSweep(shop, "L") },
  "retailrocket-learning-rate": {
    over: "learningRate",
    asked: "learningRate",
    runs: () => askedSweep(shop, "learningRate"),
  },
  "synthetic-learning-rate": {
    over: "learningRate",
    asked: "learningRate",
    runs: () => askedSweep("synthetic", "learningRate"),
  },
};

/** Those whose figures other notebooks have: tables only. */
const told: Readonly<Record<string, Sweep>> = {
  ...Object.fromEntries(
    Object.entries({ retailrocket: shop, synthetic: "synthetic", books: "books-kgat" })
      .map(([name, data]) => [
        `${name}-beta`,
        { over: "beta", runs: () => recordedSweep(data, "beta") } as const,
      ]),
  ),
  "retailrocket-lambda": { over: "lambda", runs: () => recordedSweep(shop, "lambda") },
  "synthetic-lambda": { over: "lambda", runs: () => recordedSweep("synthetic", "lambda") },
};

/** By the name of their files. */
export const figures: Readonly<Record<string, () => Promise<Figure>>> = Object.fromEntries(
  Object.entries(sweeps).map(([name, { over, runs }]) => [
    name,
    async () => figure.sweep(await runs(), { over, show: ["Recall@50", "Recall@20"] }),
  ]),
);

/** By the name of their files. */
export const tables: Readonly<Record<string, () => Promise<Table>>> = Object.fromEntries(
  Object.entries({ ...told, ...sweeps }).map(([name, { over, asked, runs }]) => [
    name,
    async () => await sweepTable(await runs(), { over, asked }),
  ]),
);
