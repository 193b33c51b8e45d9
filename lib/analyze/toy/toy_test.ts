import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { BadInput } from "../../base/bad_input.ts";
import type { Engine } from "../../engine/engine.ts";
import { FusedEngine } from "../../engine/fused/fused_engine.ts";
import { useTfjsBackend } from "../../engine/tfjs/backends.ts";
import { interestAwareNegatives } from "../../objective/interest_aware_negatives.ts";
import { sampledSoftmax } from "../../objective/sampled_softmax.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import { assertClose } from "../../testing/assert_close.ts";
import { dotProduct, toy, toyItems, weightedSums } from "./toy_user.ts";
import { toyBatch, toyConfig, toyStart } from "./toy_start.ts";
import { trainToy } from "./train_toy.ts";

const close = { absolute: 1e-9, relative: 0 };
const H = toy.history.map(({ vector }) => vector);
const V = weightedSums(toy.A, H);
const scoresOf = (e: readonly number[]) => V.map((v) => dotProduct(v, e));

/** Numbers of two lists, one by one. */
function assertAll(found: readonly number[], wanted: readonly number[], tolerance = close): void {
  assert.equal(found.length, wanted.length);
  found.forEach((number, i) => assertClose(number, wanted[i]!, tolerance));
}

Deno.test("the toy has the sizes that notebooks name, and rows of A that sum to 1", () => {
  assert.deepEqual([toy.history.length, toy.A.length, toy.negatives.length], [4, 2, 5]);
  for (const row of toy.A) assertClose(row.reduce((a, b) => a + b), 1, close);
  assert.equal(new Set(toyItems.map(({ name }) => name)).size, 11);
});

Deno.test("the toy's interests and scores are those that its README prints", () => {
  assertAll(V[0]!, [1.5, 0.1]);
  assertAll(V[1]!, [0.2, 1]);
  assertAll(scoresOf(toy.targets[0].vector), [2.95, -0.1]);
  assertAll(scoresOf(toy.targets[1].vector), [0.95, 2.1]);
  const [first, second] = [0, 1].map((k) => toy.negatives.map((e) => scoresOf(e.vector)[k]!));
  assertAll(first!, [3.05, 1.8, 1.65, -1.4, -1.7]);
  assertAll(second!, [0.9, 3.2, 1.7, 0.8, -2.2]);
});

Deno.test("each target has one negative that the selection hides", () => {
  const hidden = toy.targets.map(({ vector }) => {
    const own = scoresOf(vector);
    const best = Math.max(...own);
    const selected = own.indexOf(best);
    return toy.negatives.filter((e) => {
      const scores = scoresOf(e.vector);
      return Math.max(...scores) > best && scores[selected]! < best;
    }).map(({ name }) => name);
  });
  assert.deepEqual(hidden, [["pasta machine"], ["heist film"]]);
});

Deno.test("the toy's losses are those that its README prints, and the library's", async () => {
  await useTfjsBackend("cpu");
  const rounded = { absolute: 5e-4, relative: 0 };
  for (const [target, plain, hard] of [[0, 0.999, 1.623], [1, 1.66, 2.51]] as const) {
    const positive = tf.tensor1d([scoresOf(toy.targets[target].vector)[target]!]);
    const negatives = tf.tensor2d([toy.negatives.map((e) => scoresOf(e.vector)[target]!)]);
    assertClose(sampledSoftmax(positive, negatives).dataSync()[0]!, plain, rounded);
    assertClose(interestAwareNegatives(positive, negatives, 1).dataSync()[0]!, hard, rounded);
  }
});

Deno.test("in a hundred steps an interest becomes one item, with RR it does not", async () => {
  const plain = (await trainToy()).frames.at(-1)!;
  assert.ok(plain.A[0]![0]! > 0.9 && plain.A[1]![2]! > 0.95, JSON.stringify(plain.A));
  const regular = (await trainToy({ lambda: 10 })).frames.at(-1)!;
  assert.ok(Math.max(...regular.A.flat()) < 0.4, JSON.stringify(regular.A));
});

Deno.test("the toy starts flat, with its own items; the same seed is the same bits", async () => {
  const [one, other] = [await trainToy({ steps: 5 }), await trainToy({ steps: 5 })];
  assert.deepEqual(one.frames, other.frames);
  assert.equal(one.frames.length, 6);
  const start = one.frames[0]!;
  assert.deepEqual(start.H, H);
  assert.ok(start.A.flat().every((a) => Math.abs(a - 0.25) < 0.02));
  assertAll(start.V.flat(), weightedSums(start.A, start.H).flat(), { ...close, absolute: 1e-6 });
});

Deno.test("a shorter history has a shorter routing that sums to 1", async () => {
  const { A } = await (await trainToy({ steps: 1 })).interestsOf([1, 3, 4]);
  assert.deepEqual(A.map((row) => row.length), [3, 3]);
  for (const row of A) assertClose(row.reduce((a, b) => a + b), 1, { absolute: 1e-6, relative: 0 });
});

Deno.test("what the toy does not know is told", async () => {
  for (const wrong of [{ step: 3 }, { steps: 0 }, { lambda: -1 }, { beta: NaN }, { seed: 0.5 }]) {
    await assert.rejects(trainToy(wrong as object), BadInput);
  }
});

for (
  const [name, objective] of Object.entries({
    "plain": { lambda: 0, beta: 0 },
    "IHN and RR": { lambda: 3, beta: 1 },
  })
) {
  Deno.test(`two zero coordinates stay zero in every engine, ${name}`, async () => {
    const start = toyStart(3, 4);
    const config = toyConfig(4, objective);
    const { frames } = await trainToy({ ...objective, steps: 100 });
    const engines: Engine[] = [
      await AutogradEngine.definition(config, start, "cpu"),
      await AutogradEngine.create(config, start, "cpu"),
      await FusedEngine.create(config, start),
    ];
    for (const engine of engines) {
      for (let step = 0; step < 100; step++) await engine.step(toyBatch);
      const { table, dense } = engine.parameters();
      const zeros = [
        ...table.filter((_, i) => i % 4 >= 2),
        ...dense["P"]!.filter((_, i) => i % 4 >= 2),
        ...dense["W1"]!.subarray(2 * 16),
      ];
      assert.ok(zeros.length === 24 + 8 + 32 && zeros.every((x) => Math.abs(x) === 0));
      const history = toyBatch.history.slice(0, 4);
      const { routing } = await engine.interests({ history, length: Int32Array.of(4) });
      assertAll([...routing!], frames[100]!.A.flat(), { absolute: 1e-3, relative: 0 });
      engine.dispose();
    }
  });
}

Deno.test("what the toy cannot be trained with, or has no item of, is refused", async () => {
  for (const odd of [Infinity, 1e9, NaN, -1, "1"] as number[]) {
    await assert.rejects(trainToy({ beta: odd }), /trainToy, beta: not a number from 0 to 10000/);
    await assert.rejects(trainToy({ lambda: odd }), /trainToy, lambda: not a number from 0/);
  }
  await assert.rejects(trainToy({ seed: 2 ** 60 }), /trainToy, seed: not a whole number/);
  const { interestsOf } = await trainToy({ steps: 1 });
  const histories = [[], [1.5], [0], [toyItems.length + 1], [NaN], [1, 2, 3, 4, 5], 3];
  for (const history of histories as number[][]) {
    await assert.rejects(async () => await interestsOf(history), BadInput, `${history}`);
  }
});
