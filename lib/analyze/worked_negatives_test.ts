import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { interestAwareNegatives } from "../objective/interest_aware_negatives.ts";
import { sampledSoftmax } from "../objective/sampled_softmax.ts";
import { workedNegatives } from "./worked_negatives.ts";

await useTfjsBackend("cpu");

const scores = [2, 1, 0.5, -0.5, -2];
const positive = 1.5;

function close(got: number, want: number, tolerance = 1e-8): void {
  assert.ok(Math.abs(got - want) <= tolerance, `${got} is not ${want}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

for (const beta of [0, 0.1, 1, 10]) {
  Deno.test(`by formula, by differences, by the objective's autograd: beta ${beta}`, () => {
    const { loss, negatives } = workedNegatives(scores, positive, beta);
    const ofObjective = (x: tf.Tensor2D) =>
      interestAwareNegatives(tf.tensor1d([positive]), x, beta);
    const x = tf.tensor2d([scores]);
    close(loss, ofObjective(x).dataSync()[0]!, 1e-5);
    const autograd = tf.grad((at) => tf.sum(ofObjective(at as tf.Tensor2D)))(x).dataSync();
    negatives.forEach(({ gradient, byDifferences }, j) => {
      close(gradient, byDifferences);
      close(gradient, autograd[j]!, 1e-5);
    });
  });
}

Deno.test("beta 0 is the sampled softmax, and nothing flows through the weights", () => {
  const { loss, negative, negatives } = workedNegatives(scores, positive, 0);
  close(negative, sum(scores.map(Math.exp)), 1e-12);
  const plain = sampledSoftmax(tf.tensor1d([positive]), tf.tensor2d([scores])).dataSync()[0]!;
  close(loss, plain, 1e-5);
  for (const { importance, throughWeights, direct, score } of negatives) {
    close(importance, 1, 1e-12);
    assert.equal(Math.abs(throughWeights), 0);
    close(direct, Math.exp(score) / (negative + Math.exp(positive)), 1e-12);
  }
});

Deno.test("equal scores stay equal whatever beta", () => {
  const { negative, negatives } = workedNegatives([1, 1, 1, 1], 0, 3);
  close(negative, 4 * Math.E, 1e-12);
  for (const { importance, share, throughWeights } of negatives) {
    close(importance, 1, 1e-12);
    close(share, 0.25, 1e-12);
    close(throughWeights, 0, 1e-12);
  }
});

Deno.test("one dominating negative counts S times and takes the whole gradient", () => {
  const { negative, negatives } = workedNegatives([5, -5, -5, -5], 0, 10);
  close(negative / (4 * Math.exp(5)), 1, 1e-12);
  close(negatives[0]!.importance, 4, 1e-12);
  close(negatives[0]!.share, 1, 1e-12);
});

Deno.test("what flows through the weights sums to 0 and pushes the easy ones up", () => {
  const { negatives } = workedNegatives(scores, positive, 1);
  close(sum(negatives.map(({ throughWeights }) => throughWeights)), 0, 1e-15);
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
