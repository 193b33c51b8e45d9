import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../base/random.ts";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import { useTfjsBackend } from "../engine/tfjs/backends.ts";
import { interestAwareNegatives } from "./interest_aware_negatives.ts";
import { objective } from "./objective.ts";
import { perItemMaximum } from "./per_item_maximum.ts";
import { drawnReadout, hardReadout } from "./readout.ts";
import { repelPenalty } from "./repel.ts";
import { routingPenalty } from "./routing_regularization.ts";
import { fullSoftmax, sampledSoftmax } from "./sampled_softmax.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float32 rounds away. */
const float32 = { absolute: 1e-5, relative: 1e-5 };

await useTfjsBackend("cpu");

const numbers = (t: tf.Tensor): number[] => [...t.dataSync()];

/** The paper's Algorithm 1, literally, in float64. */
function algorithm1(positive: number, negatives: readonly number[], beta: number): number {
  const importance = negatives.map((x) => Math.exp(beta * x));
  const mean = importance.reduce((a, b) => a + b) / negatives.length;
  const sum = negatives.reduce((total, x, j) => total + importance[j]! * Math.exp(x), 0);
  return -Math.log(Math.exp(positive) / (Math.exp(positive) + sum / mean));
}

const scores = [[0.5, -1, 2, 0.1], [3, 0, -2, -0.4]];
const positives = [1, 2.5];

for (const beta of [0, 0.1, 1, 10]) {
  Deno.test(`IHN with beta ${beta} is Algorithm 1`, () => {
    const loss = interestAwareNegatives(tf.tensor1d(positives), tf.tensor2d(scores), beta);
    numbers(loss).forEach((l, u) =>
      assertClose(l, algorithm1(positives[u]!, scores[u]!, beta), float32)
    );
  });
}

Deno.test("IHN with beta 0 is the sampled softmax", () => {
  const [p, x] = [tf.tensor1d(positives), tf.tensor2d(scores)];
  const plain = numbers(sampledSoftmax(p, x));
  numbers(interestAwareNegatives(p, x, 0)).forEach((l, u) =>
    assertClose(l, plain[u]!, { absolute: 1e-6, relative: 1e-6 })
  );
});

Deno.test("IHN with a large beta counts the hardest negative S times", () => {
  const loss = numbers(interestAwareNegatives(tf.tensor1d([1]), tf.tensor2d([scores[0]!]), 500));
  assertClose(loss[0]!, Math.log(1 + 4 * Math.exp(2 - 1)), float32);
});

Deno.test("a large beta costs the loss no digits, whatever the scores", () => {
  const limit = Math.log1p(3 * Math.exp(500 - 501));
  for (const beta of [10, 1e3, 1e4, 1e30]) {
    const [p, x] = [tf.tensor1d([501]), tf.tensor2d([[500, -20, 3]])];
    assertClose(numbers(interestAwareNegatives(p, x, beta))[0]!, limit, {
      absolute: 1e-4, // a score of 500 is 3e-5 from its neighbours
      relative: 0,
    });
  }
  const near = [50, 49.9, 49.5];
  const shifted = near.map((x) => Math.fround(x) - 50);
  const loss = interestAwareNegatives(tf.tensor1d([50]), tf.tensor2d([near]), 100);
  assertClose(numbers(loss)[0]!, algorithm1(0, shifted, 100), float32);
});

Deno.test("scores of hundreds neither overflow nor vanish", () => {
  const [p, x] = [tf.tensor1d([900]), tf.tensor2d([[1000, -1000]])];
  assertClose(numbers(sampledSoftmax(p, x))[0]!, 100, float32);
  assertClose(numbers(interestAwareNegatives(p, x, 10))[0]!, 100 + Math.log(2), float32);
  assertClose(numbers(fullSoftmax(p, x))[0]!, 100, float32);
});

Deno.test("the full softmax over a catalogue of two is the logistic loss", () => {
  const loss = numbers(fullSoftmax(tf.tensor1d([2]), tf.tensor2d([[2, 0.5]])));
  assertClose(loss[0]!, Math.log(1 + Math.exp(-1.5)), float32);
});

Deno.test("the readout is the interest nearest to the target, the first one on ties", () => {
  const interests = tf.tensor3d([[[1, 0], [0, 2]], [[1, 1], [1, 1]]]); // [2, 2, 2]
  const { vector, selected } = hardReadout(interests, tf.tensor2d([[0.1, 1], [1, 1]]));
  assert.deepEqual(numbers(selected), [1, 0]);
  assert.deepEqual(numbers(vector), [0, 2, 1, 1]);
});

Deno.test("a single vector is its own readout", () => {
  const { vector, selected } = hardReadout(tf.tensor3d([[[1, 2]]]), tf.tensor2d([[-1, 0]]));
  assert.deepEqual([numbers(selected), numbers(vector)], [[0], [1, 2]]);
});

Deno.test("the routing penalty is 0 for uniform and (1 - 1/L)^2 a head for one-hot routing", () => {
  const uniform = tf.fill([2, 3, 5], 1 / 5) as tf.Tensor3D;
  assertClose(numbers(routingPenalty(uniform, "batch-mean", 8))[0]!, 0, float32);
  const oneHot = tf.reshape(tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 0], "int32"), 5), [2, 3, 5]);
  const routing = tf.cast(oneHot, "float32") as tf.Tensor3D;
  assertClose(numbers(routingPenalty(routing, "batch-mean", 8))[0]!, 3 * (1 - 1 / 5) ** 2, float32);
  assertClose(
    numbers(routingPenalty(routing, "code", 8))[0]!,
    2 * 3 * ((1 - 1 / 5) / 8) ** 2,
    float32,
  );
});

