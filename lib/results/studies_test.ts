import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import type { Run } from "../train/run.ts";
import { writeSnapshots } from "./snapshots.ts";
import { appendRun } from "./store.ts";
import {
  recordedAblation,
  recordedAblations,
  recordedAblationSnapshots,
  recordedLonger,
  recordedSweep,
  study,
  studyNames,
} from "./studies.ts";

function run(key: string, objective: object, settings: object = {}): Run {
  const config = {
    ...study("synthetic").settings,
    objective: { softmax: "sampled", ...objective },
    ...settings,
  };
  return { key, seed: 1, config, data: { name: "synthetic" } } as unknown as Run;
}

const runs = [
  run("plain", {}),
  run("ihn", { ihn: { beta: 1 } }),
  run("harder", { ihn: { beta: 10 } }),
  run("rr", { rr: { lambda: 100 } }),
  run("remi", { ihn: { beta: 1 }, rr: { lambda: 100 } }),
  run("remi 0.1", { ihn: { beta: 0.1 }, rr: { lambda: 100 } }),
  run("remi 1000", { ihn: { beta: 1 }, rr: { lambda: 1000 } }),
  run("full", { softmax: "full" }),
  run("other K", {}, { K: 8 }),
  run("longer", {}, { maxSteps: 20_000 }),
  run("other S", {}, { S: 10 }),
  run("other d", { rr: { lambda: 100 } }, { d: 8 }),
  run("other scaling", { rr: { lambda: 100, scaling: "batch-mean" } }),
  run("full rr", { softmax: "full", rr: { lambda: 100 } }),
  run("dnn", {}, { model: "youtube-dnn", K: 1, S: 10 }),
  run("dnn full", { softmax: "full" }, { model: "youtube-dnn", K: 1 }),
];

const keys = (picked: Run[]) => picked.map(({ key }) => key);

Deno.test("ablations and sweeps pick what belongs together and nothing else", () =>
  inFolder(async (folder) => {
    for (const one of runs) await appendRun(one, folder);
    const ablation = await recordedAblation("synthetic", folder);
    assert.deepEqual(keys(ablation), ["plain", "ihn", "rr", "remi"]);
    const betas = await recordedSweep("synthetic", "beta", folder);
    assert.deepEqual(keys(betas), ["plain", "ihn", "harder", "rr", "remi", "remi 0.1"]);
    const lambdas = await recordedSweep("synthetic", "lambda", folder);
    assert.deepEqual(keys(lambdas), ["ihn", "remi", "remi 1000"]);
    const interests = await recordedSweep("synthetic", "K", folder);
    assert.deepEqual(keys(interests), ["plain", "remi", "other K"]);
    const negatives = await recordedSweep("synthetic", "S", folder);
    const sampled = ["plain", "remi", "other S", "dnn"];
    assert.deepEqual(keys(negatives).sort(), [...sampled, "full", "full rr", "dnn full"].sort());
  }));

Deno.test("the ablations of all data sets, as far as they are recorded", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await recordedAblations(folder), []);
    for (const one of runs) await appendRun(one, folder);
    assert.deepEqual((await recordedAblations(folder)).map(keys), [["plain", "ihn", "rr", "remi"]]);
  }));

Deno.test("a training and the same with the reference's stopping rule are a pair", () =>
  inFolder(async (folder) => {
    for (const one of runs) await appendRun(one, folder);
    await assert.rejects(
      () => recordedLonger(folder),
      /stopping rule: no training is recorded with it/,
    );
    const { longer } = study("synthetic");
    const remi = { ihn: { beta: 1 }, rr: { lambda: 100 } };
    const lone = { ...run("other seed", {}, longer), seed: 2 };
    const others = [run("long harder", { ihn: { beta: 10 } }, longer), lone];
    for (const one of [run("long remi", remi, longer), ...others]) await appendRun(one, folder);
    const pairs = await recordedLonger(folder);
    assert.deepEqual(pairs.map(({ short, longer }) => [short.key, longer.key]), [
      ["remi", "long remi"],
    ]);
  }));

Deno.test("snapshots of an ablation are picked like its runs", () =>
  inFolder(async (folder) => {
    for (const one of runs) await writeSnapshots({ ...one, bestStep: 1, snapshots: [] }, folder);
    const ablation = await recordedAblationSnapshots("synthetic", folder);
    assert.deepEqual(ablation.map(({ key }) => key).sort(), ["ihn", "plain", "remi", "rr"]);
  }));

Deno.test("a data set without a study, or without its runs, is refused", () =>
  inFolder(async (folder) => {
    await assert.rejects(() => recordedAblation("elsewhere", folder), /no study of it/);
    for (const data of studyNames) {
      await assert.rejects(() => recordedAblation(data, folder), /no recorded run fits/);
    }
  }));
