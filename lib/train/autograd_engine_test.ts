import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Random } from "../base/random.ts";
import type { Batch } from "../data/batch.ts";
import { largeParameters, modelCases, richBatch, richestCases } from "../testing/model_cases.ts";
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
