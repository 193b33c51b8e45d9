import assert from "node:assert/strict";
import { adam } from "../../testing/training_cases.ts";
import type { AdamConfig } from "../engine_config.ts";
import { CatchUp, catchUpSizes, type CatchUpTables } from "./catch_up_tables.ts";

function emptyTables(settings: AdamConfig): CatchUpTables {
  const { maxGap, settled, longestDecay } = catchUpSizes(settings);
  return {
    perGap: new Float32Array((maxGap + 1) * 8),
    perStart: new Float32Array((settled + 1) * 8),
    secondDecay: new Float32Array(longestDecay + 1),
    steps: new Float32Array((settled + 1) * 2),
  };
}

/** c_j(t0, g) as the sum that defines it. */
function coefficients(t0: number, g: number, { learningRate, beta1, beta2 }: AdamConfig): number[] {
  const c = [0, 0, 0, 0, 0];
  for (let k = 1; k <= g; k++) {
    const u = 1 - Math.sqrt(beta2 ** k * (1 - beta2 ** t0) / (1 - beta2 ** (t0 + k)));
    const rate = learningRate / (1 - beta1 ** (t0 + k));
    c.forEach((_, j) => c[j]! += rate * beta1 ** k * u ** j);
  }
  return c;
}

function assertCoefficients(table: Float32Array, entry: number, want: number[]): void {
  want.forEach((c, j) => {
    const error = Math.abs(table[entry * 8 + j]! - c) / Math.max(c, 1e-9);
    assert.ok(error < 1e-6, `c_${j}: ${table[entry * 8 + j]} for ${c}`);
  });
}

Deno.test("the catch-up tables hold the sums that define them, at any step", () => {
  const tables = emptyTables(adam);
  const sizes = catchUpSizes(adam);
  const catchUp = new CatchUp(adam, sizes, tables);
  for (const t of [2, 3, 57, 200, 1000, sizes.settled, sizes.settled + 5000]) {
    catchUp.prepare(t);
    for (const g of [1, 2, 20, sizes.maxGap].filter((gap) => gap <= t - 2)) {
      assertCoefficients(tables.perGap, g, coefficients(t - 1 - g, g, adam));
    }
    const old = Math.min(t - sizes.maxGap - 10, sizes.settled);
    if (old > 0) assertCoefficients(tables.perStart, old, coefficients(old, sizes.maxGap, adam));
  }
});

Deno.test("the catch-up tables are the same bits however they were reached", () => {
  const stepwise = emptyTables(adam), jump = emptyTables(adam), back = emptyTables(adam);
  const sizes = catchUpSizes(adam);
  const one = new CatchUp(adam, sizes, stepwise);
  for (let t = 1; t <= 700; t++) one.prepare(t);
  new CatchUp(adam, sizes, jump).prepare(700);
  const returning = new CatchUp(adam, sizes, back);
  returning.prepare(900);
  returning.prepare(700);
  assert.deepEqual(jump, stepwise);
  assert.deepEqual(back.perGap, stepwise.perGap);
});

Deno.test("rows move until the momentum over the scale is below float32 resolution", () => {
  for (const change of [{}, { beta2: 0.9 }, { beta1: 0.99 }, { beta1: 0.8, beta2: 0.7 }]) {
    const { beta1, beta2 } = { ...adam, ...change };
    const { maxGap } = catchUpSizes({ ...adam, ...change });
    const left = (g: number) => (beta1 / Math.sqrt(beta2)) ** g;
    assert.ok(left(maxGap) < 2 ** -24 && left(maxGap - 1) > 2 ** -25, `${maxGap}`);
  }
  assert.equal(catchUpSizes(adam).maxGap, 160);
});

Deno.test("the series is used from where it is good to a millionth", () => {
  const { seriesFrom, maxGap } = catchUpSizes(adam);
  assert.ok(seriesFrom > 150 && seriesFrom < 250, `${seriesFrom}`);
  assert.ok(adam.beta1 ** maxGap < 2 ** -24);
  assert.ok(catchUpSizes({ ...adam, beta2: 0.99 }).seriesFrom > 1e9);
});