Deno.test("identical flat heads cost nothing: RR does not separate interests", () => {
  const same = tf.tensor3d([[[0.25, 0.25, 0.25, 0.25], [0.25, 0.25, 0.25, 0.25]]]);
  assertClose(numbers(routingPenalty(same, "code", 4))[0]!, 0, float32);
});

const configurations: Record<string, ObjectiveConfig> = {
  "sampled softmax": { softmax: "sampled" },
  "full softmax": { softmax: "full" },
  "IHN": { softmax: "sampled", ihn: { beta: 1 } },
  "RR as in the code": { softmax: "sampled", rr: { lambda: 100, scaling: "code" } },
  "REMI": { softmax: "sampled", ihn: { beta: 10 }, rr: { lambda: 3, scaling: "batch-mean" } },
};

for (const [name, config] of Object.entries(configurations)) {
  Deno.test(`gradients of ${name} agree with finite differences`, () => {
    const random = new Random(5);
    const [B, K, L, S, d] = [3, 2, 4, 6, 4];
    const draw = (n: number) => Array.from({ length: n }, () => random.normal());
    const inputs = [draw(B * L * d), draw(B * K * L), draw(B * d), draw(S * d)];
    const shapes = [[B, L, d], [B, K, L], [B, d], [S, d]];
    const loss = (...at: tf.Tensor[]): tf.Scalar => {
      const [history, logits, target, negatives] = at;
      const routing = tf.softmax(logits!) as tf.Tensor3D;
      const interests = tf.matMul(routing, history as tf.Tensor3D) as tf.Tensor3D; // [B, K, d]
      const output = { interests, routing };
      const examples = {
        target: target as tf.Tensor2D,
        negatives: negatives as tf.Tensor2D,
        chance: tf.tensor1d([0.1, 0.5, 0.9]),
      };
      return objective(output, examples, config).loss;
    };
    const tensors = (values: number[][]) => values.map((v, i) => tf.tensor(v, shapes[i]!));
    const gradients = tf.grads(loss)(tensors(inputs)).map(numbers);
    const step = 5e-3;
    inputs.forEach((values, i) => {
      for (let trial = 0; trial < 6; trial++) {
        const at = random.below(values.length);
        const moved = (by: number) =>
          numbers(
            loss(...tensors(inputs.map((v, k) => k === i ? v.with(at, v[at]! + by) : v))),
          )[0]!;
        const slope = (moved(step) - moved(-step)) / (2 * step);
        assertClose(gradients[i]![at]!, slope, { absolute: 3e-3, relative: 3e-3 });
      }
    });
  });
}

Deno.test("the per-item maximum gives every item its own nearest interest", () => {
  const interests = tf.tensor3d([[[1, 0], [0, 2]]]); // [1, 2, 2]
  const items = tf.tensor2d([[3, 1], [1, 1], [-1, -1]]);
  assert.deepEqual(numbers(perItemMaximum(interests, items)), [3, 2, -1]);
});

Deno.test("the per-item maximum's gradient reaches the first of equal interests alone", () => {
  const same = tf.tensor3d([[[1, 1], [1, 1]]]);
  const gradient = tf.grad((v) => tf.sum(perItemMaximum(v as tf.Tensor3D, tf.tensor2d([[2, 3]]))))(
    same,
  );
  assert.deepEqual(numbers(gradient), [2, 3, 0, 0]);
});

Deno.test("BaM draws interests as often as the softmax of their affinities says", () => {
  const users = 4000;
  const chance = tf.tensor1d(Array.from({ length: users }, (_, i) => (i + 0.5) / users));
  const interests = tf.tile(tf.tensor3d([[[0, 1], [1, 0], [2, 0]]]), [users, 1, 1]) as tf.Tensor3D;
  const target = tf.tile(tf.tensor2d([[1, 0]]), [users, 1]) as tf.Tensor2D;
  const selected = numbers(drawnReadout(interests, target, chance).selected);
  const sum = 1 + Math.E + Math.E ** 2;
  [1, Math.E, Math.E ** 2].forEach((weight, k) => {
    const share = selected.filter((s) => s === k).length / users;
    assert.ok(Math.abs(share - weight / sum) < 1e-3, `interest ${k} was drawn ${share}`);
  });
});

Deno.test("the repel penalty is 0 for orthogonal interests and 1 for interests on a line", () => {
  assertClose(numbers(repelPenalty(tf.tensor3d([[[1, 0], [0, 3]]])))[0]!, 0, float32);
  assertClose(numbers(repelPenalty(tf.tensor3d([[[1, 1], [-2, -2]]])))[0]!, 1, float32);
  const three = tf.tensor3d([[[1, 0], [1, 0], [1, 1]]]); // cosines 1, 1/sqrt 2, 1/sqrt 2
  assertClose(numbers(repelPenalty(three))[0]!, (1 + 0.5 + 0.5) / 3, float32);
});

Deno.test("RR takes the mean of what a row holds, also where it does not sum to 1", () => {
  const flat = tf.fill([1, 2, 5], 0.1) as tf.Tensor3D;
  assertClose(numbers(routingPenalty(flat, "batch-mean", 8))[0]!, 0, float32);
});

Deno.test("a model's own terms are added with their weights and reported without", () => {
  const output = { interests: tf.tensor3d([[[1, 0]]]), routing: null };
  const examples = {
    target: tf.tensor2d([[1, 0]]),
    negatives: tf.tensor2d([[0, 1]]),
    chance: tf.tensor1d([0]),
    terms: { further: { weight: 3, value: tf.scalar(2) } },
  };
  const { loss, softmaxLoss, terms } = objective(output, examples, { softmax: "sampled" });
  assertClose(numbers(loss)[0]!, numbers(softmaxLoss)[0]! + 6, float32);
  assert.equal(numbers(terms["further"]!)[0], 2);
});
