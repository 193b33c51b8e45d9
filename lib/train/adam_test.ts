import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { adamStep, zeroMoments } from "./adam.ts";
import { EmbeddingTable } from "./embedding_table.ts";

const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Dense Adam in float64: every row moves at every step. */
class DenseAdam {
  readonly m: Float64Array;
  readonly v: Float64Array;

  constructor(readonly p: Float64Array) {
    this.m = new Float64Array(p.length);
    this.v = new Float64Array(p.length);
  }

  step(gradient: Float64Array, t: number): void {
    const { learningRate, beta1, beta2, epsilon } = adam;
    for (let i = 0; i < this.p.length; i++) {
      const g = gradient[i]!;
      this.m[i] = beta1 * this.m[i]! + (1 - beta1) * g;
      this.v[i] = beta2 * this.v[i]! + (1 - beta2) * g * g;
      const mHat = this.m[i]! / (1 - beta1 ** t);
      const vHat = this.v[i]! / (1 - beta2 ** t);
      this.p[i]! -= learningRate * mHat / (Math.sqrt(vHat) + epsilon);
    }
  }
}

Deno.test("adamStep does what the formula says, by hand", () => {
  const p = Float32Array.of(1);
  const moments = zeroMoments(1);
  adamStep(p, moments, Float32Array.of(0.5), 1, adam);
  // the first step of Adam is lr * sign(g), whatever the gradient's size
  assert.ok(Math.abs(p[0]! - (1 - 1e-3)) < 1e-7);
  assert.ok(Math.abs(moments.m[0]! - 0.05) < 1e-8);
  assert.ok(Math.abs(moments.v[0]! - 0.00025) < 1e-9);
});

Deno.test("lazy Adam ends where a literal dense Adam ends", () => {
  const random = new Random(3);
  const [rows, d, steps] = [300, 8, 1500];
  const start = new Float32Array(rows * d).map(() => 0.3 * random.normal());
  const dense = new DenseAdam(Float64Array.from(start));
  const lazy = new EmbeddingTable(start.slice(), d, adam);
  for (let t = 1; t <= steps; t++) {
    // popular rows at nearly every step, rare ones hundreds of steps apart, one row twice
    const ids = Array.from({ length: 9 }, () => Math.floor(rows * random.uniform() ** 3));
    ids.push(ids[0]!);
    const size = 10 ** (-3 + 2 * random.uniform());
    const gradients = new Float32Array(ids.length * d).map(() => size * random.normal());
    const sums = new Float64Array(rows * d);
    gradients.forEach((g, i) => sums[ids[Math.floor(i / d)]! * d + i % d]! += g);
    lazy.gather(ids, t - 1);
    lazy.update(ids, [gradients.subarray(0, 4 * d), gradients.subarray(4 * d)], t);
    dense.step(sums, t);
  }
  lazy.flush(steps);
  const distances = lazy.values.map((value, i) => Math.abs(value - dense.p[i]!));
  const moves = dense.p.map((value, i) => Math.abs(value - start[i]!));
  assert.ok(Math.max(...moves) > 0.1, "the parameters moved");
  assert.ok(Math.max(...distances) < 5e-6, `largest distance ${Math.max(...distances)}`);
});

Deno.test("rows that were never touched stay where they started", () => {
  const table = new EmbeddingTable(Float32Array.of(1, 2, 3, 4), 2, adam);
  table.update([1], [Float32Array.of(1, 1)], 1);
  table.flush(500);
  assert.deepEqual([...table.values.subarray(0, 2)], [1, 2]);
});

Deno.test("gathering on the way does not change where a row goes, beyond rounding", () => {
  const once = new EmbeddingTable(Float32Array.of(0.5, -0.5), 2, adam);
  const often = new EmbeddingTable(Float32Array.of(0.5, -0.5), 2, adam);
  for (const table of [once, often]) table.update([0], [Float32Array.of(0.1, -2)], 300);
  for (let t = 310; t < 400; t += 7) often.gather([0], t);
  once.flush(400);
  often.flush(400);
  once.values.forEach((value, i) => assert.ok(Math.abs(value - often.values[i]!) < 1e-6));
});
