import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { RealPositions } from "./real_positions.ts";

await useTfjsBackend("cpu");

const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

Deno.test("real positions go by position, longest histories first, and back", () => {
  const real = new RealPositions(Int32Array.of(1, 3, 2), 3);
  const slots = tf.tensor3d([[[1], [-1], [-1]], [[4], [5], [6]], [[7], [8], [-1]]]);
  assert.deepEqual(numbers(real.packed(slots)), [4, 7, 1, 5, 8, 6]);
  const back = real.padded(real.packed(slots));
  assert.deepEqual(back.shape, [3, 3, 1]);
  assert.deepEqual(numbers(back), [1, 0, 0, 4, 5, 6, 7, 8, 0]);
});

Deno.test("gradients go to the real positions alone", () => {
  const real = new RealPositions(Int32Array.of(2, 1), 2);
  const weights = tf.tensor2d([[2], [3], [5]]);
  const gradient = tf.grad((x) => tf.sum(tf.mul(real.packed(x as tf.Tensor3D), weights)));
  assert.deepEqual(numbers(gradient(tf.ones([2, 2, 1]))), [2, 5, 3, 0]);
  const ofRows = tf.grad((y) =>
    tf.sum(tf.mul(real.padded(y as tf.Tensor2D), tf.tensor3d([[[2], [3]], [[5], [7]]])))
  );
  assert.deepEqual(numbers(ofRows(tf.ones([3, 1]))), [2, 5, 3]);
});

Deno.test("each position is mapped by its own matrix", () => {
  for (const length of [[2, 1, 2], [1, 1, 1], [2, 2, 2]]) {
    const real = new RealPositions(Int32Array.from(length), 2);
    const x = tf.tensor3d([[[1], [2]], [[3], [4]], [[5], [6]]]);
    const W = tf.tensor3d([[[10, 0]], [[0, 100]]]); // [2, 1, 2]
    const mapped = numbers(real.padded(real.mapped(real.packed(x), W)));
    const want = [[1, 2], [3, 4], [5, 6]].flatMap((
      [first, second],
      b,
    ) => [first! * 10, 0, 0, length[b]! > 1 ? second! * 100 : 0]);
    assert.deepEqual(mapped, want);
  }
});

Deno.test("a batch without padding is only put in another order", () => {
  const real = new RealPositions(Int32Array.of(2, 2), 2);
  const x = tf.tensor3d([[[1], [2]], [[3], [4]]]);
  assert.deepEqual(numbers(real.packed(x)), [1, 3, 2, 4]);
  assert.deepEqual(numbers(real.padded(real.packed(x))), [1, 2, 3, 4]);
});

Deno.test("rows come by position, and users in the batch's order again", () => {
  const real = new RealPositions(Int32Array.of(1, 3, 2), 3);
  const rows = tf.tensor2d([[4], [7], [1], [5], [8], [6]]);
  assert.deepEqual(real.byPosition(rows).map(numbers), [[4, 7, 1], [5, 8], [6]]);
  assert.deepEqual(numbers(real.inOrder(tf.tensor2d([[20], [30], [10]]))), [10, 20, 30]);
  const gradient = tf.grad((x) =>
    tf.sum(tf.mul(real.inOrder(x as tf.Tensor2D), tf.tensor2d([[1], [2], [3]])))
  );
  assert.deepEqual(numbers(gradient(tf.ones([3, 1]))), [2, 3, 1]);
});
