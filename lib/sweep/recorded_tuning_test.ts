import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { appendRun } from "../results/store.ts";
import { recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { modelNames, modelOf } from "../model/registry.ts";
import type { TrainConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import { Tuning } from "./recorded_tuning.ts";
import type { Trial } from "./tuning.ts";

const dataset = synthetic({ users: 300 });
const data = { dataset, historyLength: 20, options: [] };
const { signal } = new AbortController();
const budget = { trainings: Infinity, seconds: Infinity, processes: 3, signal };

/** Records what a training of a tuning would, on data of a name. */
async function record(tuning: Tuning, trial: Trial, name = dataset.name): Promise<void> {
  const config = tuning.resolved(trial);
  const key = runKey(config, dataset);
  await appendRun(recordable({ key, config, data: { name, hash: dataset.hash } }), tuning.folder);
}

Deno.test("what is recorded of the same data under another name is not trained again", () =>
  inFolder(async (folder) => {
    const tuning = new Tuning(data, {}, folder);
    for (const trial of tuning.trials) await record(tuning, trial, "elsewhere");
    const trained: Trial[] = [];
    await tuning.run({ ...budget, trainings: 4 }, (trials) => {
      trained.push(...trials);
      return Promise.resolve();
    });
    assert.equal(trained.length, 0);
    await tuning.run(budget, async (trials) => {
      trained.push(...trials);
      for (const trial of trials) await record(tuning, trial);
    });
    assert.equal(trained.length, tuning.whole - 4);
    assert.ok(tuning.trials.every((trial) => tuning.runOf(trial)));
  }));

Deno.test("what its process calls done and nobody recorded is not tried twice", () =>
  inFolder(async (folder) => {
    const tuning = new Tuning(data, {}, folder);
    const tried: number[] = [];
    await tuning.run(budget, (trials) => {
      tried.push(trials.length);
      return Promise.resolve();
    });
    assert.deepEqual(tried, [3, 1]);
    assert.ok(tuning.trials.every((trial) => tuning.valid(trial) === -Infinity));
  }));

Deno.test("what a stop left is neither done nor failed", () =>
  inFolder(async (folder) => {
    const tuning = new Tuning(data, {}, folder);
    const stop = new AbortController();
    await tuning.run({ ...budget, signal: stop.signal }, async ([first]) => {
      await record(tuning, first!);
      stop.abort();
    });
    const valid = tuning.trials.map(tuning.valid);
    assert.deepEqual(valid, [0.2, undefined, undefined, undefined]);
  }));

Deno.test("every training of a tuning is one that its model and softmax take", () =>
  inFolder(async (folder) => {
    const bases: TrainConfig[] = modelNames.filter((name) => !modelOf(name).counts)
      .map((model) => ({ model }));
    const more: TrainConfig[] = [
      { objective: { softmax: "full" } },
      { model: "youtube-dnn", objective: { softmax: "full" } },
      { model: "mind", options: { stopGradient: false } },
      { K: 1 },
    ];
    for (const [i, base] of [...bases, ...more].entries()) {
      const tuning = new Tuning(data, base, `${folder}/${i}`);
      const seen: Trial[] = [];
      await tuning.run(budget, async (trials) => {
        seen.push(...trials);
        for (const trial of trials) await record(tuning, trial);
      });
      assert.equal(seen.length, tuning.whole);
      assert.equal(seen.some(({ candidate }) => candidate.lambda > 0), !tuning.refusals.lambda);
      assert.equal(seen.some(({ candidate }) => candidate.beta > 0), !tuning.refusals.beta);
    }
    const full = new Tuning(data, { objective: { softmax: "full" } }, folder);
    assert.deepEqual(Object.keys(full.refusals), ["beta"]);
    const one = new Tuning(data, { model: "gru4rec" }, folder);
    assert.match(one.refusals.lambda!, /without routing/);
    assert.throws(
      () => new Tuning(data, { model: "popularity" }, folder),
      /there is nothing to tune: "popularity"/,
    );
  }));
