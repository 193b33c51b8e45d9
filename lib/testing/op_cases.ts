/**
 * Every tfjs op that the models and objectives use, each with a plain float64 reference: what the
 * tests hold all backends against. ops_test.ts fails when a training step runs a kernel that none
 * of these cases runs.
 */
import * as tf from "@tensorflow/tfjs-core";
import { lookedUp, summedAt } from "../model/looked_up.ts";

/** An op at given shapes. */
export interface OpCase {
  readonly name: string;
  /** shapes of the inputs */
  readonly inputs: readonly (readonly number[])[];
  /** all inputs are above 0 */
  readonly positive?: boolean;
  /** false where no gradient is asked for, as through a choice */
  readonly differentiable: boolean;
  readonly op: (...inputs: tf.Tensor[]) => tf.Tensor;
  readonly reference: (...inputs: Float64Array[]) => ArrayLike<number>;
}

/** Values of x [...outer, rows, columns] as rows of numbers. */
function rowsOf(x: ArrayLike<number>, columns: number): number[][] {
  const flat = Array.from(x);
  return Array.from(
    { length: flat.length / columns },
    (_, i) => flat.slice(i * columns, (i + 1) * columns),
  );
}

function unary(
  name: string,
  op: (x: tf.Tensor) => tf.Tensor,
  f: (x: number) => number,
  positive = false,
): OpCase {
  const reference = (x: Float64Array) => x.map(f);
  return { name, inputs: [[3, 7]], positive, differentiable: true, op, reference };
}

/** x [2, 3, 5] with y of a shape that broadcasts: index of y's value for each of x's. */
const broadcasts: readonly (readonly [readonly number[], (i: number) => number])[] = [
  [[2, 3, 5], (i) => i],
  [[], () => 0],
  [[3, 5], (i) => i % 15],
  [[2, 1, 5], (i) => Math.floor(i / 15) * 5 + i % 5],
  [[2, 3, 1], (i) => Math.floor(i / 5)],
];

function binary(
  name: string,
  op: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  f: (x: number, y: number) => number,
): OpCase[] {
  return broadcasts.map(([shape, at]) => ({
    name: `${name} [2,3,5] with [${shape}]`,
    inputs: [[2, 3, 5], shape],
    positive: true,
    differentiable: true,
    op,
    reference: (x, y) => x.map((value, i) => f(value, y[at(i)]!)),
  }));
}

/** C = A B of matrices that may be stored transposed, in float64. */
function product(
  a: Float64Array,
  b: Float64Array,
  [m, k, n]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let p = 0; p < k; p++) {
        c[i * n + j]! += a[transposeA ? p * m + i : i * k + p]! *
          b[transposeB ? j * k + p : p * n + j]!;
      }
    }
  }
  return c;
}

function matMul(
  batchA: readonly number[],
  batchB: readonly number[],
  sizes: readonly [number, number, number],
): OpCase[] {
  const [m, k, n] = sizes;
  const count = (batch: readonly number[]) => batch.reduce((a, b) => a * b, 1);
  const batch = Math.max(count(batchA), count(batchB));
  const part = (x: Float64Array, of: readonly number[], i: number, size: number) =>
    count(of) === 1 ? x : x.subarray(i * size, (i + 1) * size);
  return [[false, false], [false, true], [true, false], [true, true]].map(([tA, tB]) => {
    const a = [...batchA, ...(tA ? [k, m] : [m, k])];
    const b = [...batchB, ...(tB ? [n, k] : [k, n])];
    return {
      name: `matMul [${a}]${tA ? "ᵀ" : ""} [${b}]${tB ? "ᵀ" : ""}`,
      inputs: [a, b],
      differentiable: count(batchA) === count(batchB), // tfjs cannot differentiate a broadcast
      op: (x, y) => tf.matMul(x!, y!, tA, tB),
      reference: (x, y) =>
        Array.from({ length: batch }, (_, i) => {
          const [ai, bi] = [part(x!, batchA, i, m * k), part(y!, batchB, i, k * n)];
          return [...product(ai, bi, sizes, tA!, tB!)];
        }).flat(),
    };
  });
}

function argMax(row: readonly number[]): number {
  return row.indexOf(Math.max(...row));
}

