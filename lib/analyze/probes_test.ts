import assert from "node:assert/strict";
import type { Histories } from "../data/batch.ts";
import type { Dataset } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import type { Engine } from "../engine/engine.ts";
import type { Measures } from "../train/run.ts";
import { inFolder } from "../testing/in_folder.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import { train } from "../train/trainer.ts";
import { analysisMeasures } from "./measures.ts";
import { analysisProbe } from "./probes.ts";
import { drawSample } from "./sample.ts";

/** Eight planted interests whose items all survive the filter. */
const dataset = synthetic({
  users: 1500,
  interests: 8,
  itemsPerInterest: 60,
  interestsPerUser: [2, 2],
  length: [8, 12],
  noise: 0,
  itemSkew: 0,
  interestSkew: 0,
  seed: 4,
});
const small: TrainConfig = {
  B: 16,
  L: 8,
  K: 2,
  S: 24,
  d: 8,
  objective: { ihn: { beta: 1 }, rr: { lambda: 10 } },
  evaluateEvery: 20,
  maxSteps: 60,
};
const size = { users: 20, negatives: 50 };

/** Measures a model that answers as told; an item row points to its planted interest. */
async function measured(
  data: Dataset,
  K: number,
  answer: (u: number, k: number, n: number) => { planted: number; weight: (l: number) => number },
  config: TrainConfig = {},
): Promise<Measures> {
  const { L, d } = small as { L: number; d: number };
  const table = new Float32Array((data.itemCount + 1) * d);
  for (let item = 1; item <= data.itemCount; item++) {
    table[item * d + dataset.truth!.interestOfItem[item]!] = 1 + item % 7;
  }
  const interests = ({ length }: Histories) => {
    const U = length.length;
    const [vectors, routing] = [new Float32Array(U * K * d), new Float32Array(U * K * L)];
    for (let row = 0; row < U * K; row++) {
      const n = length[Math.floor(row / K)]!;
      const { planted, weight } = answer(Math.floor(row / K), row % K, n);
      vectors[row * d + planted] = 1;
      for (let l = 0; l < n; l++) routing[row * L + l] = weight(l);
    }
    return Promise.resolve({ K, interests: vectors, routing });
  };
  const engine = { interests, parameters: () => ({ table, dense: {} }) } as unknown as Engine;
  return await analysisProbe(data, { ...small, ...config }, size)(engine);
}

const sample = drawSample(dataset, 8, size);
const plantedIn = (u: number) => dataset.truth!.interestsOfUser.valid[sample.users[u]!]!;

Deno.test("interests that are the planted ones, with one-hot routing", async () => {
  const measures = await measured(dataset, 2, (u, k) => ({
    planted: plantedIn(u)[k]!,
    weight: (l) => l === k ? 1 : 0,
  }));
  for (const name of ["planted-covered", "planted-led", "planted-covered-by", "list-purity"]) {
    assert.equal(measures[name], 1, name);
  }
  assert.equal(measures["interest-cosine"], 0);
  assert.equal(measures["retrieved-overlap"], 0);
  assert.equal(measures["effective-items"], 1);
  assert.equal(measures["largest-weight"], 1);
});

Deno.test("identical interests with uniform routing", async () => {
  const measures = await measured(dataset, 3, (u, _k, n) => ({
    planted: plantedIn(u)[1]!,
    weight: () => 1 / n,
  }));
  assert.equal(measures["interest-cosine"], 1);
  assert.equal(measures["retrieved-overlap"], 1);
  assert.equal(measures["hard-for-user-easy-for-selected"], 0);
  assert.equal(measures["effective-items"], measures["effective-items-uniform"]);
  assert.equal(measures["largest-weight"], measures["largest-weight-uniform"]);
  assert.equal(measures["history-seen"], 1);
  assert.equal(measures["planted-led"], 0.5);
  assert.equal(measures["planted-covered"], 0.5);
  assert.equal(measures["planted-covered-by"], 1.5);
  for (const spread of ["effective-negatives", "top-percent-share", "idle-negatives"]) {
    assert.equal(measures[`${spread}-selected`], measures[`${spread}-other`]);
    assert.equal(measures[`${spread}-selected`], measures[`${spread}-single`]);
  }
});

