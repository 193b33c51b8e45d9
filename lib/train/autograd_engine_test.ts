import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Random } from "../base/random.ts";
import type { Batch } from "../data/batch.ts";
import { largeParameters, modelCases, richBatch, richestCases } from "../testing/model_cases.ts";
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
        assert.deepEqual(other.parameters(), one.parameters());
      });
    }
  });
}

/** The collection of garbage that V8 has behind a flag. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

Deno.test("two thousand steps take no memory", async () => {
  const test = modelCases().find(({ config }) => config.model === "mind")!;
  const random = new Random(7);
  const { config } = test;
  const engine = await AutogradEngine.create(config, largeParameters(test, random), "wasm");
  const steps = batches(50, config.sizes, random);
  const held = () => Deno.memoryUsage().heapUsed + Deno.memoryUsage().external;
  const run = async (rounds: number) => {
    for (let i = 0; i < rounds; i++) for (const batch of steps) await engine.step(batch);
    collectGarbage();
    return held();
  };
  const grown = -await run(10) + await run(40);
  assert.ok(grown < 4 * 2 ** 20, `${grown} bytes more after 2,000 steps`);
  engine.dispose();
});
