/** The softmax over the real positions of a history. */
import * as tf from "@tensorflow/tfjs-core";

/** Larger than any logit: what takes padding out of a softmax. */
export const FAR = 2 ** 32;

/**
 * Logits whose softmax is exactly 0 where the mask is.
 *
 * @param logits [B, K, L]
 * @param mask   [B, L] with a 1 in every row
 * @returns [B, K, L]
 */
export function attentionLogits(logits: tf.Tensor, mask: tf.Tensor2D): tf.Tensor3D {
  const real = tf.expandDims(mask, 1); // [B, 1, L]
  return tf.add(tf.mul(logits, real), tf.mul(tf.sub(real, 1), FAR));
}

/** softmax_l(x_l) over the positions where the mask is 1; exactly 0 where it is 0. */
export function attention(logits: tf.Tensor, mask: tf.Tensor2D): tf.Tensor3D {
  return tf.softmax(attentionLogits(logits, mask));
}
