/** How far what an interest is re-constructed to is from the items that made it (Re4). */
import * as tf from "@tensorflow/tfjs-core";
import { attention } from "./attention.ts";
import type { ModelInput } from "./model.ts";

/** For each real position and interest. */
export interface Reconstructed {
  /** [n K, d] Y W5 */
  readonly items: tf.Tensor2D;
  /** [n K, L] what it says to each position of its user: W4^T tanh(W3^T Y) */
  readonly scores: tf.Tensor2D;
}

/**
 * With M_rl = softmax over the real l of the scores of l at r, and z_r = sum_l M_rl items_l - e_r,
 *
 *     L = 1/(B K L d) sum over the made (b, k, r) of |z_r|^2.
 *
 * @param made    [B, K, L] 1 where position r made interest k, else 0
 * @param history [B, L, d]
 */
export function reconstruction(
  { items, scores }: Reconstructed,
  made: tf.Tensor3D,
  history: tf.Tensor3D,
  { mask, real }: Pick<ModelInput, "mask" | "real">,
): tf.Scalar {
  const [B, K, L] = made.shape;
  const d = history.shape[2];
  const inSlots = (rows: tf.Tensor, c: number) => { // [n K, c] to [B, K, L, c]
    const padded = real.padded(tf.reshape(rows, [-1, K * c])); // [B, L, K c]
    return tf.transpose(tf.reshape(padded, [B, L, K, c]), [0, 2, 1, 3]);
  };
  const byRow = tf.transpose(inSlots(scores, L), [0, 1, 3, 2]); // [B, K, L, L]
  const M = attention(tf.reshape(byRow, [B, K * L, L]), mask); // [B, K L, L]
  const mapped = tf.reshape(inSlots(items, d), [B * K, L, d]);
  const built = tf.reshape(tf.matMul(tf.reshape(M, [B * K, L, L]), mapped), [B, K, L, d]);
  const squares = tf.sum(tf.square(tf.sub(built, tf.expandDims(history, 1))), -1); // [B, K, L]
  return tf.div(tf.sum(tf.mul(made, squares)), B * K * L * d);
}
