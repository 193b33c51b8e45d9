import assert from "node:assert/strict";
import { hitsOf, meanMetrics, metricsOfHits, type UserHits } from "../../evaluate/metrics.ts";
import { withCurves } from "../../results/recorded.ts";
import { appendRun, readRuns } from "../../results/store.ts";
import { resolveConfig } from "../../train/config.ts";
import type { Run } from "../../train/run.ts";
import { exampleRun, exampleSweep, recordable, titleOf } from "../../testing/example_runs.ts";
import { askedAnswers, askedSweep } from "../../results/studies.ts";
import { exampleSampled } from "../../testing/example_negatives.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { madeUpLists } from "../../testing/made_up_hits.ts";
import { sweep } from "./sweep.ts";
import { sweepTable } from "./sweep_table.ts";

const recall = { over: "beta", show: ["Recall@50"] } as const;

/** The same with differences that the seeds do not agree on. */
const noisy = exampleSweep.map((run): Run => {
  const { beta = 0 } = run.config.objective.ihn ?? {};
  const noise = 0.004 * ((3 * run.seed * (Math.round(10 * beta) % 7 + 1)) % 5 - 2);
  const at50 = { ...run.test[50]!, recall: run.test[50]!.recall + noise };
  return { ...run, test: { ...run.test, 50: at50 } };
});

Deno.test("the title names every value that the rule does not tell from the best", async () => {
  assert.match(titleOf(await sweep(noisy, recall)), /^Highest test recall@50: β = 0, 0\.1 or 1 /);
  assert.match(titleOf(await sweep(exampleSweep, recall)), /^Highest test recall@50: β = 1 /);
});

Deno.test("the title claims nothing that the seeds do not support", async () => {
  const alike = noisy.filter(({ config }) => config.objective.ihn?.beta !== 10);
  assert.match(
    titleOf(await sweep(alike, recall)),
    /^Test recall@50: seeds tell no β from the best /,
  );
  const two = exampleSweep.filter(({ seed }) => seed < 3);
  assert.match(titleOf(await sweep(two, recall)), /^Test recall@50 by β: too few seeds to judge /);
  const few = exampleSweep.filter(({ seed, config }) =>
    seed === 1 || config.objective.ihn?.beta !== 1
  );
  assert.match(
    titleOf(await sweep(few, recall)),
    /^Highest test recall@50: β = 0\.1 \(1: too few seeds\) /,
  );
});

/** Hits of users of whom the first ones are found, at the first rank. */
function hits(found: number): UserHits {
  const ranked = Uint32Array.from({ length: USERS * 50 }, (_, i) => i % 50 === 0 ? 2 : 3);
  for (let u = 0; u < found; u++) ranked[u * 50] = 1;
  return hitsOf(ranked, 50, () => [1]);
}

const USERS = 40;

/** Three seeds of three β that find one user more each, and of the last that finds ten fewer. */
async function recordSweep(folder: string): Promise<Run[]> {
  for (const [beta, found] of [[0.1, 20], [1, 21], [10, 10]] as const) {
    for (const seed of [1, 2, 3]) {
      const its = hits(found);
      const test = meanMetrics(metricsOfHits(its));
      const config = resolveConfig({ objective: { ihn: { beta }, rr: { lambda: 100 } }, seed });
      const lists = { 20: madeUpLists, 50: madeUpLists };
      const run = recordable({ key: `${beta} ${seed}`, config, test, stop: "early-stopping" });
      await appendRun(run, folder, { hits: its, lists, unseen: test });
    }
  }
  return await withCurves((await readRuns(folder)).runs, folder);
}

Deno.test("titles say what the table's marks say: users are asked where hits are kept", () =>
  inFolder(async (folder) => {
    const runs = await recordSweep(folder);
    const marked = async (runs: readonly Run[]) => {
      const lines = (await sweepTable(runs, { over: "beta", folder })).toMarkdown().split("\n");
      const cellsOf = (line: string) => line.split("|").map((cell) => cell.trim());
      const heads = cellsOf(lines.find((line) => line.includes("β = 0.1"))!);
      const cells = cellsOf(lines.find((line) => line.includes("R@50"))!);
      return heads.filter((_, i) => /[●○]$/.test(cells[i]!));
    };
    const title = async (runs: readonly Run[]) => titleOf(await sweep(runs, { ...recall, folder }));
    // one user more in 40 is the same in every seed, and not in another sample of users
    assert.match(await title(runs), /^Highest test recall@50: β = 0\.1 or 1 /);
    assert.deepEqual(await marked(runs), ["β = 0.1", "β = 1"]);
    const without = runs.map(({ users: _, ...run }) => run);
    assert.match(await title(without), /^Highest test recall@50: β = 1 /);
    assert.deepEqual(await marked(without), ["β = 1"]);
    const two = runs.filter(({ config }) => config.objective.ihn!.beta < 10);
    assert.match(await title(two), /^Test recall@50: the rule tells no β from the best /);
    assert.deepEqual(await marked(two), ["β = 0.1", "β = 1"]);
  }));