function softmax(row: readonly number[]): number[] {
  const top = Math.max(...row);
  const weights = row.map((x) => Math.exp(x - top));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((w) => w / sum);
}

/** Ops over the last axis of an input [4, 6]. */
function overRows(
  name: string,
  op: (x: tf.Tensor) => tf.Tensor,
  f: (row: readonly number[]) => number | number[],
  differentiable = true,
): OpCase {
  const reference = (x: Float64Array) => rowsOf(x, 6).flatMap(f);
  return { name, inputs: [[4, 6]], differentiable, op, reference };
}

const sum = (row: readonly number[]) => row.reduce((a, b) => a + b);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** All cases. */
export const opCases: readonly OpCase[] = [
  ...matMul([], [], [5, 7, 3]),
  ...matMul([], [], [8, 4, 16]),
  ...matMul([], [], [9, 300, 270]), // larger than one block in k and in n
  ...matMul([], [], [131, 3, 5]), // and in m
  ...matMul([3], [3], [4, 6, 10]),
  ...matMul([2, 3], [2, 3], [2, 5, 8]),
  ...matMul([3], [], [4, 6, 7]), // one right operand for the whole batch
  ...matMul([1], [3], [4, 6, 7]),
  ...binary("add", tf.add, (x, y) => x + y),
  ...binary("sub", tf.sub, (x, y) => x - y),
  ...binary("mul", tf.mul, (x, y) => x * y),
  ...binary("div", tf.div, (x, y) => x / y),
  unary("tanh", tf.tanh, Math.tanh),
  unary("tanh of large values", (x) => tf.tanh(tf.mul(x, 20)), (x) => Math.tanh(20 * x)),
  unary("sigmoid", tf.sigmoid, sigmoid),
  unary("softplus", tf.softplus, (x) => Math.log1p(Math.exp(x))),
  unary("square", tf.square, (x) => x * x),
  unary("neg", tf.neg, (x) => -x),
  unary("log", tf.log, Math.log, true),
  unary("clone", tf.clone, (x) => x),
  unary("zerosLike", tf.zerosLike, () => 0),
  overRows("softmax", (x) => tf.softmax(x), softmax),
  overRows("sum over rows", (x) => tf.sum(x, -1), sum),
  overRows("mean over rows", (x) => tf.mean(x, -1), (row) => sum(row) / row.length),
  overRows("max over rows", (x) => tf.max(x, -1), (row) => Math.max(...row), false),
  overRows("argMax over rows", (x) => tf.argMax(x, -1), argMax, false),
  overRows(
    "oneHot of argMax, cast",
    (x) => tf.cast(tf.oneHot(tf.argMax(x, -1), 6), "float32"),
    (row) => row.map((_, i) => i === argMax(row) ? 1 : 0),
    false,
  ),
  {
    name: "cast",
    inputs: [[3, 7]],
    differentiable: false,
    op: (x) => tf.cast(tf.cast(x!, "int32"), "float32"),
    reference: (x) => x.map(Math.trunc),
  },
  {
    name: "sum over the middle axis",
    inputs: [[2, 3, 5]],
    differentiable: true,
    op: (x) => tf.sum(x!, 1),
    reference: (x) =>
      Float64Array.from({ length: 10 }, (_, i) => {
        const at = Math.floor(i / 5) * 15 + i % 5;
        return x[at]! + x[at + 5]! + x[at + 10]!;
      }),
  },
  {
    name: "mean of everything",
    inputs: [[2, 3, 5]],
    differentiable: true,
    op: (x) => tf.mean(x!),
    reference: (x) => [sum([...x]) / x.length],
  },
  {
    name: "transpose [0, 2, 1]",
    inputs: [[2, 3, 5]],
    differentiable: true,
    op: (x) => tf.transpose(x!, [0, 2, 1]),
    reference: (x) =>
      x.map((_, i) => x[Math.floor(i / 15) * 15 + (i % 3) * 5 + Math.floor(i % 15 / 3)]!),
  },
  {
    name: "reshape, expandDims",
    inputs: [[2, 3, 5]],
    differentiable: true,
    op: (x) => tf.expandDims(tf.reshape(x!, [6, 5]), 1),
    reference: (x) => x,
  },
  unary("exp", tf.exp, Math.exp),
  unary("sqrt", tf.sqrt, Math.sqrt, true),
  unary("abs", tf.abs, Math.abs),
  unary("relu", tf.relu, (x) => Math.max(0, x)),
  unary("onesLike", tf.onesLike, () => 1),
  unary("maximum with a number", (x) => tf.maximum(x, 0.25), (x) => Math.max(x, 0.25)),
  unary("minimum with a number", (x) => tf.minimum(x, 0.25), (x) => Math.min(x, 0.25)),
  {
    name: "greater, lessEqual, cast",
    inputs: [[3, 7]],
    differentiable: false,
    op: (x) =>
      tf.add(tf.cast(tf.greater(x!, 0.5), "float32"), tf.cast(tf.lessEqual(x!, -0.5), "float32")),
    reference: (x) => x.map((value) => value > 0.5 || value <= -0.5 ? 1 : 0),
  },
  {
    name: "range, fill",
    inputs: [[3, 4]],
    differentiable: true,
    op: (x) => tf.add(tf.mul(x!, tf.range(0, 4)), tf.fill([3, 1], 2)),
    reference: (x) => x.map((value, i) => value * (i % 4) + 2),
  },
  overRows(
    "cumsum over rows",
    (x) => tf.cumsum(x, 1),
    (row) => row.map((_, i) => sum(row.slice(0, i + 1))),
    false,
  ),
  overRows("logSoftmax over rows", (x) => tf.logSoftmax(x), (row) => softmax(row).map(Math.log)),
  {
    name: "concat, slice",
    inputs: [[2, 3, 4], [2, 1, 4]],
    differentiable: true,
    op: (x, y) => tf.slice(tf.concat([y!, x!], 1), [0, 0, 0], [2, 3, 4]),
    reference: (x, y) =>
      x.map((_, i) => {
        const [b, l, j] = [Math.floor(i / 12), Math.floor(i % 12 / 4), i % 4];
        return l === 0 ? y![b * 4 + j]! : x[b * 12 + (l - 1) * 4 + j]!;
      }),
  },
  {
    name: "unstack, stack in another order",
    inputs: [[2, 3, 4]],
    differentiable: true,
    op: (x) => tf.stack(tf.unstack(x!, 1).toReversed(), 1),
    reference: (x) => x.map((_, i) => x[i + 8 - 8 * Math.floor(i % 12 / 4)]!),
  },
  {
    name: "split, product of the parts",
    inputs: [[2, 6]],
    differentiable: true,
    op: (x) => {
      const [a, b, c] = tf.split(x!, 3, -1);
      return tf.mul(tf.mul(a!, b!), c!);
    },
    reference: (x) =>
      Float64Array.from({ length: 4 }, (_, i) => {
        const at = Math.floor(i / 2) * 6 + i % 2;
        return x[at]! * x[at + 2]! * x[at + 4]!;
      }),
  },
  {
    name: "transposes of four axes",
    inputs: [[2, 3, 4, 5]],
    differentiable: true,
    op: (x) => tf.transpose(tf.transpose(x!, [1, 2, 0, 3]), [2, 0, 1, 3]),
    reference: (x) => x,
  },
  {
    name: "rows looked up, some twice, and summed by number",
    inputs: [[4, 3]],
    differentiable: true,
    op: (x) => {
      const rows = lookedUp(x as tf.Tensor2D, tf.tensor1d([2, 0, 2, 3], "int32"));
      return summedAt(rows, tf.tensor1d([1, 1, 0, 4], "int32"), 5);
    },
    reference: (x) => {
      const [first, , third, last] = rowsOf(x, 3) as [number[], number[], number[], number[]];
      const none = [0, 0, 0];
      return [third, third.map((value, i) => value + first[i]!), none, none, last].flat();
    },
  },
  {
    name: "rows looked up",
    inputs: [[4, 3]],
    differentiable: false,
    op: (x) => tf.gather(x!, tf.tensor1d([2, 0, 2], "int32")),
    reference: (x) => [2, 0, 2].flatMap((row) => [...x.subarray(3 * row, 3 * row + 3)]),
  },
];
