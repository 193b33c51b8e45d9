import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { initialParameters } from "../../model/initial_parameters.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import type { Parameters } from "../engine.ts";
import { makeCurrent, type TfjsBackend, tfjsBackends, whyNot } from "./backends.ts";
import {
  largeParameters,
  type ModelCase,
  modelCases,
  richBatch,
  richestCases,
} from "../../testing/model_cases.ts";
import { smallBatch, smallSizes } from "../../testing/training_cases.ts";

/** 50 steps: Adam turns rounding into whole steps where a gradient is about zero. */
const STEPS = 50;
const LOSS_TOLERANCE = 1e-4;
const PARAMETER_TOLERANCE = 2e-4;

interface Trained {
  readonly losses: readonly number[];
  readonly parameters: Parameters;
}

type Way = "create" | "definition";

async function trained(test: ModelCase, backend: TfjsBackend, way: Way): Promise<Trained> {
  const { config } = test;
  const random = new Random(4);
  const engine = await AutogradEngine[way](config, largeParameters(test, random), backend);
  const losses: number[] = [];
  for (let i = 0; i < STEPS; i++) {
    losses.push((await engine.step(richBatch(config.sizes, random))).loss);
  }
  const parameters = engine.parameters();
  engine.dispose();
  return { losses, parameters };
}

const byDefinition = new Map<string, Promise<Trained>>();

/** Where the definition ends on "cpu"; run once a case. */
function wanted(test: ModelCase): Promise<Trained> {
  const what = JSON.stringify(test.config);
  const known = byDefinition.get(what) ?? trained(test, "cpu", "definition");
  byDefinition.set(what, known);
  return known;
}

function arrays({ table, dense }: Parameters): Record<string, Float32Array> {
  return { ...dense, table };
}

function largestDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

const ofComirecSa = modelCases().filter(({ config }) => config.model === "comirec-sa");
const ofOthers = richestCases().filter(({ config }) => config.model !== "comirec-sa");
const someCases = [...ofComirecSa, ...ofOthers];

/** A width that the kernels of all encoders cover. */
const wide = richestCases({ ...smallSizes, d: 32 })
  .filter(({ model, config }) => !model.counts && config.model !== "comirec-sa");

for (const backend of tfjsBackends) {
  const reason = await whyNot(backend);
  const title = `${STEPS} steps on ${backend} end where those of the definition on cpu end`;
  if (reason !== null) {
    Deno.test.ignore(`${title} (${reason})`, () => {});
    continue;
  }

  // every combination goes by the kernels once; the definition is run on every backend as well
  const runs: readonly (readonly [Way, readonly ModelCase[]])[] = [
    ["create", backend === "wasm" ? [...modelCases(), ...wide] : someCases],
    ...backend === "cpu" ? [] : [["definition", someCases] as const],
  ];
  for (const [way, cases] of runs) {
    Deno.test(`${title}: ${way === "create" ? "kernels" : way}`, async (t) => {
      for (const test of cases) {
        await t.step(`${test.name}, d ${test.config.sizes.d}`, async () => {
          const got = await trained(test, backend, way);
          const want = await wanted(test);
          want.losses.forEach((loss, i) => {
            const error = Math.abs(got.losses[i]! - loss) / Math.max(1e-9, Math.abs(loss));
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

  Deno.test(`steps and questions on ${backend} leave no tensor behind`, async (t) => {
    for (const { name, model, config } of richestCases()) {
      await t.step(name, async () => {
        const start = initialParameters(model, config.sizes, 3, config.options);
        const engine = await AutogradEngine.create(config, start, backend);
        const random = new Random(5);
        const held = async () => {
          await engine.step(richBatch(config.sizes, random));
          await engine.interests(richBatch(config.sizes, random));
          const { numTensors, numDataBuffers, numBytes } = tf.memory();
          return { numTensors, numDataBuffers, numBytes };
        };
        const first = await held();
        for (let i = 0; i < 4; i++) assert.deepEqual(await held(), first);
        engine.dispose();
      });
    }
  });
}

Deno.test("engines on different backends take turns in one process", async () => {
  const { model, config } = ofComirecSa[0]!;
  const start = initialParameters(model, config.sizes, 3);
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
