import "../testing/in_double.ts";
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { capsules, squash } from "./capsules.ts";
import { RealPositions } from "./real_positions.ts";

await useTfjsBackend("cpu");

const [B, K, L, d] = [2, 3, 5, 4];
const random = new Random(3);
const normal = (shape: number[]): tf.Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Array.from({ length: size }, () => random.normal()), shape);
};
const mask = tf.tensor2d([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0]]);
const real = new RealPositions(Int32Array.of(5, 2), L);
const start = normal([B, K, L]) as tf.Tensor3D;
const weights = normal([B, K, d]);

function votesOf(heads: number): tf.Tensor2D {
  return normal([7, heads * d]) as tf.Tensor2D;
}

function routed(votes: tf.Tensor, stopGradient: boolean) {
  return capsules({ votes: votes as tf.Tensor2D, start, mask, real }, d, stopGradient);
}

function slope(f: (x: tf.Tensor) => tf.Tensor, at: tf.Tensor, along: tf.Tensor): number {
  const [ahead, behind] = [1e-5, -1e-5].map((h) => f(tf.add(at, tf.mul(along, h))).dataSync()[0]!);
  return (ahead! - behind!) / 2e-5;
}

for (const heads of [1, K]) {
  Deno.test(`a held routing leaves the last round's votes alone to learn, ${heads} maps`, () => {
    const votes = votesOf(heads);
    const { routing } = routed(votes, true);
    const scalar = (interests: tf.Tensor) => tf.sum(tf.mul(interests, weights));
    const held = (u: tf.Tensor) => {
      const rows = tf.reshape(routing, [B, heads, K / heads, L]);
      const inSlots = tf.reshape(real.padded(u as tf.Tensor2D), [B, L, heads, d]);
      const summed = tf.matMul(rows, tf.transpose(inSlots, [0, 2, 1, 3]));
      return scalar(squash(tf.reshape(summed, [B, K, d])));
    };
    const loss = (u: tf.Tensor) => scalar(routed(u, true).interests);
    const gradient = tf.grad(loss)(votes);
    const along = normal(votes.shape);
    const got = tf.sum(tf.mul(gradient, along)).dataSync()[0]!;
    const free = (u: tf.Tensor) => scalar(routed(u, false).interests);
    assert.ok(Math.abs(got - slope(held, votes, along)) < 1e-7);
    assert.ok(Math.abs(got - slope(free, votes, along)) > 1e-3, "the routing depends on the votes");
  });
}

Deno.test("routing is 0 on padding, and a row's sum falls with what padding takes", () => {
  const { routing } = routed(votesOf(1), true);
  const sums = [...tf.sum(routing, -1).dataSync()]; // [B K]
  const second = [...routing.dataSync()].slice(K * L); // the user with two items
  second.forEach((weight, i) => assert.equal(weight === 0, i % L >= 2));
  sums.slice(0, K).forEach((sum) => assert.ok(Math.abs(sum - 1) < 1e-12));
  sums.slice(K).forEach((sum) => assert.ok(sum > 0 && sum < 1));
});

Deno.test("squash keeps the direction: |v| = |s|^2 / (1 + |s|^2)", () => {
  const v = squash(tf.tensor3d([[[3, 4], [0, 0], [0, 0.01]]]));
  const [x, y, ...others] = v.dataSync();
  assert.ok(Math.abs(x! - 3 / 5 * 25 / 26) < 1e-9 && Math.abs(y! - 4 / 5 * 25 / 26) < 1e-9);
  assert.deepEqual(others.slice(0, 2), [0, 0]);
  assert.ok(Math.abs(others[3]! - 1e-4) < 1e-7);
});
