/** The softmax term of the objective, as its definition in tfjs ops. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import { interestAwareNegatives } from "./interest_aware_negatives.ts";
import { perItemMaximum } from "./per_item_maximum.ts";
import { drawnReadout, hardReadout, type Readout } from "./readout.ts";
import { fullSoftmax, sampledSoftmax } from "./sampled_softmax.ts";

/** The rows that interests are trained with. */
export interface Candidates {
  /** [B, d] rows of the targets */
  readonly target: tf.Tensor2D;
  /** [S, d] rows of the shared negatives; for the full softmax [itemCount, d] */
  readonly negatives: tf.Tensor2D;
  /** [B] uniform in [0, 1), for a selection that is drawn */
  readonly chance: tf.Tensor1D;
}

/** The softmax term with the readout of the targets. */
export interface SoftmaxTerm {
  /** mean over the batch */
  readonly loss: tf.Scalar;
  readonly readout: Readout;
}

/** Selection, scores and loss: this definition, or the kernels that compute it. */
export type SoftmaxLoss = (
  interests: tf.Tensor3D,
  candidates: Candidates,
  config: ObjectiveConfig,
) => SoftmaxTerm;

/** The mean of the users' losses, of the interests that the selection says. */
export const softmaxLoss: SoftmaxLoss = (interests, { target, negatives, chance }, config) => {
  const readout = config.selection === "bam"
    ? drawnReadout(interests, target, chance)
    : hardReadout(interests, target);
  const positive = tf.sum(tf.mul(readout.vector, target), -1) as tf.Tensor1D; // [B] x+
  const scores = config.selection === "per-item"
    ? perItemMaximum(interests, negatives)
    : tf.matMul(readout.vector, negatives, false, true) as tf.Tensor2D; // [B, S] x_j
  return { loss: tf.mean(losses(positive, scores, config)), readout };
};

function losses(
  positive: tf.Tensor1D,
  scores: tf.Tensor2D,
  { softmax, ihn }: ObjectiveConfig,
): tf.Tensor1D {
  if (softmax === "full") return fullSoftmax(positive, scores);
  if (ihn && ihn.beta > 0) return interestAwareNegatives(positive, scores, ihn.beta);
  return sampledSoftmax(positive, scores);
}
