import assert from "node:assert/strict";
import { linesOf, runsByMethod } from "../compare/group_runs.ts";
import { recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { data } from "../data/load.ts";
import { manifestEntry } from "../data/manifest.ts";
import { findSource, places } from "../data/sources.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { runKey } from "../train/run_key.ts";
import { recordedRuns } from "./recorded.ts";
import { writeSnapshots } from "./snapshots.ts";
import { appendRun } from "./store.ts";
import {
  askedSweep,
  recordedAblation,
  recordedAblations,
  recordedAblationSnapshots,
  recordedLonger,
  recordedSweep,
} from "./studies.ts";
import { study, studyNames } from "./study.ts";

/** A run of the synthetic study, under the key of its configuration. */
function run(
  machine: string,
  objective: TrainConfig["objective"],
  other: TrainConfig = {},
  hash = study("synthetic").hash,
): Run {
  const config = resolveConfig({ ...study("synthetic").settings, objective, ...other });
  const data = { name: "synthetic", hash };
  return recordable({ key: runKey(config, data), machine, config, data });
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
  run("other S", {}, { S: 10 }),
  run("full rr", { softmax: "full", rr: { lambda: 100 } }),
  run("dnn", {}, { model: "youtube-dnn", K: 1, S: 10 }),
  run("dnn full", { softmax: "full" }, { model: "youtube-dnn", K: 1 }),
];

/** What is none of the study's, whichever question is asked. */
const strangers = [
  run("longer by other rules", {}, { maxSteps: 20_000 }),
  run("other d", { rr: { lambda: 100 } }, { d: 8 }),
  run("other scaling", { rr: { lambda: 100, scaling: "batch-mean" } }),
  run("K of no sweep", {}, { K: 5 }),
  run("other seed of the data", { ihn: { beta: 1 } }, {}, "ab".repeat(32)),
  { ...run("under another key", {}), key: run("remi", { ihn: { beta: 1 } }).key },
  { ...run("made later", {}), config: { ...run("", {}).config, dropout: 0.5 } } as Run,
  run("no ihn, said", { ihn: { beta: 0 } }),
  run("no rr, said", { ihn: { beta: 1 }, rr: { lambda: 0, scaling: "batch-mean" } }),
  run("no repel, said", { rr: { lambda: 100 }, repel: { lambda: 0 } }),
];

const names = (picked: readonly Run[]) => picked.map(({ machine }) => machine);

Deno.test("ablations and sweeps pick what belongs together and nothing else", () =>
  inFolder(async (folder) => {
    for (const one of [...runs, ...strangers]) await appendRun(one, folder);
    const ablation = await recordedAblation("synthetic", folder);
    assert.deepEqual(names(ablation), ["plain", "ihn", "rr", "remi"]);
    const betas = await recordedSweep("synthetic", "beta", folder);
    assert.deepEqual(names(betas), ["plain", "ihn", "harder", "rr", "remi", "remi 0.1"]);
    const lambdas = await recordedSweep("synthetic", "lambda", folder);
    assert.deepEqual(names(lambdas), ["ihn", "remi", "remi 1000"]);
    const interests = await recordedSweep("synthetic", "K", folder);
    assert.deepEqual(names(interests), ["plain", "remi", "other K"]);
    const negatives = await recordedSweep("synthetic", "S", folder);
    const sampled = ["plain", "remi", "other S", "dnn"];
    assert.deepEqual(names(negatives).sort(), [...sampled, "full", "full rr", "dnn full"].sort());
  }));

Deno.test("a remedy of strength 0 beside the run without it breaks no figure", () =>
  inFolder(async (folder) => {
    for (const one of [...runs, ...strangers]) await appendRun(one, folder);
    const methods = runsByMethod(await recordedAblation("synthetic", folder));
    assert.deepEqual(methods.map(({ runs }) => runs.length), [1, 1, 1, 1]);
    for (const over of ["beta", "lambda", "K", "S"] as const) {
      assert.ok(linesOf(await recordedSweep("synthetic", over, folder), over).length > 0);
    }
  }));

Deno.test("a sweep that there is not is refused, not taken for another", () =>
  inFolder(async (folder) => {
    for (const one of runs) await appendRun(one, folder);
    for (const other of ["L", "learningRate", "lamda"]) {
      await assert.rejects(
        () => recordedSweep("synthetic", other as "K", folder),
        /recordedSweep, over: no such name.* There are "beta", "lambda", "K", "S"\./,
      );
    }
    await assert.rejects(
      () => askedSweep("synthetic", "K" as "L", folder),
      /askedSweep, over: no such name.* There are "lambda alone", "L", "learningRate", "K with RR"/,
    );
    await assert.rejects(
      () => askedSweep("gowalla-lightgcn", "L", folder), // which no plan would ever record
      /none recorded with another L: "gowalla-lightgcn"\. It is asked of .*retailrocket-comirec/,
    );
  }));

Deno.test("the ablations of all data sets, as far as they are recorded", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await recordedAblations(folder), []);
    for (const one of runs) await appendRun(one, folder);
    assert.deepEqual((await recordedAblations(folder)).map(names), [[
      "plain",
      "ihn",
      "rr",
      "remi",
    ]]);
  }));

