/** Losses of official codes that the project does not train with, for parity only. */
import * as tf from "@tensorflow/tfjs-core";
import { objective } from "../objective/objective.ts";
import { fullSoftmax, sampledSoftmax } from "../objective/sampled_softmax.ts";
import type { FixtureStep } from "./fixtures.ts";

/** What an engine minimizes. */
export type Objective = typeof objective;

/**
 * TensorFlow's sampled_softmax_loss, with which PIMI is published: the logarithms of the expected
 * counts are subtracted from all scores, and a candidate that is the target is left out.
 */
export function tensorflowSampledSoftmax(step: () => FixtureStep): Objective {
  return (output, examples, config) => {
    const value = objective(output, examples, config);
    const { target, negatives, expected_count_target, expected_count_negatives } = step();
    const logarithm = (counts: readonly number[] | undefined) => tf.log(tf.tensor1d([...counts!]));
    const positive = tf.sum(tf.mul(value.readout.vector, examples.target), -1); // [B]
    const scores = tf.matMul(value.readout.vector, examples.negatives, false, true); // [B, S]
    const hits = target.map((item) => negatives.map((negative) => negative === item ? -1e9 : 0));
    const corrected = tf.sub(scores, logarithm(expected_count_negatives));
    const losses = sampledSoftmax(
      tf.sub(positive, logarithm(expected_count_target)) as tf.Tensor1D,
      tf.add(corrected, tf.tensor2d(hits)) as tf.Tensor2D,
    );
    return withSoftmaxLoss(value, losses);
  };
}

/** UMI's own loss: negatives of every example's own, each item with its nearest interest. */
export const umiWithOwnNegatives: Objective = (output, examples, config) => {
  const [B, , d] = output.interests.shape;
  const ofUser = tf.reshape(examples.negatives, [B, -1, d]); // [B, S, d]
  const items = tf.concat([tf.expandDims(examples.target, 1), ofUser], 1); // [B, 1 + S, d]
  const scores = tf.max(tf.matMul(output.interests, items, false, true), 1); // [B, 1 + S]
  const positive = tf.squeeze(tf.slice(scores, [0, 0], [B, 1]), [1]) as tf.Tensor1D; // [B]
  const value = objective(output, examples, config);
  return withSoftmaxLoss(value, fullSoftmax(positive, scores as tf.Tensor2D));
};

function withSoftmaxLoss(value: ReturnType<Objective>, losses: tf.Tensor1D): ReturnType<Objective> {
  const softmaxLoss = tf.mean(losses) as tf.Scalar;
  return { ...value, softmaxLoss, loss: softmaxLoss };
}
