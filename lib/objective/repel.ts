/** A penalty on interests that are alike, the mirror of routing regularization. */
import * as tf from "@tensorflow/tfjs-core";

/** Keeps the length of a zero interest from 0. */
const TINY = 1e-12;

/**
 * The mean squared cosine between two different interests of a user, over users:
 *
 *     L_repel = 1/B sum_b 1/(K (K - 1)) sum_{k != k'} cos(V_bk, V_bk')^2
 *
 * 0 for orthogonal interests, 1 for interests on a line. RR flattens the routing and so makes
 * interests alike; this drives them apart. Squared, since interests that point in opposite
 * directions cannot both be near to items. A history of one item makes the interests of an
 * attention model equal: it pays 1 and has no gradient.
 *
 * @param interests [B, K, d], K >= 2
 * @returns a scalar, before lambda
 */
export function repelPenalty(interests: tf.Tensor3D): tf.Scalar {
  const [B, K] = interests.shape;
  const squares = tf.sum(tf.square(interests), -1, true); // [B, K, 1]
  const unit = tf.div(interests, tf.sqrt(tf.add(squares, TINY))); // [B, K, d]
  const cosines = tf.matMul(unit, unit, false, true); // [B, K, K]
  const others = tf.sub(1, tf.eye(K)); // [K, K]
  const sum = tf.sum(tf.mul(tf.square(cosines), others));
  return tf.div(sum, B * K * (K - 1));
}