Deno.test("a training and the same with the reference's stopping rule are a pair", () =>
  inFolder(async (folder) => {
    for (const one of runs) await appendRun(one, folder);
    await assert.rejects(
      () => recordedLonger(folder),
      /stopping rule: no training is recorded with it/,
    );
    const longer = study("synthetic").longer!;
    const remi = { ihn: { beta: 1 }, rr: { lambda: 100 } };
    const others = [
      run("long harder", { ihn: { beta: 10 } }, longer),
      run("other seed", {}, { ...longer, seed: 2 }),
    ];
    for (const one of [run("long remi", remi, longer), ...others]) await appendRun(one, folder);
    const pairs = await recordedLonger(folder);
    assert.deepEqual(pairs.map(({ short, longer }) => [short.machine, longer.machine]), [
      ["remi", "long remi"],
    ]);
  }));

Deno.test("snapshots of an ablation are picked like its runs", () =>
  inFolder(async (folder) => {
    for (const one of [...runs, ...strangers.slice(0, 5)]) {
      await writeSnapshots({ ...one, bestStep: 1, curve: "", snapshots: [] }, folder);
    }
    const ablation = await recordedAblationSnapshots("synthetic", folder);
    const keys = [...ablation].map(({ key }) => key).sort();
    assert.deepEqual(keys, [runs[0]!, runs[1]!, runs[3]!, runs[4]!].map(({ key }) => key).sort());
  }));

Deno.test("what is left out is said once, in one line, with the reason and the keys", () =>
  inFolder(async (folder) => {
    for (const one of [...runs, ...strangers]) await appendRun(one, folder);
    const said: string[] = [];
    const { warn } = console;
    console.warn = (line: string) => said.push(line);
    try {
      await recordedAblation("synthetic", folder);
      await recordedSweep("synthetic", "K", folder);
    } finally {
      console.warn = warn;
    }
    assert.equal(said.length, 1);
    assert.match(said[0]!, /^10 recorded runs are left out of the published figures and tables: /);
    const zero = ["ihn.beta", "rr.lambda", "repel.lambda"];
    const reasons = [
      ...["maxSteps 20000", "d 8", "objective.rr.scaling batch-mean", "K 5"],
      ...zero.map((path) => `objective.${path} 0, which trains the same as without it`),
    ];
    for (const why of [...reasons, "other data than the synthetic of the study"]) {
      assert.ok(said[0]!.includes(`${why} (`), `${why} is not in: ${said[0]}`);
    }
    for (const { key } of strangers) assert.ok(said[0]!.includes(key.slice(0, 6)));
    assert.equal(said[0]!.includes("\n"), false);
  }));

Deno.test("what is asked for by name may have any value, the rest is as in the study", () =>
  inFolder(async (folder) => {
    for (const one of [...runs, ...strangers]) await appendRun(one, folder);
    const K5 = await recordedRuns("synthetic", { K: 5 }, folder);
    assert.deepEqual(names(K5), ["K of no sweep"]);
    const rr = { lambda: 100, scaling: "batch-mean" };
    assert.deepEqual(names(await recordedRuns("synthetic", { objective: { rr } }, folder)), [
      "other scaling",
    ]);
    const idle = await recordedRuns("synthetic", { objective: { ihn: { beta: 0 } } }, folder);
    assert.deepEqual(names(idle), ["no ihn, said"]);
    const all = names(await recordedRuns("synthetic", {}, folder));
    assert.deepEqual(all.sort(), names(runs).sort());
  }));

Deno.test("data sets that are at hand are those of the studies", async (t) => {
  for (const name of studyNames) {
    const entry = await manifestEntry(name);
    const isHere = entry.files.length === 0 || await findSource(entry, places()) !== undefined;
    await t.step({
      name: `${name}${isHere ? "" : " (not here)"}`,
      ignore: !isHere,
      fn: () =>
        inFolder(async (cache) => {
          const read = await data(name, { places: { ...places(), cache } });
          assert.equal(read.hash, study(name).hash);
        }),
    });
  }
});

Deno.test("a data set without a study, or without its runs, is refused", () =>
  inFolder(async (folder) => {
    for (const name of ["elsewhere", "constructor", "toString"]) {
      await assert.rejects(() => recordedAblation(name, folder), /no study of it/);
    }
    for (const data of studyNames) {
      await assert.rejects(() => recordedAblation(data, folder), /no recorded run fits/);
    }
  }));
