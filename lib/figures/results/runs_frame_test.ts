import assert from "node:assert/strict";
import type { Run } from "../../train/run.ts";
import { resolveConfig, type TrainConfig } from "../../train/config.ts";
import { runsFrame } from "./runs_frame.ts";
import { table } from "../../show/table.ts";

function run(seed: number, recall: number, config: TrainConfig): Run {
  const metrics = { recall, hr: 0.5, ndcg: 0.25, ndcgReference: 0.25 };
  return {
    key: `key of ${seed}`,
    seed,
    config: resolveConfig({ ...config, seed }),
    data: { name: "made-up", hash: "made-up" },
    bestStep: 200,
    steps: 400,
    test: { 20: metrics, 50: metrics },
    wallSeconds: 90,
  } as unknown as Run;
}

Deno.test("runs become rows that can be grouped", () => {
  const remi = { objective: { ihn: { beta: 1 }, rr: { lambda: 100 } } };
  const frame = runsFrame([run(1, 0.2, remi), run(2, 0.4, remi), run(1, 0.1, { K: 2 })]);
  const rows = table(frame).toCsv().split("\n");
  assert.equal(
    rows[0],
    "run,data,method,K,S,beta,lambda,softmax,group,seed,best step,steps," +
      "R@20,HR@20,NDCG@20,R@50,HR@50,NDCG@50,minutes",
  );
  assert.match(
    rows[1]!,
    /^"?"?,made-up,REMI,4,1280,1,100,sampled,1,1,200,400,20,50,25,20,50,25,1.5$/,
  );
  const means = frame.groupby(["method", "K"]).col(["R@50"]).mean();
  assert.match(table(means).toMarkdown(), /\| REMI \| 4 \| 30/);
  assert.match(table(means).toMarkdown(), /\| ComiRec-SA \| 2 \| 10/);
});

Deno.test("whatever tells runs apart is a column, and runs that are alike are one group", () => {
  const rr = { lambda: 100 };
  const frame = runsFrame([
    run(1, 0.2, { objective: { rr } }),
    run(2, 0.3, { objective: { rr: { ...rr, scaling: "batch-mean" } } }),
    run(3, 0.4, { objective: { rr } }),
    run(1, 0.5, { model: "youtube-dnn" }),
    { ...run(2, 0.6, { objective: { rr }, L: 40 }), data: { name: "made-up", hash: "other" } },
  ]);
  const rows = table(frame).toCsv().trim().split("\n").map((line) => line.split(","));
  const of = (name: string) => rows.slice(1).map((cells) => cells[rows[0]!.indexOf(name)]);
  assert.deepEqual(of("group"), ["1", "2", "1", "3", "4"]);
  assert.deepEqual(of("objective.rr.scaling"), ["code", "batch-mean", "code", "code", "code"]);
  assert.deepEqual(of("L"), ["20", "20", "20", "20", "40"]);
  assert.deepEqual(of("options.sum").map((cell) => cell!.replaceAll('"', "")), [
    "",
    "",
    "",
    "all",
    "",
  ]);
  assert.ok(!rows[0]!.includes("learningRate"));
});

Deno.test("what the lists are like has columns where a run has it", () => {
  const at = { coverage: 0.5, popularity: 0.75, logPopularity: 2, diversity: 0.25 };
  const lists = { ...at, leadingShare: 0.5, servingInterests: 2 };
  const metrics = { recall: 0.125, hr: 0.5, ndcg: 0.25, ndcgReference: 0.25 };
  const frame = runsFrame([
    { ...run(1, 0.2, {}), lists: { 20: lists, 50: lists }, unseen: { 20: metrics, 50: metrics } },
    run(2, 0.3, {}),
  ]);
  assert.equal(frame.shape[0], 2);
  assert.deepEqual((frame["coverage@50"] as { values: unknown }).values, [0.5, NaN]);
  const had = frame.query(frame["R@50 unseen"].eq(12.5)) as typeof frame;
  assert.deepEqual((had["seed"] as { values: unknown }).values, [1]);
  assert.match(table(frame).toMarkdown(), /diversity@20/);
});

Deno.test("no runs make no data frame", () => {
  assert.throws(() => runsFrame([]), /no runs/);
});
