import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { initialParameters } from "../model/initial_parameters.ts";
import { modelOf } from "../model/registry.ts";
import { configuration, engineSizes, remi } from "../testing/random_case.ts";
import { adam } from "../testing/training_cases.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import { createEngine } from "./create_engine.ts";

function start({ model, sizes }: EngineConfig) {
  return initialParameters(modelOf(model), sizes, 1);
}

Deno.test("auto falls back where the fused engine refuses, and says why", async () => {
  const small = configuration(engineSizes, remi);
  const refused: readonly (readonly [EngineConfig, RegExp])[] = [
    [configuration({ ...engineSizes, S: 1e8 }, remi), /^fused: .*limit of 4 GiB/],
    [{ ...small, adam: { ...adam, epsilon: 0 } }, /^fused: .*epsilon above 0/],
  ];
  for (const [config, why] of refused) {
    const { engine, inWords, passedOver } = await createEngine(config, start(config), "auto");
    assert.match(inWords, /^TensorFlow\.js on (tensorflow-gpu|tensorflow|wasm|cpu), alone$/);
    assert.match(passedOver[0]!, why);
    engine.dispose();
    await assert.rejects(createEngine(config, start(config), "fused"), BadInput);
  }
  const { engine, inWords } = await createEngine(small, start(small), "auto");
  assert.equal(inWords, "the fused engine");
  engine.dispose();
});

Deno.test("what the fused engine does not cover has its rows and loss by the kernels", async () => {
  const config = { ...configuration({ ...engineSizes, K: 1 }, { softmax: "sampled" as const }) };
  const other = { ...config, model: "youtube-dnn" };
  for (const backend of ["auto", "wasm"] as const) {
    const { engine, inWords } = await createEngine(other, start(other), backend);
    assert.match(inWords, /^TensorFlow\.js on \S+, rows and loss by our kernels$/);
    engine.dispose();
  }
});

Deno.test("auto falls back where a machine cannot give the memory", async () => {
  const config = configuration(engineSizes, remi);
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class {
    constructor() {
      throw new RangeError("could not allocate memory");
    }
  } as unknown as typeof Memory;
  try {
    const { inWords, passedOver } = await createEngine(config, start(config), "auto");
    assert.match(inWords, /^TensorFlow\.js on .*, alone$/);
    assert.match(passedOver[0]!, /^fused: /);
    assert.match(passedOver.at(-1)!, /^our kernels: the machine cannot give/);
    await assert.rejects(createEngine(config, start(config), "fused"), /cannot give .* memory/);
  } finally {
    WebAssembly.Memory = Memory;
  }
});

Deno.test("wrong parameters are refused as such, not as backends that do not load", async () => {
  const config = configuration(engineSizes, remi);
  const { table, dense } = start(config);
  await assert.rejects(
    createEngine(config, { table: table.with(3, NaN), dense }, "auto"),
    /parameter table at 3: not a finite number: NaN/,
  );
});
