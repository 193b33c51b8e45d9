/** The whole training objective, put together from its configuration. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import type { ModelOutput, Term } from "../model/model.ts";
import { interestAwareNegatives } from "./interest_aware_negatives.ts";
import { perItemMaximum } from "./per_item_maximum.ts";
import { drawnReadout, hardReadout, type Readout } from "./readout.ts";
import { repelPenalty } from "./repel.ts";
import { routingPenalty } from "./routing_regularization.ts";
import { fullSoftmax, sampledSoftmax } from "./sampled_softmax.ts";

/** What the loss of a batch depends on besides the model's output. */
export interface Examples {
  /** [B, d] rows of the targets */
  readonly target: tf.Tensor2D;
  /** [S, d] rows of the shared negatives; for the full softmax [itemCount, d] */
  readonly negatives: tf.Tensor2D;
  /** [B] uniform in [0, 1), for a selection that is drawn */
  readonly chance: tf.Tensor1D;
  /** the model's own further terms, by name */
  readonly terms?: Readonly<Record<string, Term>>;
}

/** The objective's value and its parts, all scalars, with the readout of the targets. */
export interface ObjectiveValue {
  /** softmaxLoss + lambda * penalty + the terms times their weights */
  readonly loss: tf.Scalar;
  /** mean over the batch */
  readonly softmaxLoss: tf.Scalar;
  /** before lambda; 0 for a model without routing */
  readonly penalty: tf.Scalar;
  /** by name, before their weights */
  readonly terms: Readonly<Record<string, tf.Scalar>>;
  readonly readout: Readout;
}

/**
 * L = mean_u softmax loss + lambda L_RR + lambda' L_repel + the model's own terms, for any model:
 * REMI is ComiRec-SA with both IHN and RR.
 *
 * @param output interests [B, K, d] and routing of the batch
 */
export function objective(
  output: ModelOutput,
  examples: Examples,
  config: ObjectiveConfig,
): ObjectiveValue {
  const { interests, routing } = output;
  const { target, negatives, chance } = examples;
  const readout = config.selection === "bam"
    ? drawnReadout(interests, target, chance)
    : hardReadout(interests, target);
  const positive = tf.sum(tf.mul(readout.vector, target), -1) as tf.Tensor1D; // [B] x+
  const scores = config.selection === "per-item"
    ? perItemMaximum(interests, negatives)
    : tf.matMul(readout.vector, negatives, false, true) as tf.Tensor2D; // [B, S] x_j
  const softmaxLoss = tf.mean(losses(positive, scores, config)) as tf.Scalar;
  const d = interests.shape[2];
  const penalty = routing ? routingPenalty(routing, config.rr?.scaling ?? "code", d) : tf.scalar(0);
  const terms: Record<string, Term> = {
    ...config.repel && { repel: { weight: config.repel.lambda, value: repelPenalty(interests) } },
    ...examples.terms,
  };
  const added = [
    ...config.rr ? [tf.mul(penalty, config.rr.lambda)] : [],
    ...Object.values(terms).map(({ weight, value }) => tf.mul(value, weight)),
  ];
  const loss = added.reduce<tf.Tensor>((sum, part) => tf.add(sum, part), softmaxLoss) as tf.Scalar;
  const values = Object.entries(terms).map(([name, { value }]) => [name, value]);
  return { loss, softmaxLoss, penalty, terms: Object.fromEntries(values), readout };
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
