import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { makeCurrent, useTfjsBackend } from "./backends.ts";
import { installWasmKernels } from "./wasm_kernels.ts";
import { assertClose } from "../../testing/assert_close.ts";

/** What float32 rounds away. */
const float32 = { absolute: 4e-6, relative: 4e-6 };

const replaced = [
  tf.BatchMatMul,
  tf.Tanh,
  tf.Identity,
  tf.GatherV2,
  tf.Slice,
  tf.SplitV,
  tf.Unpack,
];
const stock = replaced.map((name) => tf.getKernel(name, "wasm"));
await useTfjsBackend("wasm");
const ours = replaced.map((name) => tf.getKernel(name, "wasm"));

function use(kernels: readonly tf.KernelConfig[]): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel(kernel);
  }
}

/** What an op gives on the stock kernels and on ours. */
function both(op: () => tf.Tensor): [number[], number[]] {
  const results = [stock, ours].map((kernels) => {
    use(kernels);
    return tf.tidy(() => Array.from(op().dataSync()));
  });
  return results as [number[], number[]];
}

Deno.test("our kernels are in place", () => {
  ours.forEach((kernel, i) => assert.notEqual(kernel.kernelFunc, stock[i]!.kernelFunc));
});

Deno.test("products of random shapes are the stock kernel's", () => {
  const random = new Random(7);
  const upTo = (n: number) => 1 + random.below(n);
  const draw = (shape: number[]) =>
    tf.tensor(
      Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
      shape,
    );
  for (let trial = 0; trial < 60; trial++) {
    const [m, k, n] = [upTo(150), upTo(trial % 5 === 0 ? 600 : 40), upTo(300)];
    const batches = [[], [upTo(3)], [upTo(3), upTo(2)]][random.below(3)]!;
    const [batchA, batchB] = [random.below(4) === 0 ? [] : batches, batches];
    const [tA, tB] = [random.below(2) === 1, random.below(2) === 1];
    const a = draw([...batchA, ...(tA ? [k, m] : [m, k])]);
    const b = draw([...batchB, ...(tB ? [n, k] : [k, n])]);
    const [want, got] = both(() => tf.matMul(a, b, tA, tB));
    assertClose(got, want, float32);
    tf.dispose([a, b]);
  }
});

Deno.test("tanh of any size, of infinities and of NaN is the stock kernel's", () => {
  const random = new Random(8);
  for (const size of [1, 2, 3, 4, 5, 1000]) {
    const values = Array.from({ length: size }, () => 3 * random.normal());
    const [want, got] = both(() => tf.tanh(tf.tensor1d(values)));
    assertClose(got, want, float32);
  }
  const [want, got] = both(() => tf.tanh(tf.tensor1d([Infinity, -Infinity, NaN, 0, 1e-20])));
  assertClose(got, want, float32);
});

Deno.test("what our kernels do not cover is left to the stock ones", () => {
  use(ours);
  const empty = tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2]));
  assert.deepEqual(empty.shape, [0, 2]);
  assert.equal(tf.tanh(tf.zeros([0])).size, 0);
  assert.throws(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3])), /inner shapes|inner/i);
});

Deno.test("a clone shares its values and outlives the original", () => {
  use(ours);
  const original = tf.tensor1d([1, 2, 3]);
  const clone = original.clone();
  original.dispose();
  tf.zeros([1000]).dispose();
  assert.deepEqual([...clone.dataSync()], [1, 2, 3]);
  clone.dispose();
});

Deno.test("results stay right when the backend's heap has grown", () => {
  use(ours);
  const a = tf.tensor2d([[1, 2], [3, 4]]);
  const filler = Array.from({ length: 20 }, () => tf.zeros([1 << 20])); // 80 MB
  assert.deepEqual([...tf.matMul(a, a).dataSync()], [7, 10, 15, 22]);
  tf.dispose([a, filler]);
});

Deno.test("another backend than the one they are written for keeps its own kernels", async () => {
  use(stock);
  await useTfjsBackend("cpu");
  await assert.rejects(installWasmKernels(), /computes with its own, slower kernels/);
  replaced.forEach((name, i) => assert.equal(tf.getKernel(name, "wasm"), stock[i]));
  makeCurrent("wasm");
  use(ours);
});

Deno.test("rows are looked up as by the stock kernel, and what is no row is left to it", () => {
  const random = new Random(12);
  for (const rest of [[], [3], [2, 5]]) {
    const x = tf.tensor(
      Array.from({ length: 9 * tf.util.sizeFromShape(rest) }, () => random.normal()),
      [9, ...rest],
    );
    for (const at of [[0, 8, 3, 3, 8], [[1, 2], [0, 0]]]) {
      const [want, got] = both(() => tf.gather(x, tf.tensor(at, undefined, "int32")));
      assert.deepEqual(got, want);
    }
    const [want, got] = both(() => tf.gather(tf.cast(x, "int32"), tf.tensor1d([2, 1], "int32")));
    assert.deepEqual(got, want);
    x.dispose();
  }
  const x = tf.ones([4, 3, 2]);
  const [want, got] = both(() => tf.gather(x, tf.tensor1d([2, 0], "int32"), 1));
  assert.deepEqual(got, want);
});

Deno.test("rows of zeros at a matrix's end, and factors of zero, add nothing", () => {
  const random = new Random(13);
  const draw = (batch: number, rows: number, columns: number, used: number) =>
    tf.tensor3d(
      Array.from({ length: batch * rows * columns }, (_, i) =>
        Math.floor(i / columns) % rows < used ? random.normal() : 0),
      [batch, rows, columns],
    );
  for (const size of [3, 40]) { // small products, and those by tiles
    for (const used of [0, 1, size - 1, size]) {
      const a = draw(5, size, 40, used), b = draw(5, 40, 70, 40), c = draw(5, size, 70, used);
      for (
        const op of [
          () => tf.matMul(a, b),
          () => tf.matMul(a, c, true, false),
          () => tf.matMul(c, b, false, true),
        ]
      ) {
        const [want, got] = both(op);
        assertClose(got, want, { absolute: 2e-5, relative: 2e-5 });
      }
    }
  }
});

Deno.test("parts of tensors are the stock kernels'", () => {
  const random = new Random(14);
  const x = tf.tensor(Array.from({ length: 3 * 4 * 5 * 6 }, () => random.normal()), [3, 4, 5, 6]);
  const ops: (() => tf.Tensor)[] = [
    () => tf.slice(tf.reshape(x, [360]), 7, 20),
    () => tf.slice(tf.reshape(x, [12, 30]), [2, 0], [5, 30]),
    () => tf.slice(tf.reshape(x, [12, 30]), [2, 3], [5, -1]),
    () => tf.slice(tf.reshape(x, [3, 4, 30]), [1, 1, 2], [2, 2, 9]),
    () => tf.slice(x, [0, 1, 2, 3], [3, 2, 2, 2]),
    () => tf.slice(tf.reshape(x, [3, 2, 2, 5, 6]), [0, 1, 0, 2, 1], [2, 1, 2, 2, 3]),
    () => tf.slice(tf.cast(tf.mul(x, 9), "int32"), [1], [1]),
    () => tf.concat(tf.split(x, [1, 3, 2], 3).toReversed(), 3),
    () => tf.concat(tf.split(x, 3, 0).toReversed(), 0),
    () => tf.stack(tf.unstack(x, 2).toReversed(), 2),
    () => tf.stack(tf.unstack(x, -1).toReversed(), 0),
  ];
  for (const op of ops) {
    const [want, got] = both(op);
    assert.deepEqual(got, want);
  }
});