const uniform = (_u: number, k: number, n: number) => ({ planted: k, weight: () => 1 / n });

Deno.test("every documented measure is recorded, and no other", async () => {
  const measures = await measured(dataset, 2, uniform);
  assert.deepEqual(Object.keys(measures).sort(), Object.keys(analysisMeasures).sort());
  for (const [name, { range: [least, largest] }] of Object.entries(analysisMeasures)) {
    const value = measures[name]!;
    assert.ok(value >= least && value <= (largest ?? Infinity), `${name} ${value}`);
  }
});

Deno.test("one interest has no pairs and no others, real data no planted truth", async () => {
  const { truth: _, ...real } = dataset;
  const names = Object.keys(await measured(real, 1, uniform));
  const absent = Object.keys(analysisMeasures).filter((name) => !names.includes(name));
  assert.deepEqual(absent, [
    "effective-negatives-other",
    "top-percent-share-other",
    "idle-negatives-other",
    "interest-cosine",
    "retrieved-overlap",
    "planted-covered",
    "planted-covered-by",
    "planted-led",
    "list-purity",
  ]);
});

Deno.test("the loss that is analysed is the training's", async () => {
  const of = (objective: TrainConfig["objective"], more: TrainConfig = {}) =>
    measured(dataset, 2, uniform, { objective, ...more });
  const [plain, ihn, full] = [
    await of({}),
    await of({ ihn: { beta: 10 } }),
    await of({ softmax: "full" }, { S: resolveConfig({}).S }), // no other S with the full softmax
  ];
  const name = "effective-negatives-selected";
  assert.ok(ihn[name]! < plain[name]!);
  assert.equal(plain["reversed-gradient-selected"], 0);
  assert.ok(ihn["reversed-gradient-selected"]! > 0);
  assert.equal(dataset.itemCount, 480);
  // the same spread, but the full softmax has 479 negatives instead of 24
  assert.equal(full[name], plain[name]);
  assert.ok(full["negative-gradient-selected"]! > plain["negative-gradient-selected"]!);
});

for (const backend of ["fused", "cpu"] as const) {
  Deno.test(`a training with the probe has the same bits as one without (${backend})`, () =>
    inFolder(async (folder) => {
      const config = { ...small, backend };
      const run = async (probes: ReturnType<typeof analysisProbe>[]) => {
        const trained = await train(dataset, config, { folder, probes });
        trained.engine.dispose();
        return trained;
      };
      const plain = await run([]);
      const probed = await run([analysisProbe(dataset, config, size)]);
      const again = await run([analysisProbe(dataset, config, size)]);
      assert.deepEqual(probed.parameters, plain.parameters);
      const unmeasured = probed.run.curve.map((point) => ({ ...point, measures: {} }));
      assert.deepEqual(unmeasured, plain.run.curve);
      assert.deepEqual(again.run.curve, probed.run.curve);
      assert.ok(probed.run.curve.every(({ measures }) => measures!["effective-items"]! > 1));
    }));
}

for (const selection of ["bam", "per-item"] as const) {
  const objective = { softmax: "sampled", selection } as const;
  Deno.test(`of ${selection}, which trains another interest, none is called selected`, async () => {
    const names = Object.keys(await measured(dataset, 2, uniform, { objective }));
    const absent = Object.keys(analysisMeasures).filter((name) => !names.includes(name));
    assert.deepEqual(absent, [
      "effective-negatives-selected",
      "effective-negatives-other",
      "top-percent-share-selected",
      "top-percent-share-other",
      "idle-negatives-selected",
      "idle-negatives-other",
      "negative-gradient-selected",
      "reversed-gradient-selected",
      "hard-for-user-easy-for-selected",
    ]);
  });
}
