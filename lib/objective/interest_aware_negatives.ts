/** Interest-aware hard negatives (IHN), the paper's first fix (Algorithm 1). */
import * as tf from "@tensorflow/tfjs-core";
import { logSumExp } from "../model/log_sum_exp.ts";

/**
 * The ideal negatives of a selected interest follow q_beta(i) ~ exp(beta v_u . e_i) p(i) with p
 * uniform. Algorithm 1 estimates their sum from S uniform draws by importance weighting:
 *
 *     imp_j = exp(beta x_j)
 *     Neg   = sum_j imp_j exp(x_j) / mean_j imp_j
 *     loss  = -log( exp(x+) / (exp(x+) + Neg) )
 *
 * In logarithms, with no number that can overflow,
 *
 *     log Neg = log S + lse((1 + beta) x) - lse(beta x),    loss = softplus(log Neg - x+).
 *
 * beta = 0 is the plain sampled softmax; beta -> infinity gives Neg = S max_j exp(x_j). The weights
 * are not detached: as in the reference, gradients flow through imp.
 *
 * @param positive  [B] x+
 * @param negatives [B, S] x_j
 * @param beta      hardness, >= 0
 * @returns [B] a loss per user
 */
export function interestAwareNegatives(
  positive: tf.Tensor1D,
  negatives: tf.Tensor2D,
  beta: number,
): tf.Tensor1D {
  const S = negatives.shape[1];
  const weighted = logSumExp(tf.mul(negatives, 1 + beta)); // [B] log sum imp exp(x)
  const weights = logSumExp(tf.mul(negatives, beta)); // [B] log sum imp
  const logNegative = tf.add(tf.sub(weighted, weights), Math.log(S)); // [B] log Neg
  return tf.softplus(tf.sub(logNegative, positive));
}
