/** log sum exp with the textbook gradient. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * log sum_j exp(x_j) over the last axis, shifted by the maximum, with gradient softmax(x).
 *
 * tf.logSumExp differentiates through its maximum too; that part cancels in exact arithmetic and
 * only costs time and rounding.
 *
 * @param x [B, S]
 * @returns [B]
 */
export function logSumExp(x: tf.Tensor2D): tf.Tensor1D {
  const operation = tf.customGrad((input, save) => {
    const scores = input as tf.Tensor2D;
    const top = tf.max(scores, -1, true); // [B, 1]
    const value = tf.add(
      tf.log(tf.sum(tf.exp(tf.sub(scores, top)), -1)),
      tf.squeeze(top, [-1]),
    ) as tf.Tensor1D; // [B]
    (save as tf.GradSaveFunc)([scores, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [s, lse] = saved as [tf.Tensor2D, tf.Tensor1D];
      const weights = tf.exp(tf.sub(s, tf.expandDims(lse, -1))); // [B, S]
      return tf.mul(tf.expandDims(dy, -1), weights);
    };
    return { value, gradFunc };
  });
  return operation(x) as tf.Tensor1D;
}
