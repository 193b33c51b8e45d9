/** log sum exp with the textbook gradient. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * log sum_j exp(x_j) over the last axis, with gradient p = softmax(x).
 *
 * Since log p_j = x_j - lse for every j, the largest x and the largest p (at least 1/S, so its
 * logarithm is tame) give lse = max x - log max p: one softmax, which the gradient uses again.
 * tf.logSumExp takes several passes and differentiates through its maximum, too; that part cancels
 * in exact arithmetic and only costs time and rounding.
 *
 * @param x [B, S]
 * @returns [B]
 */
export function logSumExp(x: tf.Tensor2D): tf.Tensor1D {
  const operation = tf.customGrad((input, save) => {
    const scores = input as tf.Tensor2D;
    const p = tf.softmax(scores); // [B, S]
    const value = tf.sub(tf.max(scores, -1), tf.log(tf.max(p, -1))) as tf.Tensor1D; // [B]
    (save as tf.GradSaveFunc)([p]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      return tf.mul(tf.expandDims(dy, -1), saved[0]!);
    };
    return { value, gradFunc };
  });
  return operation(x) as tf.Tensor1D;
}
