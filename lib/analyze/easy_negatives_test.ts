import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../base/random.ts";
import { MOST_BETA } from "../engine/engine_config.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { interestAwareNegatives } from "../objective/interest_aware_negatives.ts";
import { fullSoftmax, sampledSoftmax } from "../objective/sampled_softmax.ts";
import {
  effectiveNumber,
  hardForUserEasyForInterest,
  idleFraction,
  negativeGradient,
  requireBeta,
  reversedShare,
  shareOfTop,
} from "./easy_negatives.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-12 };

await useTfjsBackend("cpu");

const scores = Float64Array.of(0.5, -1, 2, 0.1, -0.3);
const positive = 1.2;

/** dL/dx_j of the training's own losses, by autograd. */
function autograd(loss: (x: tf.Tensor2D) => tf.Tensor): Float32Array {
  const gradient = tf.grad((x) => tf.sum(loss(x as tf.Tensor2D)));
  return gradient(tf.tensor2d([[...scores]])).dataSync<"float32">();
}

/** dL/dx_j as this module has it. */
function gradient(x: Float64Array, beta: number): Float64Array {
  const { mass, weights } = negativeGradient(x, positive, beta);
  return weights.map((w) => w * mass);
}

Deno.test("the gradient of the sampled softmax is that of the objective", () => {
  const wanted = autograd((x) => sampledSoftmax(tf.tensor1d([positive]), x));
  assertClose(gradient(scores, 0), wanted, { absolute: 1e-6 });
});

for (const beta of [0.1, 1, 10]) {
  Deno.test(`the gradient of IHN is that of the objective, beta ${beta}`, () => {
    const wanted = autograd((x) => interestAwareNegatives(tf.tensor1d([positive]), x, beta));
    assertClose(gradient(scores, beta), wanted, { absolute: 1e-6 });
  });
}

Deno.test("the gradient of the full softmax is that of the objective, target left out", () => {
  const catalogue = (x: tf.Tensor2D) => tf.concat([x, tf.tensor2d([[positive]])], 1) as tf.Tensor2D;
  const wanted = autograd((x) => fullSoftmax(tf.tensor1d([positive]), catalogue(x)));
  assertClose(gradient(scores, 0), wanted, { absolute: 1e-6 });
});

Deno.test("weights sum to 1 whatever beta, the mass is 1 minus the positive's probability", () => {
  for (const beta of [0, 0.1, 1, 10]) {
    const { weights } = negativeGradient(scores, positive, beta);
    assertClose([weights.reduce((a, b) => a + b)], [1], rounding);
  }
  const sum = scores.reduce((total, x) => total + Math.exp(x), 0);
  assertClose(
    [negativeGradient(scores, positive).mass],
    [sum / (sum + Math.exp(positive))],
    rounding,
  );
});

Deno.test("a sample stands for S negatives: repeated scores change nothing but the sample", () => {
  const twice = Float64Array.of(...scores, ...scores);
  for (const beta of [0, 1]) {
    const whole = negativeGradient(twice, positive, beta);
    const half = negativeGradient(scores, positive, beta, twice.length);
    assertClose([half.mass], [whole.mass], rounding);
    assertClose(half.weights, whole.weights.subarray(0, 5).map((w) => 2 * w), rounding);
  }
});

Deno.test("scores of thousands neither overflow nor vanish", () => {
  const { mass, weights } = negativeGradient(Float64Array.of(3000, -3000), 9000, 10);
  assertClose(weights, [1, 0], rounding);
  assert.equal(mass, 0);
});

Deno.test("equal weights: all negatives count", () => {
  const { weights } = negativeGradient(new Float64Array(200).fill(-3), 0);
  assertClose([effectiveNumber(weights), shareOfTop(weights, 0.01)], [200, 0.01], {
    absolute: 1e-9,
  });
  assert.equal(idleFraction(weights, 0.1), 0);
});

Deno.test("one hard negative carries everything", () => {
  const { weights } = negativeGradient(new Float64Array(200).with(17, 80), 0);
  assertClose([effectiveNumber(weights), shareOfTop(weights, 0.01)], [1, 1], { absolute: 1e-9 });
  assert.equal(idleFraction(weights, 0.1), 199 / 200);
});

