import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import type { Sizes } from "../data/sizes.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { assertClose } from "../testing/assert_close.ts";
import { adam } from "../testing/training_cases.ts";
import { initialParameters } from "./initial_parameters.ts";
import type { Options } from "./model.ts";
import { modelOptions } from "./options.ts";
import { modelOf, models } from "./registry.ts";

/** The reference's sizes, full histories. */
const sizes: Sizes = { B: 32, L: 20, K: 4, S: 1, d: 64, itemCount: 2000 };

function startOf(name: string, said: Options = {}, changed: Partial<Sizes> = {}) {
  const model = modelOf(name);
  const options = modelOptions(model, said);
  const ofModel = { ...sizes, ...changed };
  return { options, sizes: ofModel, start: initialParameters(model, ofModel, 5, options) };
}

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}

async function interestsAtStart(name: string, said: Options = {}, changed: Partial<Sizes> = {}) {
  const { options, sizes, start } = startOf(name, said, changed);
  const objective = { softmax: "sampled" } as const;
  const config = { model: name, options, sizes, objective, adam };
  const engine = await AutogradEngine.create(config, start, "wasm");
  const random = new Random(6);
  const items = { length: sizes.B * sizes.L };
  return await engine.interests({
    history: Int32Array.from(items, () => 1 + random.below(sizes.itemCount)),
    length: new Int32Array(sizes.B).fill(sizes.L),
  });
}

/** The mean length of an interest. */
async function lengthAtStart(name: string, said: Options = {}): Promise<number> {
  const { interests } = await interestsAtStart(name, said);
  const count = interests.length / sizes.d;
  return Array.from(
    { length: count },
    (_, i) => Math.hypot(...interests.subarray(i * sizes.d, (i + 1) * sizes.d)),
  )
    .reduce((sum, x) => sum + x / count, 0);
}

Deno.test("ComiRec-DR starts nearly dead as in the reference, N(0, 1) alive", async () => {
  assertClose(await lengthAtStart("comirec-dr"), 4e-5, { relative: 0.2 });
  assertClose(await lengthAtStart("comirec-dr", { initialisation: "normal" }), 0.99, {
    absolute: 0.01,
  });
  assertClose(await lengthAtStart("mind"), 0.44, { absolute: 0.03 });
});

Deno.test("Re4's own start is collapsed: most of a routing lies on one item", async () => {
  const largest = async (said: Options) => {
    const { routing } = await interestsAtStart("re4", said, { K: 8 });
    const rows = routing!.length / sizes.L;
    return Array.from(
      { length: rows },
      (_, i) => Math.max(...routing!.subarray(i * sizes.L, (i + 1) * sizes.L)),
    )
      .reduce((sum, x) => sum + x / rows, 0);
  };
  assertClose(await largest({ initialisation: "normal" }), 0.91, { absolute: 0.02 });
  assert.ok(await largest({}) < 0.2);
});

Deno.test("tables start as they are said to", () => {
  const ofTable = (name: string, said?: Options, changed?: Partial<Sizes>) =>
    deviation(startOf(name, said, changed).start.table);
  const near = { relative: 0.02 };
  assertClose(ofTable("comirec-sa"), Math.sqrt(2 / 64), near);
  assertClose(ofTable("re4", { initialisation: "normal" }), 1, near);
  const many = { itemCount: 30_012 }; // RetailRocket's
  assertClose(ofTable("gru4rec", {}, many), 0.0082, { absolute: 1e-4 });
  const glorot = startOf("pimi", { initialisation: "glorot" }, many).start.table;
  const limit = Math.sqrt(6 / (many.itemCount + 1 + 64));
  assertClose(Math.max(...glorot.subarray(0, 100_000)), limit, { relative: 1e-3 });
});

Deno.test("a table does not depend on what else a model has", () => {
  const tables = ["comirec-sa", "mind", "pimi"].map((name) => startOf(name).start.table);
  assert.deepEqual(tables[1], tables[0]);
  assert.deepEqual(tables[2], tables[0]);
  for (const model of models.filter(({ counts }) => !counts)) {
    const { start } = startOf(model.name, {}, { profile: [2, 3] });
    assert.equal(start.table.subarray(0, 64).every((x) => x === 0), model.zeroPadding === true);
  }
});
