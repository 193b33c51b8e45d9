/** Readout: which interest a training example speaks to. */
import * as tf from "@tensorflow/tfjs-core";
import { asConstant } from "../model/as_constant.ts";

/** The selected interest of every user and its index. */
export interface Readout {
  /** [B, d] v_u = V_u[:, k] */
  readonly vector: tf.Tensor2D;
  /** [B] k */
  readonly selected: tf.Tensor1D;
}

/**
 * k = argmax(V_u^T e+), v_u = V_u[:, k]: the interest nearest to the target, chosen by the target,
 * so it exists in training only; the first one on ties. No gradient flows through the choice.
 *
 * @param interests [B, K, d]
 * @param target    [B, d] embedding rows of the targets
 */
export function hardReadout(interests: tf.Tensor3D, target: tf.Tensor2D): Readout {
  return chosen(interests, tf.argMax(affinities(interests, target), -1) as tf.Tensor1D);
}

/**
 * BaM's readout (jlunits2/BaM): k drawn from softmax(V_u^T e+), so that an interest which is not
 * the nearest is trained, too. No gradient flows through the choice.
 *
 * @param interests [B, K, d]
 * @param target    [B, d] embedding rows of the targets
 * @param chance    [B] uniform in [0, 1): k is the first interest whose cumulative probability
 *   exceeds it
 */
export function drawnReadout(
  interests: tf.Tensor3D,
  target: tf.Tensor2D,
  chance: tf.Tensor1D,
): Readout {
  const K = interests.shape[1];
  const drawn = () => {
    // tfjs 4.22 goes wrong where the axis of a sum is counted from the end
    const cumulative = tf.cumsum(tf.softmax(affinities(interests, target)), 1); // [B, K]
    const passed = tf.cast(tf.lessEqual(cumulative, tf.expandDims(chance, -1)), "int32"); // [B, K]
    // rounding can leave the last sum below 1, and chance between the two
    return tf.minimum(tf.sum(passed, -1), tf.scalar(K - 1, "int32")) as tf.Tensor1D; // [B]
  };
  return chosen(interests, asConstant(drawn));
}

/** [B, K] V_u^T e+ */
function affinities(interests: tf.Tensor3D, target: tf.Tensor2D): tf.Tensor2D {
  return tf.sum(tf.mul(interests, tf.expandDims(target, 1)), -1);
}

function chosen(interests: tf.Tensor3D, selected: tf.Tensor1D): Readout {
  const [B, K] = interests.shape;
  if (K === 1) {
    return { vector: tf.squeeze(interests, [1]), selected: tf.zeros([B], "int32") };
  }
  // oneHot's own float32 output is wrong on the wasm backend (tfjs 4.22), a cast is not
  const choice = tf.reshape(tf.cast(tf.oneHot(selected, K), "float32"), [B, K, 1]); // [B, K, 1]
  const vector = tf.sum(tf.mul(interests, choice), 1) as tf.Tensor2D; // [B, d]
  return { vector, selected };
}
