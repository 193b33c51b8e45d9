/** The whole training objective, put together from its configuration. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import type { ModelOutput } from "../model/model.ts";
import { interestAwareNegatives } from "./interest_aware_negatives.ts";
import { hardReadout, type Readout } from "./readout.ts";
import { routingPenalty } from "./routing_regularization.ts";
import { fullSoftmax, sampledSoftmax } from "./sampled_softmax.ts";

/** The objective's value and its parts, all scalars, with the readout they were computed for. */
export interface ObjectiveValue {
  /** softmaxLoss + lambda * penalty */
  readonly loss: tf.Scalar;
  /** mean over the batch */
  readonly softmaxLoss: tf.Scalar;
  /** before lambda; 0 for a model without routing */
  readonly penalty: tf.Scalar;
  readonly readout: Readout;
}

/**
 * L = mean_u softmax loss + lambda L_RR for any model: REMI is ComiRec-SA with both IHN and RR.
 *
 * @param output    interests [B, K, d] and routing of the batch
 * @param target    [B, d] rows of the targets
 * @param negatives [S, d] rows of the shared negatives; for the full softmax [itemCount, d]
 */
export function objective(
  output: ModelOutput,
  target: tf.Tensor2D,
  negatives: tf.Tensor2D,
  config: ObjectiveConfig,
): ObjectiveValue {
  const { interests, routing } = output;
  const d = interests.shape[2];
  const readout = hardReadout(interests, target);
  const positive = tf.sum(tf.mul(readout.vector, target), -1) as tf.Tensor1D; // [B] x+
  const scores = tf.matMul(readout.vector, negatives, false, true) as tf.Tensor2D; // [B, S] x_j
  const softmaxLoss = tf.mean(losses(positive, scores, config)) as tf.Scalar;
  const penalty = routing ? routingPenalty(routing, config.rr?.scaling ?? "code", d) : tf.scalar(0);
  const loss = config.rr
    ? tf.add(softmaxLoss, tf.mul(penalty, config.rr.lambda)) as tf.Scalar
    : softmaxLoss;
  return { loss, softmaxLoss, penalty, readout };
}

function losses(
  positive: tf.Tensor1D,
  scores: tf.Tensor2D,
  { softmax, ihn }: ObjectiveConfig,
): tf.Tensor1D {
  if (softmax === "full") return fullSoftmax(positive, scores);
  if (ihn && ihn.beta > 0) return interestAwareNegatives(positive, scores, ihn.beta);
  return sampledSoftmax(positive, scores);
}
