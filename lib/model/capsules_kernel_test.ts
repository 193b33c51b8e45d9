import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { capsulesCover } from "../engine/tfjs/capsules_kernel.ts";
import { mappedCapsulesCover } from "../engine/tfjs/mapped_capsules_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
import { capsules, mappedCapsules } from "./capsules.ts";
import { RealPositions } from "./real_positions.ts";

/** Users, positions, interests, and numbers of an embedding. */
const shapes = [[1, 1, 1, 4], [3, 5, 3, 12], [9, 7, 2, 20], [40, 20, 4, 64]] as const;

/** Interests, routing, and the gradient of the votes, on a backend; of votes that long. */
async function found(
  backend: "cpu" | "wasm",
  [B, L, K, d]: (typeof shapes)[number],
  heads: number,
  scale: number,
  stopGradient: boolean,
): Promise<number[][]> {
  await useTfjsBackend(backend);
  assert.equal(capsulesCover(d), backend === "wasm");
  const random = new Random(3);
  const draw = (n: number, deviation = 1) =>
    Array.from({ length: n }, () => deviation * random.normal());
  const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
  const n = length.reduce((a, b) => a + b, 0);
  const results = tf.tidy(() => {
    const votes = tf.tensor2d(draw(n * heads * d, scale), [n, heads * d]);
    const start = tf.tensor3d(draw(B * K * L), [B, K, L]);
    const mask = Array.from(length, (m) => Array.from({ length: L }, (_, l) => l < m ? 1 : 0));
    const weights = [
      tf.tensor3d(draw(B * K * d), [B, K, d]),
      tf.tensor3d(draw(B * K * L), [B, K, L]),
    ];
    const given = { start, mask: tf.tensor2d(mask), real: new RealPositions(length, L) };
    const routed = (u: tf.Tensor) =>
      capsules({ votes: u as tf.Tensor2D, ...given }, d, stopGradient);
    const weighted = (u: tf.Tensor) => {
      const { interests, routing } = routed(u);
      const parts = [tf.mul(interests, weights[0]!), tf.mul(routing, weights[1]!)];
      return tf.add(tf.sum(parts[0]!), tf.sum(parts[1]!)) as tf.Scalar;
    };
    const { interests, routing } = routed(votes);
    return [interests, routing, tf.grad(weighted)(votes)];
  });
  const numbers = results.map((tensor) => [...tensor.dataSync()]);
  tf.dispose(results);
  return numbers;
}

for (const stopGradient of [true, false]) {
  const title = stopGradient ? "a constant" : "a trained";
  Deno.test(`the kernels of capsules with ${title} routing are their definition`, async () => {
    for (const shape of shapes) {
      const K = shape[2];
      for (const heads of K > 1 ? [1, K] : [1]) {
        for (const scale of [1e-4, 0.3, 1]) {
          const [want, got] = [
            await found("cpu", shape, heads, scale, stopGradient),
            await found("wasm", shape, heads, scale, stopGradient),
          ];
          const name = `${shape}, ${heads} maps, votes of ${scale}`;
          want.forEach((numbers, i) =>
            assertClose(got[i], numbers, { absolute: 1e-9, relative: 1e-5 }, `${i} of ${name}`)
          );
        }
      }
    }
  });
}

/** The same from items with one map, with the gradients of both. */
async function foundMapped(
  backend: "cpu" | "wasm",
  learning: number,
  stopGradient: boolean,
): Promise<number[][]> {
  await useTfjsBackend(backend);
  const [B, L, K, d] = [12, 7, 3, 16];
  const random = new Random(4);
  const draw = (n: number, deviation = 1) =>
    Array.from({ length: n }, () => deviation * random.normal());
  const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
  const n = length.reduce((a, b) => a + b, 0);
  const results = tf.tidy(() => {
    const x = tf.tensor2d(draw(n * d), [n, d]), W = tf.tensor2d(draw(d * d, 0.3), [d, d]);
    assert.equal(mappedCapsulesCover(W), backend === "wasm");
    const mask = Array.from(length, (m) => Array.from({ length: L }, (_, l) => l < m ? 1 : 0));
    const start = tf.tensor3d(draw(B * K * L), [B, K, L]);
    const given = { start, mask: tf.tensor2d(mask), real: new RealPositions(length, L) };
    // some interests get no gradient, or all
    const weights = draw(B * K * d).map((w, i) => Math.floor(i / d) % K < learning ? w : 0);
    const ofInterests = tf.tensor3d(weights, [B, K, d]);
    const ofRouting = tf.tensor3d(draw(B * K * L), [B, K, L]);
    const routed = (x: tf.Tensor, W: tf.Tensor) =>
      mappedCapsules(x as tf.Tensor2D, W as tf.Tensor2D, given, stopGradient);
    const weighted = (x: tf.Tensor, W: tf.Tensor) => {
      const { interests, routing } = routed(x, W);
      const parts = [tf.mul(interests, ofInterests), tf.mul(routing, ofRouting)];
      return tf.add(tf.sum(parts[0]!), tf.sum(parts[1]!)) as tf.Scalar;
    };
    const { interests, routing } = routed(x, W);
    return [interests, routing, ...tf.grads(weighted)([x, W])];
  });
  const numbers = results.map((tensor) => [...tensor.dataSync()]);
  tf.dispose(results);
  return numbers;
}

for (const stopGradient of [true, false]) {
  for (const learning of [0, 1, 3]) {
    const title = `${
      stopGradient ? "a constant" : "a trained"
    } routing, ${learning} interests learn`;
    Deno.test(`the kernels of capsules with one map are their definition: ${title}`, async () => {
      const [want, got] = [
        await foundMapped("cpu", learning, stopGradient),
        await foundMapped("wasm", learning, stopGradient),
      ];
      want.forEach((numbers, i) =>
        assertClose(got[i], numbers, { absolute: 1e-6, relative: 1e-5 }, `${i}`)
      );
    });
  }
}

Deno.test("an embedding size that is no multiple of 4 is left to the definition", async () => {
  await useTfjsBackend("wasm");
  assert.equal(capsulesCover(6), false);
});