Deno.test("weights worked by hand", () => {
  const weights = Float64Array.of(0.5, 0.3, 0.19, 0.01);
  assertClose([effectiveNumber(weights)], [1 / (0.25 + 0.09 + 0.0361 + 0.0001)], rounding);
  assertClose([shareOfTop(weights, 0.5)], [0.8], rounding);
  assert.equal(idleFraction(weights, 0.1), 0.25);
});

Deno.test("IHN pushes easy negatives up, worked by hand", () => {
  // exp(x) = 1 and 3, beta 1: hard weights 1/10 and 9/10, importance 1/4 and 3/4
  const { weights } = negativeGradient(Float64Array.of(0, Math.log(3)), 0, 1);
  assertClose(weights, [0.2 - 0.25, 1.8 - 0.75], rounding);
  assertClose([reversedShare(weights)], [0.05 / 1.1], rounding);
  assertClose([effectiveNumber(weights)], [1.1 ** 2 / (0.05 ** 2 + 1.05 ** 2)], rounding);
  assert.equal(reversedShare(negativeGradient(scores, positive).weights), 0);
});

Deno.test("a larger beta leaves fewer effective negatives", () => {
  const random = new Random(3);
  const x = Float64Array.from({ length: 500 }, () => random.normal());
  const numbers = [0, 0.1, 1, 10].map((b) => effectiveNumber(negativeGradient(x, 0, b).weights));
  numbers.slice(1).forEach((n, i) => assert.ok(n < numbers[i]!, `${numbers}`));
});

const quantiles = { hard: 0.2, easy: 0.5 };

Deno.test("no hard negative is easy for a single vector or identical interests", () => {
  assert.equal(hardForUserEasyForInterest([scores], 0, quantiles), 0);
  assert.equal(hardForUserEasyForInterest([scores, scores, scores], 1, quantiles), 0);
});

Deno.test("hard for the user, easy for the interest, worked by hand", () => {
  const rising = Float64Array.from({ length: 10 }, (_, j) => j);
  const falling = rising.toReversed().map((x) => x + 0.5);
  // max: 9.5 8.5 ... 8 9; hard: the first and the last; the first is lowest in rising
  assert.equal(hardForUserEasyForInterest([rising, falling], 0, quantiles), 0.5);
  // an interest that never is the larger one loses all that are hard for the other
  const flat = rising.map((x) => x - 100);
  assert.equal(hardForUserEasyForInterest([flat, falling], 0, quantiles), 1);
});

Deno.test("independent interests lose about (1 - 1/K) easy of the hard negatives", () => {
  const random = new Random(8);
  const draw = () => Float64Array.from({ length: 20_000 }, () => random.normal());
  const lost = hardForUserEasyForInterest([draw(), draw(), draw(), draw()], 2, {
    hard: 0.1,
    easy: 0.5,
  });
  assertClose([lost], [0.75 * 0.5], { absolute: 0.03 });
});

Deno.test("a hardness is a number from 0 to the most that a configuration may have", () => {
  for (const beta of [0, 0.1, MOST_BETA]) requireBeta(beta);
  for (const beta of [Infinity, 1e308, NaN, -1, "1", undefined] as number[]) {
    assert.throws(() => requireBeta(beta), /beta: not a hardness.* from 0 to 10000/);
  }
  const { mass, weights } = negativeGradient(Float64Array.of(700, -700), 1, MOST_BETA);
  assert.deepEqual([mass, ...weights].map(Number.isFinite), [true, true, true]);
});

Deno.test("scores and weights that mean nothing are refused", () => {
  const one = Float64Array.of(1);
  assert.throws(() => negativeGradient(new Float64Array(), 1), /no negatives/);
  assert.throws(() => negativeGradient(Float64Array.of(1, NaN), 1), /place 2: not a finite/);
  assert.throws(() => negativeGradient(one, NaN), /positive: not a finite/);
  for (const S of [0, -1, NaN, Infinity]) {
    assert.throws(() => negativeGradient(one, 1, 0, S), BadInput);
  }
  for (const weights of [[], [0, 0], [1, NaN], [Infinity]]) {
    assert.throws(() => effectiveNumber(Float64Array.from(weights)), BadInput);
  }
});
