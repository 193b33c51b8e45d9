import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { usersOf } from "../data/batch.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { largeParameters, type ModelCase, modelCases, richBatch } from "../testing/model_cases.ts";
import { AutogradEngine } from "./autograd_engine.ts";
import { drawNoise } from "./model_input.ts";

const cases = modelCases();

/** The first case of a model with that objective. */
function caseOf(model: string, objective: string): ModelCase {
  return cases.find(({ name, config }) => config.model === model && name.endsWith(objective))!;
}

async function engineOf({ model, config }: ModelCase, seed = 1): Promise<AutogradEngine> {
  const start = initialParameters(model, config.sizes, 3, config.options);
  return await AutogradEngine.create({ ...config, seed }, start, "cpu");
}

for (const model of ["mind", "umi"]) {
  Deno.test(`${model}: noise in serving does not depend on who else is asked`, async () => {
    const test = caseOf(model, "sampled softmax");
    const engine = await engineOf(test);
    const batch = richBatch(test.config.sizes, new Random(2));
    const together = await engine.interests(batch);
    const size = together.interests.length / batch.length.length;
    for (let u = 0; u < batch.length.length; u++) {
      const alone = await engine.interests(usersOf(batch, u, u + 1));
      const want = together.interests.subarray(u * size, (u + 1) * size);
      assert.deepEqual([...alone.interests], [...want]);
    }
    const other = await (await engineOf(test, 2)).interests(batch);
    assert.notDeepEqual(other.interests, together.interests);
  });

  Deno.test(`${model}: every step draws noise of its own`, async () => {
    const test = caseOf(model, "sampled softmax");
    const frozen = { ...test.config, adam: { ...test.config.adam, learningRate: 1e-30 } };
    const engine = await engineOf({ ...test, config: frozen });
    const batch = richBatch(test.config.sizes, new Random(2));
    const losses = [await engine.step(batch), await engine.step(batch)].map(({ loss }) => loss);
    assert.notEqual(losses[0], losses[1]);
  });
}

Deno.test("dropout is in training only", async () => {
  const test = caseOf("gru4rec", "sampled softmax");
  const batch = richBatch(test.config.sizes, new Random(2));
  const without = { ...test, config: { ...test.config, options: { dropout: 0 } } };
  const [some, none] = [await engineOf(test), await engineOf(without)];
  assert.deepEqual(await some.interests(batch), await none.interests(batch));
  assert.notEqual((await some.step(batch)).loss, (await none.step(batch)).loss);
});

for (const [model, objective] of [["mind", "BaM"], ["pimi", "BaM"], ["gru4rec", "IHN"]] as const) {
  Deno.test(`${model} with ${objective} goes on from a saved state to the same bits`, async () => {
    const test = caseOf(model, objective);
    const random = new Random(2);
    const batches = Array.from({ length: 6 }, () => richBatch(test.config.sizes, random));
    const [whole, first, second] = [
      await engineOf(test),
      await engineOf(test),
      await engineOf(test),
    ];
    for (const batch of batches) await whole.step(batch);
    for (const batch of batches.slice(0, 3)) await first.step(batch);
    second.restore(first.state());
    for (const batch of batches.slice(3)) await second.step(batch);
    assert.deepEqual(second.parameters(), whole.parameters());
  });
}

Deno.test("a model without what it reads of the data says so", async () => {
  const test = caseOf("umi", "sampled softmax");
  const { profile: _, ...batch } = richBatch(test.config.sizes, new Random(2));
  await assert.rejects(
    (await engineOf(test)).gradients(batch),
    /histories do not have: "profiles of users"/,
  );
});

for (
  const test of cases.filter(({ name }) => /\{\}, (sampled softmax|per-item maximum)$/.test(name))
) {
  const { name, model, config } = test;
  if (model.counts) continue;
  Deno.test(`the padding row learns as a negative only: ${name}`, async () => {
    const random = new Random(3);
    const engine = await AutogradEngine.create(config, largeParameters(test, random), "cpu");
    const batch = richBatch(config.sizes, random);
    batch.negatives[0] = 0;
    const { rows } = await engine.gradients(batch);
    const { d } = config.sizes;
    batch.history.forEach((item, i) => {
      if (item === 0) assert.ok(rows[0]!.subarray(i * d, (i + 1) * d).every((g) => g === 0));
    });
    const asNegative = rows[2]!.subarray(0, d).some((g) => g !== 0);
    assert.equal(asNegative, !model.zeroPadding);
  });
}

Deno.test("popularity counts every target of a batch once", async () => {
  const { config } = caseOf("popularity", "sampled softmax");
  const engine = await engineOf(caseOf("popularity", "sampled softmax"));
  const batch = richBatch(config.sizes, new Random(4));
  batch.target.set([7, 7, 3, 1, 2, 9]);
  await engine.step(batch);
  batch.target.set([7, 3, 3, 3, 3, 3]);
  await engine.step(batch);
  const { table } = engine.parameters();
  const { interests } = await engine.interests(batch);
  const score = (item: number) =>
    interests.subarray(0, config.sizes.d).reduce(
      (sum, x, j) => sum + x * table[item * config.sizes.d + j]!,
      0,
    );
  assert.deepEqual([7, 3, 1, 2, 9, 4].map(score), [2, 2, 1, 1, 1, 0]);
});

Deno.test("noise by position is drawn for real positions alone", () => {
  const histories = { history: Int32Array.of(3, 0, 0, 4, 5, 0), length: Int32Array.of(1, 2) };
  const noise = { shape: [3, 2], draw: () => 1 };
  const drawn = (
    byPosition?: true,
  ) => [...drawNoise("n", { ...noise, ...(byPosition && { byPosition }) }, histories, { step: 1 })];
  assert.deepEqual(drawn(true), [1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
  assert.deepEqual(drawn(), Array.from({ length: 12 }, () => 1));
});
