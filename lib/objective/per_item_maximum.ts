/** UMI's scores: every item meets the interest that likes it most, as in serving. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * x_j = max_k V_u,k . e_j: each item's own nearest interest, so that a negative is as hard in
 * training as it is in serving. The gradient of x_j reaches the winning interest only, the first
 * one on ties.
 *
 * @param interests [B, K, d]
 * @param items     [S, d] rows shared by the batch
 * @returns [B, S]
 */
export function perItemMaximum(interests: tf.Tensor3D, items: tf.Tensor2D): tf.Tensor2D {
  const [B, K, d] = interests.shape;
  const S = items.shape[0];
  const flat = tf.reshape(interests, [B * K, d]); // [B K, d]
  const scores = tf.matMul(flat, items, false, true); // [B K, S]
  return largest(tf.reshape(scores, [B, K, S])); // [B, S]
}

/** The maximum over the middle axis, whose gradient goes to the first winner alone. */
function largest(scores: tf.Tensor3D): tf.Tensor2D {
  const K = scores.shape[1];
  if (K === 1) return tf.squeeze(scores, [1]);
  const operation = tf.customGrad((input, save) => {
    const x = input as tf.Tensor3D;
    const winner = tf.argMax(x, 1); // [B, S]
    (save as tf.GradSaveFunc)([winner]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const choice = tf.cast(tf.oneHot(saved[0] as tf.Tensor2D, K), "float32"); // [B, S, K]
      return tf.mul(tf.transpose(choice, [0, 2, 1]), tf.expandDims(dy, 1)); // [B, K, S]
    };
    return { value: tf.max(x, 1), gradFunc };
  });
  return operation(scores) as tf.Tensor2D;
}
