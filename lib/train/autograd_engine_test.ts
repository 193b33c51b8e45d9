import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Random } from "../base/random.ts";
import type { Batch } from "../data/batch.ts";
import type { TfjsBackend } from "../engine/tfjs/backends.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { assertDisposed } from "../testing/assert_disposed.ts";
import {
  largeParameters,
  type ModelCase,
  modelCases,
  richBatch,
  richestCases,
} from "../testing/model_cases.ts";
import { smallSizes } from "../testing/training_cases.ts";
import { AutogradEngine } from "./autograd_engine.ts";

const batches = (n: number, sizes: Parameters<typeof richBatch>[0], random: Random): Batch[] =>
  Array.from({ length: n }, () => richBatch(sizes, random));

for (const way of ["create", "definition"] as const) {
  Deno.test(`a training that goes on from a state ends with the same bits: ${way}`, async (t) => {
    for (const test of richestCases()) {
      await t.step(test.name, async () => {
        const { config } = test;
        const random = new Random(6);
        const start = largeParameters(test, random);
        const [first, then] = [batches(6, config.sizes, random), batches(6, config.sizes, random)];
        const one = await AutogradEngine[way](config, start, "wasm");
        for (const batch of first) await one.step(batch);
        const state = one.state();
        const other = await AutogradEngine[way](config, start, "wasm");
        for (const batch of then) await other.step(batch); // what must not matter
        other.restore(state);
        assert.deepEqual(other.state(), state);
        for (const batch of then) {
          assert.deepEqual(await other.step(batch), await one.step(batch));
        }
        assert.deepEqual(other.state(), one.state());
        const now = one.parameters();
        assert.deepEqual(other.parameters(), now);
        const earlier = (await AutogradEngine[way](config, start, "wasm")).parameters();
        assert.notDeepEqual(earlier, now);
        assert.equal(one.parameters(earlier), earlier);
        assert.deepEqual(earlier, now);
      });
    }
  });
}

for (const way of ["create", "definition"] as const) {
  const [test] = modelCases().filter(({ config }) => config.model === "mind") as [ModelCase];
  const { config } = test;
  const newEngine = (random: Random, backend: TfjsBackend = "wasm") =>
    AutogradEngine[way](config, largeParameters(test, random), backend);

  Deno.test(`what was disposed of refuses what is asked and what was: ${way}`, async () => {
    const random = new Random(8);
    const batch = richBatch(config.sizes, random);
    await assertDisposed(await newEngine(random), batch);
    for (const ask of ["step", "gradients", "interests"] as const) {
      const engine = await newEngine(random, "cpu"); // on wasm a step is done at once
      const pending = engine[ask](batch);
      engine.dispose();
      await assert.rejects(pending, /this engine was disposed of/, ask);
    }
  });

  Deno.test(`noise is the model's own, of every user: ${way}`, async () => {
    const random = new Random(9);
    const batch = richBatch(config.sizes, random);
    const engine = await newEngine(random);
    const routing = new Float32Array(6 * 3 * 7); // [B, K, L]
    await engine.step({ ...batch, noise: { routing } });
    const wrong: readonly (readonly [NonNullable<Batch["noise"]>, RegExp])[] = [
      [{ routing: routing.slice(1) }, /noise routing: not 126 values: 125/],
      [{ routnig: routing }, /noise routnig: .*did you mean routing\. It reads routing\./],
    ];
    for (const [noise, message] of wrong) {
      await assert.rejects(engine.step({ ...batch, noise }), message);
      await assert.rejects(engine.interests({ ...batch, noise }), message);
    }
  });
}

Deno.test("kernels are well again after a batch that was not finite", async () => {
  const sizes = { ...smallSizes, d: 12 };
  const test = modelCases(sizes).find(({ config }) => config.model === "comirec-sa")!;
  const random = new Random(12);
  const start = largeParameters(test, random);
  const far = { ...start, table: start.table.map((x) => x * 1e25) };
  const some = batches(4, test.config.sizes, random);
  const [one, other] = [
    await AutogradEngine.create(test.config, start, "wasm"),
    await AutogradEngine.create(test.config, start, "wasm"),
  ];
  const state = one.state();
  const steps = async (engine: AutogradEngine) => {
    const losses = [];
    for (const batch of some) losses.push(await engine.step(batch));
    return losses;
  };
  const wanted = await steps(other);
  for (const heal of [() => one.load(start), () => one.restore(state)]) {
    one.load(far);
    await steps(one);
    assert.ok(one.parameters().table.some(Number.isNaN));
    heal();
    assert.deepEqual(await steps(one), wanted);
    assert.deepEqual(one.state(), other.state());
  }
});

Deno.test("no users have routing where the model has one", async () => {
  const none = { history: new Int32Array(0), length: new Int32Array(0) };
  for (const { model, config } of richestCases()) {
    const { K } = config.sizes;
    const start = initialParameters(model, config.sizes, 1, config.options);
    const engine = await AutogradEngine.create(config, start, "wasm");
    const routing = model.routing === "none" ? null : none.history.length;
    const answer = await engine.interests(none);
    assert.deepEqual({ ...answer, routing: answer.routing?.length ?? null }, {
      K,
      interests: new Float32Array(0),
      routing,
    });
  }
});

Deno.test("a field of a profile may have a single category", async () => {
  const umi = modelCases().find(({ config }) => config.model === "umi")!;
  const sizes = { ...umi.config.sizes, profile: [1, 3] };
  const test = { ...umi, config: { ...umi.config, sizes } };
  const random = new Random(10);
  const start = largeParameters(test, random), batch = richBatch(sizes, random);
  for (const backend of ["wasm", "cpu"] as const) {
    const engine = await AutogradEngine.create(test.config, start, backend);
    const { dense } = await engine.gradients(batch);
    assert.ok(dense["field 0"]!.some((g) => g !== 0));
    assert.ok((await engine.interests(batch)).interests.every(Number.isFinite));
  }
});

/** The collection of garbage that V8 has behind a flag. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Models whose encoders have kernels of their own, and one that has none. */
for (const [model, steps] of [["mind", 2000], ["pimi", 200], ["re4", 200], ["gru4rec", 200]]) {
  Deno.test(`${steps} steps of ${model} take no memory`, async () => {
    const sizes = { ...smallSizes, d: 32 }; // what all kernels cover
    const test = modelCases(sizes).find(({ config }) => config.model === model)!;
    const random = new Random(7);
    const { config } = test;
    const engine = await AutogradEngine.create(config, largeParameters(test, random), "wasm");
    const some = batches(50, config.sizes, random);
    // foreign boundary: the heap of tfjs' wasm backend, which is no public part of it
    const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
    const run = async (rounds: number) => {
      for (let i = 0; i < rounds; i++) for (const batch of some) await engine.step(batch);
      collectGarbage();
      const { heapUsed, external } = Deno.memoryUsage();
      const { numTensors, numBytes } = tf.memory();
      return { bytes: heapUsed + external, held: [numTensors, numBytes, wasm.HEAPU8.length] };
    };
    const before = await run(4), after = await run(Number(steps) / 50);
    assert.deepEqual(after.held, before.held, "tensors, their bytes, and the heap");
    const grown = after.bytes - before.bytes;
    assert.ok(grown < 4 * 2 ** 20, `${grown} bytes more`);
    engine.dispose();
  });
}
