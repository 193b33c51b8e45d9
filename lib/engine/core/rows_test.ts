import { copyOf } from "../../base/values.ts";
import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { DenseAdam } from "../../testing/fused_reference.ts";
import { adam } from "../../testing/training_cases.ts";
import { EmbeddingTable } from "../../train/embedding_table.ts";
import { copyOfState } from "../engine.ts";
import type { AdamConfig } from "../engine_config.ts";
import type { Rows, TableState } from "./rows.ts";
import { WasmRows } from "./wasm_rows.ts";

const TOUCHED = 12;

const copied = (arrays: TableState) => copyOfState({ step: 0, arrays }).arrays;

type NewRows = (values: Float32Array, d: number, adam: AdamConfig) => Promise<Rows>;

const kernels: NewRows = async (values, d, settings) => {
  const rows = await WasmRows.create({ rows: values.length / d, d, touched: TOUCHED }, settings);
  rows.load(values);
  return rows;
};

const definition: NewRows = (values, d, settings) =>
  Promise.resolve(new EmbeddingTable(values.slice(), d, settings));

const implementations = { kernels, definition };

/** Steps on rows of which some are touched often, some hundreds of steps apart, some twice. */
function* steps(random: Random, rows: number, d: number, n: number) {
  for (let t = 1; t <= n; t++) {
    const ids = Int32Array.from(
      { length: TOUCHED - 1 },
      () => Math.floor(rows * random.uniform() ** 3),
    );
    const twice = Int32Array.of(...ids, ids[0]!);
    const gradients = Float32Array.from(
      { length: TOUCHED * d },
      (_, i) => 10 ** (-6 + 5 * (i % d) / d) * (random.uniform() - 0.4),
    ); // columns from 1e-6 to 0.1
    yield { t, ids: twice, gradients };
  }
}

function take(
  table: Rows,
  { t, ids, gradients }: { t: number; ids: Int32Array; gradients: Float32Array },
  d: number,
): void {
  table.gather(ids, t - 1);
  table.update(ids, [gradients.subarray(0, 4 * d), gradients.subarray(4 * d)], t);
}

function distance(a: Float32Array, b: ArrayLike<number>): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

const randomTable = (random: Random, size: number) =>
  new Float32Array(size).map(() => 0.3 * random.normal());

const settings: readonly (readonly [string, Partial<AdamConfig>, NewRows, number])[] = [
  ["definition, the reference's settings", {}, definition, 1600],
  ["kernels, the reference's settings", {}, kernels, 3000],
  ["kernels, beta2 too small for the series", { beta2: 0.99 }, kernels, 1600],
  ["kernels, bias corrections that are soon 1", { beta1: 0.8, beta2: 0.9 }, kernels, 1600],
  ["kernels, no momentum", { beta1: 0 }, kernels, 1600],
  ["kernels, moments that fade together", { beta2: 0.9 }, kernels, 1600],
  ["kernels, a long momentum", { beta1: 0.99 }, kernels, 1600],
  ["definition, beta2 too small for the series", { beta2: 0.99 }, definition, 1600],
  ["definition, moments that fade together", { beta2: 0.9 }, definition, 1600],
  ["definition, a long momentum", { beta1: 0.99 }, definition, 1600],
  ["definition, no momentum", { beta1: 0 }, definition, 1600],
];

for (const [name, change, newRows, n] of settings) {
  for (const d of [8, 6]) {
    Deno.test(`lazy Adam is a literal dense Adam over ${n} steps: ${name}, d ${d}`, async () => {
      const [random, size] = [new Random(3), 200];
      const start = randomTable(random, size * d);
      const table = await newRows(start, d, { ...adam, ...change });
      const dense = new DenseAdam({ ...adam, ...change }, Float64Array.from(start));
      for (const step of steps(random, size, d, n)) {
        take(table, step, d);
        const sum = new Float64Array(size * d);
        step.gradients.forEach((g, i) => sum[step.ids[Math.floor(i / d)]! * d + i % d]! += g);
        dense.update(sum);
      }
      table.flush(n);
      const moved = distance(start, dense.values),
        error = distance(copyOf(table.values()), dense.values);
      assert.ok(moved > 0.03, `nothing moved: ${moved}`);
      assert.ok(error < 1e-5, `${error} where values moved ${moved}`);
    });
  }
}

