/** Hard readout: which interest a training example speaks to. */
import * as tf from "@tensorflow/tfjs-core";

/** The selected interest of every user and its index. */
export interface Readout {
  /** [B, d] v_u = V_u[:, k] */
  readonly vector: tf.Tensor2D;
  /** [B] k = argmax_k V_u^T e+, the first one on ties */
  readonly selected: tf.Tensor1D;
}

/**
 * k = argmax(V_u^T e+), v_u = V_u[:, k]: the interest nearest to the target, chosen by the target,
 * so it exists in training only. No gradient flows through the choice.
 *
 * @param interests [B, K, d]
 * @param target    [B, d] embedding rows of the targets
 */
export function hardReadout(interests: tf.Tensor3D, target: tf.Tensor2D): Readout {
  const [B, K] = interests.shape;
  if (K === 1) {
    return { vector: tf.squeeze(interests, [1]), selected: tf.zeros([B], "int32") };
  }
  const affinity = tf.sum(tf.mul(interests, tf.expandDims(target, 1)), -1); // [B, K]
  const selected = tf.argMax(affinity, -1) as tf.Tensor1D; // [B]
  // oneHot's own float32 output is wrong on the wasm backend (tfjs 4.22), a cast is not
  const choice = tf.reshape(tf.cast(tf.oneHot(selected, K), "float32"), [B, K, 1]); // [B, K, 1]
  const vector = tf.sum(tf.mul(interests, choice), 1) as tf.Tensor2D; // [B, d]
  return { vector, selected };
}
