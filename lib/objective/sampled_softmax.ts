/** The softmax losses without hard negatives. */
import * as tf from "@tensorflow/tfjs-core";
import { logSumExp } from "../model/log_sum_exp.ts";

/**
 * Sampled softmax with S negatives shared by the batch:
 *
 *     loss_u = -log( exp(x+) / (exp(x+) + sum_j exp(x_j)) ),   x_j = v_u . e_j
 *
 * written as softplus(log sum_j exp(x_j) - x+). The negatives are uniform draws with replacement
 * and may contain the target, as in the reference; there is no correction for the sampling.
 *
 * @param positive  [B] x+
 * @param negatives [B, S] x_j
 * @returns [B] a loss per user
 */
export function sampledSoftmax(positive: tf.Tensor1D, negatives: tf.Tensor2D): tf.Tensor1D {
  return tf.softplus(tf.sub(logSumExp(negatives), positive));
}

/**
 * Full softmax over the catalogue, of which the target is one item:
 *
 *     loss_u = -log( exp(x+) / sum_{i = 1..items} exp(x_i) )
 *
 * @param positive  [B] x+
 * @param catalogue [B, itemCount] scores of all items
 * @returns [B] a loss per user
 */
export function fullSoftmax(positive: tf.Tensor1D, catalogue: tf.Tensor2D): tf.Tensor1D {
  return tf.sub(logSumExp(catalogue), positive);
}