Deno.test("kernels and definition gather the same rows, to rounding, at every step", async () => {
  const [random, size, d] = [new Random(5), 90, 20];
  const start = randomTable(random, size * d);
  const [ours, plain] = [await kernels(start, d, adam), await definition(start, d, adam)];
  for (const step of steps(random, size, d, 700)) {
    take(ours, step, d);
    take(plain, step, d);
    const asked = Int32Array.from({ length: 40 }, () => random.below(size)); // more than TOUCHED
    const error = distance(ours.gather(asked, step.t), plain.gather(asked, step.t));
    assert.ok(error < 1e-5, `${error} at step ${step.t}`);
  }
});

for (const [name, newRows] of Object.entries(implementations)) {
  Deno.test(`${name}: rows that were never touched stay where they started`, async () => {
    const table = await newRows(Float32Array.of(1, 2, 3, 4), 2, adam);
    table.update(Int32Array.of(1), [Float32Array.of(1, 1)], 1);
    table.flush(500);
    assert.deepEqual([...copyOf(table.values()).subarray(0, 2)], [1, 2]);
  });

  Deno.test(`${name}: gathering on the way changes nothing beyond rounding`, async () => {
    const start = Float32Array.of(0.5, -0.5);
    const [once, often] = [await newRows(start, 2, adam), await newRows(start, 2, adam)];
    const id = Int32Array.of(0);
    for (const table of [once, often]) table.update(id, [Float32Array.of(0.1, -2)], 300);
    for (let t = 310; t < 400; t += 7) often.gather(id, t);
    once.flush(400);
    often.flush(400);
    assert.ok(distance(copyOf(once.values()), copyOf(often.values())) < 1e-6);
  });

  Deno.test(`${name}: a state put back goes on to the same bits`, async () => {
    const [random, size, d] = [new Random(8), 60, 12];
    const start = randomTable(random, size * d);
    const [one, other] = [await newRows(start, d, adam), await newRows(start, d, adam)];
    const all = [...steps(random, size, d, 500)];
    for (const step of all.slice(0, 250)) take(one, step, d);
    for (const step of all.slice(0, 9)) take(other, step, d); // what must not matter
    const state = copied(one.state());
    other.restore(state);
    assert.deepEqual(copied(other.state()), state);
    for (const step of all.slice(250)) for (const table of [one, other]) take(table, step, d);
    assert.deepEqual(copied(other.state()), copied(one.state()));
    one.load(start);
    assert.deepEqual(copyOf(one.values()), start);
    assert.ok(
      Object.entries(copied(one.state())).every(([k, a]) => k === "table" || !a.some(Boolean)),
    );
  });

  Deno.test(`${name}: a row that is put has the values given, others theirs`, async () => {
    const table = await newRows(Float32Array.of(1, 2, 3, 4, 5, 6), 2, adam);
    table.put(1, Float32Array.of(8, 9));
    assert.deepEqual([...copyOf(table.values())], [1, 2, 8, 9, 5, 6]);
    assert.deepEqual([...table.gather(Int32Array.of(2, 1, 1), 0)], [5, 6, 8, 9, 8, 9]);
  });
}

Deno.test("the kernels refuse an optimizer whose results they would not have", async () => {
  for (const change of [{ epsilon: 0 }, { beta1: 0.9999 }, { beta2: 0 }, { beta2: 0.5 }]) {
    await assert.rejects(kernels(new Float32Array(8), 8, { ...adam, ...change }), /lazy Adam/);
  }
});

Deno.test("a million rows of 64 take less than a GiB, the table once", async () => {
  const { Memory } = WebAssembly;
  const sizes: number[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      sizes.push(this.buffer.byteLength);
    }
  };
  try {
    await WasmRows.create({ rows: 1_000_001, d: 64, touched: 4000 }, adam);
  } finally {
    WebAssembly.Memory = Memory;
  }
  assert.equal(sizes.length, 1);
  assert.ok(sizes[0]! > 1e6 * 768 && sizes[0]! < 1e6 * 780, `${sizes}`);
});
