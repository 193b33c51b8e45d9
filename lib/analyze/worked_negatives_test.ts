import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import * as tf from "@tensorflow/tfjs-core";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { interestAwareNegatives } from "../objective/interest_aware_negatives.ts";
import { sampledSoftmax } from "../objective/sampled_softmax.ts";
import { workedNegatives } from "./worked_negatives.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-12 };

await useTfjsBackend("cpu");

const scores = [2, 1, 0.5, -0.5, -2];
const positive = 1.5;

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

for (const beta of [0, 0.1, 1, 10]) {
  Deno.test(`by formula, by differences, by the objective's autograd: beta ${beta}`, () => {
    const { loss, negatives } = workedNegatives(scores, positive, beta);
    const ofObjective = (x: tf.Tensor2D) =>
      interestAwareNegatives(tf.tensor1d([positive]), x, beta);
    const x = tf.tensor2d([scores]);
    assertClose(loss, ofObjective(x).dataSync()[0]!, { absolute: 1e-5 });
    const autograd = tf.grad((at) => tf.sum(ofObjective(at as tf.Tensor2D)))(x).dataSync();
    negatives.forEach(({ gradient, byDifferences }, j) => {
      assertClose(gradient, byDifferences, { absolute: 1e-8 });
      assertClose(gradient, autograd[j]!, { absolute: 1e-5 });
    });
  });
}

Deno.test("beta 0 is the sampled softmax, and nothing flows through the weights", () => {
  const { loss, negative, negatives } = workedNegatives(scores, positive, 0);
  assertClose(negative, sum(scores.map(Math.exp)), rounding);
  const plain = sampledSoftmax(tf.tensor1d([positive]), tf.tensor2d([scores])).dataSync()[0]!;
  assertClose(loss, plain, { absolute: 1e-5 });
  for (const { importance, throughWeights, direct, score } of negatives) {
    assertClose(importance, 1, rounding);
    assert.equal(Math.abs(throughWeights), 0);
    assertClose(direct, Math.exp(score) / (negative + Math.exp(positive)), rounding);
  }
});

Deno.test("equal scores stay equal whatever beta", () => {
  const { negative, negatives } = workedNegatives([1, 1, 1, 1], 0, 3);
  assertClose(negative, 4 * Math.E, rounding);
  for (const { importance, share, throughWeights } of negatives) {
    assertClose(importance, 1, rounding);
    assertClose(share, 0.25, rounding);
    assertClose(throughWeights, 0, rounding);
  }
});

Deno.test("one dominating negative counts S times and takes the whole gradient", () => {
  const { negative, negatives } = workedNegatives([5, -5, -5, -5], 0, 10);
  assertClose(negative / (4 * Math.exp(5)), 1, rounding);
  assertClose(negatives[0]!.importance, 4, rounding);
  assertClose(negatives[0]!.share, 1, rounding);
});

Deno.test("what flows through the weights sums to 0 and pushes the easy ones up", () => {
  const { negatives } = workedNegatives(scores, positive, 1);
  assertClose(sum(negatives.map(({ throughWeights }) => throughWeights)), 0, { absolute: 1e-15 });
  assert.deepEqual(negatives.map(({ gradient }) => gradient > 0), [
    true,
    true,
    false,
    false,
    false,
  ]);
  assert.ok(negatives.every(({ direct }) => direct > 0));
});

Deno.test("no negatives, or a negative hardness, are refused", () => {
  assert.throws(() => workedNegatives([], 0, 1), /no negatives/);
  assert.throws(() => workedNegatives(scores, 0, -1), /not a hardness/);
  assert.throws(() => workedNegatives(scores, 0, NaN), /not a hardness/);
});

Deno.test("scores that exp((1 + β) x) cannot have are refused, not worked out as NaN", () => {
  for (const odd of [[500, 2], [-800], [1e300], [1, NaN]]) {
    assert.throws(() => workedNegatives(odd, 3, 1), BadInput, `${odd}`);
  }
  assert.throws(() => workedNegatives([1, 2], NaN, 1), BadInput);
  assert.throws(() => workedNegatives([1, 2], 3, Infinity), /not a hardness/);
});
