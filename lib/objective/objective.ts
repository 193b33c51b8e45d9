/** The whole training objective, put together from its configuration. */
import * as tf from "@tensorflow/tfjs-core";
import type { ObjectiveConfig } from "../engine/engine_config.ts";
import type { ModelOutput, Term } from "../model/model.ts";
import { asConstant } from "../model/as_constant.ts";
import type { Readout } from "./readout.ts";
import { repelPenalty } from "./repel.ts";
import { routingPenalty } from "./routing_regularization.ts";
import { type Candidates, softmaxLoss } from "./softmax_loss.ts";

/** What the loss of a batch depends on besides the model's output. */
export interface Examples extends Candidates {
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
 * @param output  interests [B, K, d] and routing of the batch
 * @param softmax what computes the softmax term
 */
export function objective(
  output: ModelOutput,
  examples: Examples,
  config: ObjectiveConfig,
  softmax = softmaxLoss,
): ObjectiveValue {
  const { interests, routing } = output;
  const { loss: softmaxTerm, readout } = softmax(interests, examples, config);
  const d = interests.shape[2];
  const penaltyOf = (A: tf.Tensor3D) => routingPenalty(A, config.rr?.scaling ?? "code", d);
  const reported = (A: tf.Tensor3D) => config.rr ? penaltyOf(A) : asConstant(() => penaltyOf(A));
  const penalty = routing ? reported(routing) : tf.scalar(0);
  const repel = config.repel?.lambda ?? 0;
  const terms: Record<string, Term> = {
    ...repel > 0 && { repel: { weight: repel, value: repelPenalty(interests) } },
    ...examples.terms,
  };
  const added = [
    ...config.rr ? [tf.mul(penalty, config.rr.lambda)] : [],
    ...Object.values(terms).map(({ weight, value }) => tf.mul(value, weight)),
  ];
  const loss = added.reduce<tf.Tensor>((sum, part) => tf.add(sum, part), softmaxTerm) as tf.Scalar;
  const values = Object.entries(terms).map(([name, { value }]) => [name, value]);
  return { loss, softmaxLoss: softmaxTerm, penalty, terms: Object.fromEntries(values), readout };
}
