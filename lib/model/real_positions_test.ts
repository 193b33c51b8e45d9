import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { positionProductsCover } from "../engine/tfjs/position_products_kernel.ts";
import { assertClose } from "../testing/assert_close.ts";
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

Deno.test("padding is a row of its own, to which no gradient goes", () => {
  const real = new RealPositions(Int32Array.of(2, 1), 2);
  const padding = tf.tensor2d([[9]]);
  const among = (x: tf.Tensor) => real.among(x as tf.Tensor2D, padding);
  assert.deepEqual(numbers(among(tf.tensor2d([[1], [2], [3]]))), [1, 3, 2, 9]);
  const weights = tf.tensor3d([[[2], [3]], [[5], [7]]]);
  const gradient = tf.grad((x) => tf.sum(tf.mul(among(x), weights)));
  assert.deepEqual(numbers(gradient(tf.ones([3, 1]))), [2, 5, 3]);
});

Deno.test("the rows of every user are summed", () => {
  const real = new RealPositions(Int32Array.of(1, 3, 2), 3);
  const summed = (x: tf.Tensor) => real.summed(x as tf.Tensor2D);
  assert.deepEqual(numbers(summed(tf.tensor2d([[4], [7], [1], [5], [8], [6]]))), [1, 15, 15]);
  const gradient = tf.grad((x) => tf.sum(tf.mul(summed(x), tf.tensor2d([[2], [3], [5]]))));
  assert.deepEqual(numbers(gradient(tf.ones([6, 1]))), [3, 5, 2, 3, 5, 3]);
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

Deno.test("rows come by position, and the last of every user", () => {
  const real = new RealPositions(Int32Array.of(1, 3, 2), 3);
  const rows = tf.tensor2d([[4], [7], [1], [5], [8], [6]]);
  assert.deepEqual(real.byPosition(rows).map(numbers), [[4, 7, 1], [5, 8], [6]]);
  assert.deepEqual(numbers(real.last(rows)), [1, 6, 8]);
  const gradient = tf.grad((x) =>
    tf.sum(tf.mul(real.last(x as tf.Tensor2D), tf.tensor2d([[1], [2], [3]])))
  );
  assert.deepEqual(numbers(gradient(rows)), [0, 0, 1, 0, 3, 2]);
});

Deno.test("the kernels of products by position are their definition, gradients too", async () => {
  const random = new Random(5);
  const draw = (n: number) => Array.from({ length: n }, () => random.normal());
  for (const [groups, c, columns] of [[1, 8, 16], [3, 16, 8], [4, 64, 64]] as const) {
    const length = Int32Array.from({ length: 90 }, () => 1 + random.below(4));
    const n = length.reduce((a, b) => a + b, 0);
    const [x, W, weights] = [
      draw(n * groups * c),
      draw(5 * c * columns),
      draw(n * groups * columns),
    ];
    const found = async (backend: "cpu" | "wasm") => {
      await useTfjsBackend(backend);
      const results = tf.tidy(() => {
        const real = new RealPositions(length, 5);
        const inputs = [tf.tensor2d(x, [n, groups * c]), tf.tensor3d(W, [5, c, columns])];
        assert.equal(positionProductsCover(inputs[1] as tf.Tensor3D), backend === "wasm");
        const mapped = (x: tf.Tensor, W: tf.Tensor) =>
          real.mapped(x as tf.Tensor2D, W as tf.Tensor3D);
        const weighted = (...given: tf.Tensor[]) =>
          tf.sum(tf.mul(mapped(given[0]!, given[1]!), tf.tensor2d(weights, [n, groups * columns])));
        return [mapped(inputs[0]!, inputs[1]!), ...tf.grads(weighted)(inputs)];
      });
      const numbers = results.map((tensor) => [...tensor.dataSync()]);
      tf.dispose(results);
      return numbers;
    };
    const [want, got] = [await found("cpu"), await found("wasm")];
    want.forEach((numbers, i) => assertClose(got[i], numbers, { absolute: 1e-5, relative: 2e-6 }));
  }
});
