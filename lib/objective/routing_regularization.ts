/** Routing regularization (RR), the paper's second fix (its eq. 13). */
import * as tf from "@tensorflow/tfjs-core";
import type { RoutingScaling } from "../engine/engine_config.ts";

/**
 * With C = (A - mean A) (A - mean A)^T the covariance of a user's routing over positions,
 *
 *     L_RR = || diag(C) ||_F^2,   diag(C)_k = sum_l (A_kl - mean_l A_kl)^2.
 *
 * The mean is 1/L where rows sum to 1; the rows of capsules do not.
 * It is 0 for uniform routing and largest, (1 - 1/L)^2 a head, for one-hot routing: it punishes
 * peaked attention, not heads that are alike.
 *
 * Both scalings count all L slots, padding included, as the reference does: a history shorter than
 * L has a floor that no routing can go below.
 *
 * - "code": C is divided by d, and users are SUMMED although the softmax loss is a batch mean. With
 *   this scaling lambda = 100 is the reference's setting.
 * - "batch-mean": no 1/d, mean over users. lambda_code = 100 at B = 128, d = 64 is 3.125 here.
 *
 * @param routing [B, K, L]
 * @returns a scalar, before lambda
 */
export function routingPenalty(
  routing: tf.Tensor3D,
  scaling: RoutingScaling,
  d: number,
): tf.Scalar {
  const centred = tf.sub(routing, tf.mean(routing, -1, true)); // [B, K, L]
  const variance = tf.sum(tf.square(centred), -1); // [B, K] diag(C)
  if (scaling === "code") return tf.sum(tf.square(tf.div(variance, d)));
  return tf.mean(tf.sum(tf.square(variance), -1));
}
