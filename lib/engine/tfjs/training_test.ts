import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { initialParameters } from "../../model/initial_parameters.ts";
import { modelNames, modelOf } from "../../model/registry.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import type { EngineConfig } from "../engine_config.ts";
import type { Parameters } from "../engine.ts";
import { makeCurrent, type TfjsBackend, tfjsBackends, whyNot } from "./backends.ts";
import { objectives, smallBatch, smallSizes, testAdam } from "../../testing/training_cases.ts";

/** 50 steps: Adam turns rounding into whole steps where a gradient is about zero. */
const STEPS = 50;
const LOSS_TOLERANCE = 2e-5;
const PARAMETER_TOLERANCE = 2e-4;

interface Trained {
  readonly losses: readonly number[];
  readonly parameters: Parameters;
}

async function trained(config: EngineConfig, backend: TfjsBackend): Promise<Trained> {
  const start = initialParameters(modelOf(config.model), config.sizes, 3);
  const engine = await AutogradEngine.create(config, start, backend);
  const random = new Random(4);
  const losses: number[] = [];
  for (let i = 0; i < STEPS; i++) losses.push((await engine.step(smallBatch(random))).loss);
  const parameters = engine.parameters();
  engine.dispose();
  return { losses, parameters };
}

function arrays({ table, dense }: Parameters): Record<string, Float32Array> {
  return { ...dense, table };
}

function largestDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

const configurations = modelNames.flatMap((model) =>
  Object.entries(objectives).map(([name, objective]) => ({
    name: `${model}, ${name}`,
    config: { model, sizes: smallSizes, objective, adam: testAdam },
  }))
);

for (const backend of tfjsBackends) {
  const reason = await whyNot(backend);
  const title = `${STEPS} steps on ${backend} end where those on cpu end`;
  if (reason !== null) {
    Deno.test.ignore(`${title} (${reason})`, () => {});
    continue;
  }

  if (backend !== "cpu") {
    Deno.test(title, async (t) => {
      for (const { name, config } of configurations) {
        await t.step(name, async () => {
          const [got, want] = [await trained(config, backend), await trained(config, "cpu")];
          want.losses.forEach((loss, i) => {
            const error = Math.abs(got.losses[i]! - loss) / Math.abs(loss);
            assert.ok(error < LOSS_TOLERANCE, `loss of step ${i + 1} is ${error} away`);
          });
          const reached = arrays(got.parameters);
          for (const [parameter, values] of Object.entries(arrays(want.parameters))) {
            const distance = largestDistance(reached[parameter]!, values);
            assert.ok(distance < PARAMETER_TOLERANCE, `${parameter} is ${distance} away`);
          }
        });
      }
    });
  }

  Deno.test(`steps and questions on ${backend} leave no tensor behind`, async () => {
    const config = configurations.at(-2)!.config;
    const start = initialParameters(modelOf(config.model), config.sizes, 3);
    const engine = await AutogradEngine.create(config, start, backend);
    const random = new Random(5);
    const held = async () => {
      await engine.step(smallBatch(random));
      await engine.interests(smallBatch(random));
      const { numTensors, numDataBuffers, numBytes } = tf.memory();
      return { numTensors, numDataBuffers, numBytes };
    };
    const first = await held();
    for (let i = 0; i < 20; i++) assert.deepEqual(await held(), first);
    engine.dispose();
  });
}

Deno.test("engines on different backends take turns in one process", async () => {
  const { config } = configurations[0]!;
  const start = initialParameters(modelOf(config.model), config.sizes, 3);
  const [wasm, cpu] = [
    await AutogradEngine.create(config, start, "wasm"),
    await AutogradEngine.create(config, start, "cpu"),
  ];
  await wasm.step(smallBatch(new Random(6)));
  assert.equal(tf.getBackend(), "wasm");
  await cpu.step(smallBatch(new Random(6)));
  assert.equal(tf.getBackend(), "cpu");
  makeCurrent("wasm");
  assert.equal(tf.getBackend(), "wasm");
});
