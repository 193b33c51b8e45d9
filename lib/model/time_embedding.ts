/** PIMI's periodicity: what the intervals between a click and all others say. */
import * as tf from "@tensorflow/tfjs-core";
import { attention } from "./attention.ts";

/**
 * T_ij = min(|clock_i - clock_j|, span) between real positions, 0 with padding.
 *
 * @param clock [B, L] when each click was, in whole units
 * @param mask  [B, L]
 * @param span  the longest interval that is told from longer ones
 * @returns T [B, L, L]
 */
export function timeMatrix(clock: tf.Tensor2D, mask: tf.Tensor2D, span: number): tf.Tensor3D {
  const apart = tf.abs(tf.sub(tf.expandDims(clock, 2), tf.expandDims(clock, 1))); // [B, L, L]
  const both = tf.mul(tf.expandDims(mask, 2), tf.expandDims(mask, 1)); // [B, L, L]
  return tf.mul(tf.minimum(apart, span), both);
}

/**
 * With T the {@linkcode timeMatrix},
 *
 *     a_ij = softmax_j(Tau[T_ij] . w)  over the real j,   q_i = sum_j a_ij Tau[T_ij].
 *
 * @param clock [B, L] when each click was, in whole units
 * @param mask  [B, L]
 * @param Tau   [span + 1, d] an embedding of every interval
 * @param w     [d, 1]
 * @returns q [B, L, d]
 */
export function timeEmbedding(
  clock: tf.Tensor2D,
  mask: tf.Tensor2D,
  Tau: tf.Tensor,
  w: tf.Tensor,
): tf.Tensor3D {
  const [B, L] = mask.shape;
  const [intervals, d] = Tau.shape as [number, number];
  const T = timeMatrix(clock, mask, intervals - 1); // [B, L, L]
  // a product with 0 and 1 looks Tau up: its gradient is a product, too
  const isT = tf.cast(
    tf.oneHot(tf.cast(tf.reshape(T, [B * L * L]), "int32"), intervals),
    "float32",
  );
  const scores = tf.matMul(isT, tf.matMul(Tau, w)); // [B L L, 1]
  const a = attention(tf.reshape(scores, [B, L, L]), mask); // [B, L, L]
  const shares = tf.matMul(
    tf.reshape(a, [B * L, 1, L]),
    tf.reshape(isT, [B * L, L, intervals]) as tf.Tensor3D,
  ); // [B L, 1, span + 1]
  return tf.reshape(tf.matMul(tf.reshape(shares, [B * L, intervals]), Tau), [B, L, d]);
}
