/** Attention of queries, each to a few rows of a common memory. */
import * as tf from "@tensorflow/tfjs-core";
import { lookedUp } from "./looked_up.ts";

/** What is attended to. */
export interface Memory {
  /** [R, d] */
  readonly keys: tf.Tensor2D;
  /** [R, d] */
  readonly values: tf.Tensor2D;
}

/**
 * For query i, head h and its M rows r_m = at[i M + m],
 *
 *     a_mh = softmax_m( q_ih . K_r_m,h / sqrt(d / heads) ) kept_ihm,   y_ih = sum_m a_mh V_r_m,h.
 *
 * @param query [N, d]
 * @param at    [N M] int32
 * @param kept  [N, heads, M] dropout of the weights
 * @returns [N, d]
 */
export function attendRows(
  query: tf.Tensor2D,
  { keys, values }: Memory,
  at: tf.Tensor1D,
  heads: number,
  kept?: tf.Tensor3D,
): tf.Tensor2D {
  const [N, d] = query.shape;
  const M = at.shape[0] / N, size = d / heads;
  const ofHeads = (x: tf.Tensor2D) =>
    tf.transpose(tf.reshape(lookedUp(x, at), [N, M, heads, size]), [0, 2, 1, 3]);
  const q = tf.reshape(query, [N, heads, 1, size]);
  const k = ofHeads(keys), v = ofHeads(values); // [N, heads, M, size]
  const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(size)); // [N, heads, 1, M]
  const softmax = tf.softmax(scores);
  const weights = kept ? tf.mul(softmax, tf.expandDims(kept, 2)) : softmax;
  return tf.reshape(tf.matMul(weights, v), [N, d]);
}
