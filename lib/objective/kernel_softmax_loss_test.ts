import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { SoftmaxKernels } from "../engine/core/softmax_kernels.ts";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import { tfjsBackends, useTfjsBackend, whyNot } from "../engine/tfjs/backends.ts";
import { kernelInterests, kernelSoftmaxLoss } from "./kernel_softmax_loss.ts";
import { type SoftmaxLoss, softmaxLoss } from "./softmax_loss.ts";

const objectives: Record<string, ObjectiveConfig> = {
  "sampled softmax": { softmax: "sampled" },
  "IHN": { softmax: "sampled", ihn: { beta: 1 } },
  "hard IHN": { softmax: "sampled", ihn: { beta: 10 } },
  "full softmax": { softmax: "full" },
  "per-item maximum": { softmax: "sampled", selection: "per-item" },
  "IHN of the per-item maximum": { softmax: "sampled", ihn: { beta: 1 }, selection: "per-item" },
  "full softmax of the per-item maximum": { softmax: "full", selection: "per-item" },
  "BaM": { softmax: "sampled", ihn: { beta: 0.1 }, selection: "bam" },
};

/** B, K, S, d; not all of them multiples of what the kernels work with. */
const shapes = [[16, 4, 24, 16], [1, 1, 1, 4], [11, 3, 30, 12], [9, 6, 700, 64]] as const;

/** Loss, readout and gradients of 3 times the loss. */
async function found(softmax: SoftmaxLoss, inputs: tf.Tensor[], config: ObjectiveConfig) {
  const result = tf.tidy(() => {
    let term: ReturnType<SoftmaxLoss> | undefined;
    const f = (...given: tf.Tensor[]) => {
      const [interests, target, negatives] = given as [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D];
      const chance = inputs[3] as tf.Tensor1D;
      term = softmax(interests, { target, negatives, chance }, config);
      [term.loss, term.readout.vector, term.readout.selected].forEach((t) => tf.keep(t));
      return tf.mul(term.loss, 3) as tf.Scalar;
    };
    const gradients = tf.grads(f)(inputs.slice(0, 3));
    const { loss, readout: { vector, selected } } = term!;
    return [loss, vector, selected, ...gradients];
  });
  const values = await Promise.all(result.map((tensor) => tensor.data()));
  tf.dispose(result);
  return values;
}

for (const backend of tfjsBackends) {
  const reason = await whyNot(backend);
  const title = `the kernels' softmax loss is the definition's on ${backend}`;
  if (reason !== null || backend === "webgpu") {
    Deno.test.ignore(`${title} (${reason ?? "tensors cannot be read at once"})`, () => {});
    continue;
  }
  Deno.test(title, async () => {
    await useTfjsBackend(backend);
    const random = new Random(4);
    for (const [name, config] of Object.entries(objectives)) {
      const rounding = 1e-5 + 1e-6 * (config.ihn?.beta ?? 0); // of the scores, times beta
      for (const [B, K, S, d] of shapes) {
        const draw = (...shape: number[]) =>
          tf.tensor(
            Array.from({ length: tf.util.sizeFromShape(shape) }, random.normal, random),
            shape,
          );
        const chance = tf.tensor1d(Array.from({ length: B }, () => random.uniform()));
        const inputs = [draw(B, K, d), draw(B, d), draw(S, d), chance];
        const sizes = { B, K: kernelInterests(config, K), S, d };
        const ours = kernelSoftmaxLoss(await SoftmaxKernels.create(sizes, config));
        const before = tf.memory().numTensors;
        const got = await found(ours, inputs, config);
        assert.equal(tf.memory().numTensors, before, "tensors are left behind");
        const want = await found(softmaxLoss, inputs, config);
        const again = await found(ours, inputs, config);
        assert.deepEqual(again, got, "the same bits");
        want.forEach((values, i) => {
          const scale = Math.max(1e-3, ...Array.from(values, Math.abs));
          values.forEach((x, j) => {
            const error = Math.abs(got[i]![j]! - x) / scale;
            assert.ok(error < rounding, `${name}, ${[B, K, S, d]}, ${i} at ${j}: ${error}`);
          });
        });
        tf.dispose(inputs);
      }
    }
  });
}
