import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { routingPenalty } from "../objective/routing_regularization.ts";
import {
  batchMeanLambda,
  headPenalty,
  penaltyFloor,
  penaltyPush,
  uniformPenalty,
} from "./routing_penalty.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-12 };

await useTfjsBackend("cpu");

/** [n] weights of a random head. */
function head(n: number, random: Random): Float64Array {
  const odds = Float64Array.from({ length: n }, () => Math.exp(random.normal()));
  const total = odds.reduce((sum, value) => sum + value);
  return odds.map((value) => value / total);
}

/** The definition on one head [1, 1, L], padding 0. */
function defined(weights: ArrayLike<number>, L: number): number {
  const row = Array.from({ length: L }, (_, l) => weights[l] ?? 0);
  return routingPenalty(tf.tensor3d([[row]]), "batch-mean", 1).dataSync()[0]!;
}

Deno.test("a head pays what the definition says, padding counted", () => {
  const random = new Random(1);
  for (const [n, L] of [[5, 5], [5, 20], [20, 20]] as const) {
    const weights = head(n, random);
    assertClose(headPenalty(weights, L), defined(weights, L), { absolute: 1e-6 });
  }
});

Deno.test("uniform routing pays (1/n - 1/L)^2, one-hot (1 - 1/L)^2, padding or not", () => {
  assertClose(headPenalty(new Float64Array(6).fill(1 / 6), 20), uniformPenalty(6, 20), rounding);
  assertClose(headPenalty([0, 1, 0], 20), 0.95 ** 2, rounding);
  assert.equal(uniformPenalty(20, 20), 0);
});

Deno.test("no routing over n positions pays less than uniform routing", () => {
  const random = new Random(4);
  for (let trial = 0; trial < 200; trial++) {
    const n = 1 + random.below(20);
    assert.ok(headPenalty(head(n, random), 20) >= uniformPenalty(n, 20) - 1e-12);
  }
});

Deno.test("the push is minus the definition's gradient in the logits", () => {
  const random = new Random(2);
  for (const [n, L] of [[4, 4], [4, 20]] as const) {
    const weights = head(n, random);
    const logits = tf.tensor1d(Array.from(weights, Math.log));
    const penalty = (z: tf.Tensor) => {
      const padded = tf.pad(tf.softmax(z as tf.Tensor1D), [[0, L - n]]);
      return routingPenalty(tf.reshape(padded, [1, 1, L]), "batch-mean", 1);
    };
    const gradient = tf.grad(penalty)(logits).dataSync();
    penaltyPush(weights, L).forEach((push, l) =>
      assertClose(push, -gradient[l]!, { absolute: 1e-6 })
    );
  }
});

Deno.test("uniform and one-hot routing are not pushed, and pushes sum to 0", () => {
  for (const push of penaltyPush([0.2, 0.2, 0.2, 0.2, 0.2], 20)) {
    assertClose(push, 0, rounding);
  }
  for (const push of penaltyPush([0, 0, 1], 20)) assertClose(push, 0, rounding);
  const pushes = penaltyPush(head(7, new Random(3)), 20);
  assertClose(pushes.reduce((sum, push) => sum + push), 0, rounding);
});

Deno.test("lambda translates between the scalings as their penalties do", () => {
  const [B, K, L, d] = [3, 2, 5, 8];
  const random = new Random(6);
  const rows = Array.from(
    { length: B },
    () => Array.from({ length: K }, () => [...head(L, random)]),
  );
  const [code, mean] = (["code", "batch-mean"] as const).map((scaling) =>
    routingPenalty(tf.tensor3d(rows), scaling, d).dataSync()[0]!
  );
  assertClose(batchMeanLambda(100, { B, d }) * mean!, 100 * code!, { absolute: 1e-5 });
  assert.equal(batchMeanLambda(100, { B: 128, d: 64 }), 3.125);
});

Deno.test("the floor is what uniform routing of a batch pays in the definition", () => {
  const [K, L, d] = [3, 6, 4];
  const lengths = [2, 6, 3, 3];
  const routing = lengths.map((n) =>
    Array.from({ length: K }, () => Array.from({ length: L }, (_, l) => l < n ? 1 / n : 0))
  );
  const shares = new Float64Array(L + 1);
  for (const n of lengths) shares[n]! += 1 / lengths.length;
  const penalty = routingPenalty(tf.tensor3d(routing), "code", d).dataSync()[0]!;
  assertClose(penaltyFloor(shares, { B: lengths.length, K, d }), penalty, { absolute: 1e-6 });
});

Deno.test("sizes that nothing has are refused", () => {
  for (const [n, L] of [[30, 20], [0, 20], [1.5, 20], [1, 0], [NaN, 20], [1, Infinity]]) {
    assert.throws(() => uniformPenalty(n!, L!), BadInput, `${n} of ${L}`);
  }
  for (const size of [0, -1, 1.5, NaN, undefined] as number[]) {
    assert.throws(() => batchMeanLambda(100, { B: 128, d: size }), /batchMeanLambda, d/);
    assert.throws(() => penaltyFloor([0, 1], { B: 1, K: size, d: 1 }), /penaltyFloor, K/);
  }
  assert.throws(() => batchMeanLambda(NaN, { B: 128, d: 64 }), BadInput);
  assert.throws(() => penaltyFloor([0, NaN], { B: 1, K: 1, d: 1 }), BadInput);
});