Deno.test("lines stand in the house order, however many values each has", async () => {
  const alone = exampleSweep.slice(0, 4).map((run): Run => ({
    ...run,
    config: { ...run.config, objective: { softmax: "sampled" as const } },
  })).filter(({ seed }, i, all) => all.findIndex((run) => run.seed === seed) === i);
  const table = await sweepTable([...exampleSweep, ...alone], { over: "beta" });
  const names = table.toMarkdown().split("\n").flatMap((line) =>
    line.match(/^\| (.*?) \| R@20/)?.[1] ?? []
  );
  assert.deepEqual(names, ["ComiRec-SA", "RR alone to REMI"]);
});

Deno.test("a sweep that a question asks for says what it lacks", async () => {
  const runs = await askedSweep("retailrocket-comirec", "lambda alone");
  const options = { over: "lambda", asked: "lambda alone" } as const;
  const said = (await sweepTable(runs.slice(0, 6), options)).toMarkdown();
  const declared = (await askedAnswers("retailrocket-comirec", "lambda alone")).length;
  const recorded = (await askedAnswers("retailrocket-comirec", "lambda alone"))
    .filter(({ run }) => run).length;
  const lacking = `${recorded} of ${declared} trainings are recorded`;
  if (recorded < declared) assert.ok(said.includes(lacking), said);
  else assert.ok(!said.includes("trainings are recorded"), said);
  await inFolder(async (folder) => {
    const none = (await sweepTable(runs.slice(0, 6), { ...options, folder })).toMarkdown();
    assert.match(
      none,
      /0 of \d+ trainings are recorded\. No run yet: RR alone, λ = 1; RR alone, λ = 10;/,
    );
  });
});

Deno.test("learning rates and lengths of histories are swept like the others", async () => {
  const rates = exampleSweep.filter(({ config }) => config.objective.ihn?.beta === 1)
    .flatMap((run) =>
      [3e-4, 1e-3].map((learningRate) => ({ ...run, config: { ...run.config, learningRate } }))
    );
  const made = await sweep(rates, { over: "learningRate", show: ["Recall@20"] });
  assert.deepEqual((made.layout.xaxis as { ticktext: unknown }).ticktext, ["0.0003", "0.001"]);
  assert.match(titleOf(made), /^Test recall@20: seeds tell no rate from the best /);
});

Deno.test("points are means with whiskers over seeds, 0 stands beside the logarithms", async () => {
  const made = await sweep(exampleSweep, recall);
  const [line, without, with_] = made.data;
  assert.deepEqual(line!.x, [-2, -1, 0, 1]);
  assert.deepEqual([without!.name, with_!.name], ["RR alone", "REMI"]);
  const { array, arrayminus } = without!.error_y as Record<string, number[]>;
  assert.ok(Math.abs(array![0]! - 0.3) < 1e-9 && Math.abs(arrayminus![0]! - 0.3) < 1e-9);
});

Deno.test("the full softmax stands beside the greatest S, with all items", async () => {
  const made = await sweep(exampleSampled, { over: "S", show: ["Recall@50"] });
  const { tickvals, ticktext } = made.layout.xaxis as Record<string, (number | string)[]>;
  assert.deepEqual(ticktext, ["10", "1,280", "all"]);
  assert.deepEqual(tickvals!.map((x) => Number(x).toFixed(2)), ["1.00", "3.11", "5.21"]);
  assert.ok(made.data.flatMap(({ x }) => x as number[]).every(Number.isFinite));
  assert.match(made.alt, /full softmax: [\d.]+ % at S = all/);
});

Deno.test("what differs in something else is another line", async () => {
  const alone = exampleSweep.map((run): Run => ({
    ...run,
    config: { ...run.config, objective: { softmax: "sampled" as const } },
  })).filter((_, i) => i % 4 === 0);
  const made = await sweep([...exampleSweep, ...alone], recall);
  assert.equal(made.data.filter(({ mode }) => mode === "lines").length, 2);
  assert.match(titleOf(made), /^Highest test recall@50 from RR alone to REMI: β = 1 /);
});

Deno.test("measures are shown where they were measured, and refused where not", async () => {
  const show = { over: "beta", show: ["effective-negatives-selected"] } as const;
  await assert.rejects(() => sweep(exampleSweep, show), /not measured in any run/);
  const measured = { ...exampleRun(0.3, 1, {}), measures: { "effective-negatives-selected": 99 } };
  assert.match(
    titleOf(await sweep([measured], show)),
    /^Effective negatives \(selected interest\) is 99\.0/,
  );
});

Deno.test("a seed that one value has twice is refused, with both runs' keys", async () => {
  const [first] = exampleSweep;
  const longer = { ...first!, key: "longer", config: { ...first!.config, maxSteps: 1_000_000 } };
  await assert.rejects(
    () => sweep([...exampleSweep, longer], recall),
    new RegExp(`${first!.key} and longer, seed: a seed appears twice .*: 1\\. Leave one`),
  );
});

Deno.test("several data sets and no runs are refused", async () => {
  const elsewhere = { ...exampleSweep[0]!, data: { name: "other", hash: "other" } };
  await assert.rejects(() => sweep([...exampleSweep, elsewhere], recall), /one data set/);
  await assert.rejects(() => sweep([], recall), /one data set/);
});
