/** Interest-aware hard negatives (IHN), the paper's first fix (Algorithm 1). */
import * as tf from "@tensorflow/tfjs-core";
import { asConstant } from "../model/as_constant.ts";
import { logSumExp } from "../model/log_sum_exp.ts";

/**
 * The ideal negatives of a selected interest follow q_beta(i) ~ exp(beta v_u . e_i) p(i) with p
 * uniform. Algorithm 1 estimates their sum from S uniform draws by importance weighting:
 *
 *     imp_j = exp(beta x_j)
 *     Neg   = sum_j imp_j exp(x_j) / mean_j imp_j
 *     loss  = -log( exp(x+) / (exp(x+) + Neg) )
 *
 * In logarithms, and with y_j = x_j - max_j x_j, so that neither sum grows with beta,
 *
 *     log Neg = log S + max x + lse((1 + beta) y) - lse(beta y),    loss = softplus(log Neg - x+).
 *
 * No number overflows while (1 + beta) times the spread of the x is a float32. The gradient is a
 * difference of terms that grow with beta: at 1e4, the most that a configuration may have and all
 * but the limit, three digits of it are left.
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
  const largest = asConstant(() => tf.max(negatives, -1, true)); // [B, 1], cancels in the gradient
  const y = tf.sub(negatives, largest) as tf.Tensor2D; // [B, S]
  const weighted = logSumExp(tf.mul(y, 1 + beta)); // [B] log sum imp exp(y)
  const weights = logSumExp(tf.mul(y, beta)); // [B] log sum imp
  const estimate = tf.add(tf.sub(weighted, weights), Math.log(S)); // [B]
  const logNegative = tf.add(estimate, tf.squeeze(largest, [-1])); // [B] log Neg
  return tf.softplus(tf.sub(logNegative, positive));
}
