import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import type { AdamConfig } from "../engine_config.ts";
import { compiledModule } from "../wasm/modules.ts";
import { CatchUp, catchUpSizes, type CatchUpTables } from "./catch_up_tables.ts";
import { Layout } from "./padded_layout.ts";
import { Phases } from "./phases.ts";
import { makePlan } from "./make_memory_plan.ts";
import { adam, configuration, randomParameters, remi } from "../../testing/random_case.ts";
import { DenseAdam } from "../../testing/fused_reference.ts";

function emptyTables(settings: AdamConfig): CatchUpTables {
  const { maxGap, settled, longestDecay } = catchUpSizes(settings);
  return {
    perGap: new Float32Array((maxGap + 1) * 8),
    perStart: new Float32Array((settled + 1) * 8),
    secondDecay: new Float32Array(longestDecay + 1),
    steps: new Float32Array((settled + 1) * 2),
  };
}

/** Largest distance from dense Adam in float64, and the largest way that a value went. */
async function distanceFromDense(
  settings: AdamConfig,
  steps: number,
): Promise<{ distance: number; moved: number }> {
  const random = new Random(3);
  const sizes = { B: 2, L: 3, K: 1, S: 4, d: 8, itemCount: 199 };
  const plan = makePlan({ ...configuration(sizes, remi), adam: settings }, 1);
  const memory = new WebAssembly.Memory({
    initial: plan.pages,
    maximum: plan.pages,
    shared: true,
  });
  const { kernels } = new Phases(plan, await compiledModule("fused", "simd"), memory, 0);
  const layout = new Layout(plan, memory.buffer);
  const parameters = randomParameters(random, sizes);
  layout.load(parameters);
  const view = (address: number, n: number) => new Float32Array(memory.buffer, address, n);
  const catchUp = new CatchUp(settings, plan.catchUp, {
    perGap: view(plan.perGap, (plan.catchUp.maxGap + 1) * 8),
    perStart: view(plan.perStart, (plan.catchUp.settled + 1) * 8),
    secondDecay: view(plan.secondDecay, plan.catchUp.longestDecay + 1),
    steps: view(plan.steps, (plan.catchUp.settled + 1) * 2),
  });
  const dense = new DenseAdam(settings, Float64Array.from(parameters.table));
  const { d } = sizes;
  const touched = 6;
  const ids = new Uint32Array(memory.buffer, plan.ids, touched);
  const gradients = view(plan.rowGradients, touched * d);
  for (let t = 1; t <= steps; t++) {
    // cubed, so that some rows are touched often, with repeats, and some hardly ever
    for (let i = 0; i < touched; i++) ids[i] = Math.floor(200 * random.uniform() ** 3);
    const sum = new Float64Array(parameters.table.length);
    for (let i = 0; i < touched * d; i++) {
      const size = 10 ** (-6 + 5 * (i % d) / d); // columns from 1e-6 to 0.1
      gradients[i] = size * (random.uniform() - 0.4);
      sum[ids[Math.floor(i / d)]! * d + i % d]! += gradients[i]!;
    }
    const { rows, first, last, next } = plan;
    const unique = kernels.uniqueRows(plan.ids, touched, plan.slots, rows, first, last, next);
    assert.equal(unique, new Set(ids).size);
    catchUp.prepare(t);
    kernels.setAdamStep(catchUp.rate(t), catchUp.correction(t));
    kernels.catchUp(rows, 0, unique, t);
    const scratch = plan.scratch[0]!.row;
    kernels.rowsAdam(rows, 0, unique, first, next, plan.rowGradients, t, scratch);
    dense.update(sum);
  }
  catchUp.prepare(steps + 1);
  kernels.catchUpItems(0, sizes.itemCount + 1, steps + 1);
  const table = layout.parameters().table;
  let distance = 0, moved = 0;
  table.forEach((value, i) => {
    distance = Math.max(distance, Math.abs(value - dense.values[i]!));
    moved = Math.max(moved, Math.abs(value - parameters.table[i]!));
  });
  return { distance, moved };
}

const settings: readonly (readonly [string, Partial<AdamConfig>, number])[] = [
  ["the reference's settings", {}, 3000],
  ["beta2 too small for the series", { beta2: 0.99 }, 1600],
  ["bias corrections that are soon 1", { beta1: 0.8, beta2: 0.9 }, 1600],
  ["no momentum", { beta1: 0 }, 1600],
];

for (const [name, change, steps] of settings) {
  Deno.test(`lazy Adam is dense Adam over ${steps} steps: ${name}`, async () => {
    const { distance, moved } = await distanceFromDense({ ...adam, ...change }, steps);
    assert.ok(moved > 0.03, `nothing moved: ${moved}`);
    assert.ok(distance < 1e-5, `${distance} where values moved ${moved}`);
  });
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

Deno.test("the series is used from where it is good to a millionth", () => {
  const { seriesFrom, maxGap } = catchUpSizes(adam);
  assert.ok(seriesFrom > 150 && seriesFrom < 250, `${seriesFrom}`);
  assert.ok(adam.beta1 ** maxGap < 2 ** -24);
  assert.ok(catchUpSizes({ ...adam, beta2: 0.99 }).seriesFrom > 1e9);
});
