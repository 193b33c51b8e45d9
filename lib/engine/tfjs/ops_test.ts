import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import { makeCurrent, tfjsBackends, useTfjsBackend, whyNot } from "./backends.ts";
import { type OpCase, opCases } from "../../testing/op_cases.ts";
import { largeParameters, modelCases, richBatch } from "../../testing/model_cases.ts";
import { assertClose } from "../../testing/assert_close.ts";

const numbers = async (t: tf.Tensor): Promise<number[]> => [...await t.data()];
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Inputs that are float32 numbers, so that both sides start from the same ones. */
function inputsOf({ inputs, positive, name }: OpCase): Float64Array[] {
  const random = new Random(1, name);
  return inputs.map((shape) =>
    Float64Array.from({ length: size(shape) }, () => {
      const x = random.normal();
      return Math.fround(positive ? 0.5 + Math.abs(x) : x);
    })
  );
}

function tensors({ inputs }: OpCase, values: readonly Float64Array[]): tf.Tensor[] {
  return inputs.map((shape, i) => tf.tensor([...values[i]!], [...shape], "float32"));
}

async function checkForward(test: OpCase): Promise<void> {
  const values = inputsOf(test);
  const got = tf.tidy(() => test.op(...tensors(test, values)));
  assertClose(await numbers(got), test.reference(...values), { absolute: 2e-6, relative: 2e-6 });
  got.dispose();
}

/**
 * The gradient of sum_i w_i y_i, w random, against central differences of the float64 reference.
 */
async function checkGradient(test: OpCase): Promise<void> {
  const random = new Random(2, test.name);
  const values = inputsOf(test);
  const weights = Float64Array.from(test.reference(...values), () => Math.fround(random.normal()));
  const loss = (inputs: readonly Float64Array[]) => {
    const y = test.reference(...inputs);
    return weights.reduce((total, w, i) => total + w * y[i]!, 0);
  };
  const weighted = (...x: tf.Tensor[]): tf.Tensor => {
    const y = test.op(...x);
    return tf.sum(tf.mul(y, tf.tensor([...weights], y.shape)));
  };
  const gradients = tf.tidy(() => tf.grads(weighted)(tensors(test, values)));
  const got = await Promise.all(gradients.map(numbers));
  tf.dispose(gradients);
  values.forEach((input, i) => {
    const places = Array.from(
      { length: Math.min(8, input.length) },
      () => random.below(input.length),
    );
    const slopes = places.map((at) => {
      const moved = (by: number) =>
        loss(values.map((v, k) => k === i ? v.with(at, v[at]! + by) : v));
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
    assertClose(places.map((at) => got[i]![at]!), slopes, { absolute: 2e-5, relative: 2e-5 });
  });
}

for (const backend of tfjsBackends) {
  const reason = await whyNot(backend);
  if (reason !== null) {
    Deno.test.ignore(`ops on ${backend} (${reason})`, () => {});
    continue;
  }
  Deno.test(`ops on ${backend} agree with float64`, async (t) => {
    makeCurrent(backend);
    for (const test of opCases) {
      await t.step(test.name, async () => {
        await checkForward(test);
        if (test.differentiable) await checkGradient(test);
      });
    }
  });
}

/** Names of the kernels that run meanwhile. */
async function kernelsOf(run: () => Promise<void>): Promise<Set<string>> {
  const known = new Set(tf.getKernelsForBackend(tf.getBackend()).map((k) => k.kernelName));
  const { kernelNames } = await tf.profile(async () => {
    await run();
    return tf.scalar(0);
  });
  return known.intersection(new Set(kernelNames));
}

Deno.test("every kernel that a training step runs has a case", async () => {
  await useTfjsBackend("cpu");
  const tested = await kernelsOf(async () => {
    for (const test of opCases) {
      await checkForward(test);
      if (test.differentiable) await checkGradient(test);
    }
  });
  for (const test of modelCases()) {
    if (test.model.counts) continue;
    const random = new Random(1);
    const engine = await AutogradEngine.definition(
      test.config,
      largeParameters(test, random),
      "cpu",
    );
    const used = await kernelsOf(async () => {
      await engine.gradients(richBatch(test.config.sizes, random));
    });
    assert.deepEqual([...used.difference(tested)], [], `kernels of ${test.name} without a case`);
    engine.dispose();
  }
});
