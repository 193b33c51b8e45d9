/** Re4's three backward flows: re-attend, re-contrast, re-construct. */
import * as tf from "@tensorflow/tfjs-core";
import { backwardFlowsCover, REATTEND, RECONTRAST } from "../engine/tfjs/backward_flows_kernels.ts";
import { RECONSTRUCT, reconstructCovers } from "../engine/tfjs/reconstruct_kernel.ts";
import { asConstant } from "./as_constant.ts";
import { attention, FAR } from "./attention.ts";
import { logSumExp } from "./log_sum_exp.ts";
import type { ModelInput } from "./model.ts";
import { reconstruction } from "./reconstruction.ts";
import { valueWithGradients } from "./value_with_gradients.ts";

/** The items of the histories. */
type Items = Pick<ModelInput, "items" | "history" | "mask" | "real">;

/** Temperature of the contrast. */
const TAU = 0.02;

/**
 * The items that made an interest: P_bkl = 1 if A_bkl > g_b at a real position, with g_b = 1 / n_b
 * for a history of n_b items, or 1 / threshold if that is not -1. No gradient. [B, K, L]
 */
export function positives(
  routing: tf.Tensor3D,
  mask: tf.Tensor2D,
  threshold: number,
): tf.Tensor3D {
  const B = mask.shape[0];
  const limit = threshold === -1 ? tf.sum(mask, 1) : tf.fill([B], threshold); // [B]
  const gate = tf.reshape(tf.div(1, limit), [B, 1, 1]);
  const above = asConstant(() => tf.step(tf.sub(routing, gate))); // [B, K, L]
  return tf.mul(above, tf.expandDims(mask, 1));
}

/**
 * Re-attend: the routing has to follow the interests' own affinities,
 *
 *     R = softmax_l(V0_k . e_l)  over the real positions,   L = -1/(B K) sum R log A.
 *
 * @param raw    [B, K, d] V0
 * @param logits [B, K, L] of A
 */
export function attend(
  raw: tf.Tensor3D,
  logits: tf.Tensor3D,
  given: Items,
): tf.Scalar {
  if (backwardFlowsCover(raw)) {
    const trained = { V: raw, E: given.items, logits };
    return valueWithGradients(REATTEND, trained, { rows: given.real.rows });
  }
  const { history, mask } = given;
  const [B, K] = raw.shape;
  const affinities = tf.matMul(raw, history, false, true); // [B, K, L]
  const again = attention(affinities, mask); // [B, K, L]
  return tf.div(tf.sum(tf.mul(again, tf.logSoftmax(logits))), -B * K);
}

/**
 * Re-contrast, in cosines s over tau: an interest is nearer to the items that made it than to the
 * rest of its history, the user's other interests, and the history of the batch's row before,
 *
 *     log D_bk = lse( s(V0_k, e_l) of real l; s(V0_k, V0_k') of k' != k; s(V0_k, e_b-1,l) )
 *     L = 1/(B K L) sum_P ( log D_bk - s(V0_k, e_l) ).
 *
 * The shipped code exponentiates and divides in float32, which loses up to a fifth of the gradient.
 *
 * @param made [B, K, L] P
 */
export function contrast(
  raw: tf.Tensor3D,
  made: tf.Tensor3D,
  given: Items,
): tf.Scalar {
  if (backwardFlowsCover(raw)) {
    const trained = { V: raw, E: given.items };
    return valueWithGradients(RECONTRAST, trained, byRow(made, given), { tau: TAU });
  }
  const { history, mask } = given;
  const [B, K, L] = made.shape;
  const interests = unit(raw), items = unit(history);
  const similar = (x: tf.Tensor3D) => tf.div(tf.matMul(interests, x, false, true), TAU);
  const padding = (m: tf.Tensor2D) => tf.mul(tf.sub(tf.expandDims(m, 1), 1), FAR); // [B, 1, L]
  const own = similar(items); // [B, K, L]
  const all = tf.concat([
    tf.add(own, padding(mask)),
    tf.sub(similar(interests), tf.mul(tf.eye(K), FAR)), // [B, K, K]
    tf.add(similar(rowBefore(items)), padding(rowBefore(mask))), // [B, K, L]
  ], -1); // [B, K, L + K + L]
  const logD = logSumExp(tf.reshape(all, [B * K, L + K + L])); // [B K]
  return tf.div(tf.sum(tf.mul(made, tf.sub(tf.reshape(logD, [B, K, 1]), own))), B * K * L);
}

/**
 * Re-construct: from each interest alone the items that made it,
 *
 *     Y = C^T V0 + c  as [L, d],   M = softmax(W4^T tanh(W3^T Y)) over the real columns,
 *     Y' = M Y W5,   L = 1/(B K L d) sum_P |Y'_l - e_l|^2.
 */
export function construct(
  raw: tf.Tensor3D,
  made: tf.Tensor3D,
  given: Items,
  { C, c, W3, W4, W5 }: Readonly<Record<"C" | "c" | "W3" | "W4" | "W5", tf.Tensor>>,
): tf.Scalar {
  if (reconstructCovers(raw)) {
    const trained = { v: raw, C, c, W3, W4, W5, E: given.items };
    const attrs = { sizes: [...given.real.sizes], slots: given.real.slots };
    return valueWithGradients(RECONSTRUCT, trained, byRow(made, given), attrs);
  }
  const { history, real } = given;
  const [B, K, L] = made.shape;
  const d = raw.shape[2];
  // rows and columns of padding are in no part of the loss, so that they need not be computed
  const byPosition = tf.transpose(tf.reshape(C, [d, L, d]), [1, 0, 2]) as tf.Tensor3D; // [L, d, d]
  const ofUsers = real.spread(tf.reshape(raw, [B, K * d]), "users"); // [n, K d]
  const bias = real.spread(tf.reshape(c, [L, d]), "positions"); // [n, d]
  const mapped = tf.reshape(real.mapped(ofUsers, byPosition), [-1, K, d]); // [n, K, d]
  const Y = tf.reshape(tf.add(mapped, tf.expandDims(bias, 1)), [-1, d]); // [n K, d]
  const scores = tf.matMul(tf.tanh(tf.matMul(Y, W3)), W4) as tf.Tensor2D; // [n K, L]
  const items = tf.matMul(Y, W5) as tf.Tensor2D; // [n K, d]
  return reconstruction({ items, scores }, made, history, given);
}

/** What made an interest [n, K] of [B, K, L], and where the rows are. */
function byRow(made: tf.Tensor3D, { real }: Items): Record<string, tf.Tensor> {
  return { made: real.packed(tf.transpose(made, [0, 2, 1])), rows: real.rows };
}

/** u / max(|u|, 1e-12) over the last axis */
function unit(u: tf.Tensor3D): tf.Tensor3D {
  const square = tf.sum(tf.square(u), -1, true);
  return tf.div(u, tf.sqrt(tf.maximum(square, 1e-24)));
}

/** Row b - 1 in place of row b; the first sees the last. */
function rowBefore<T extends tf.Tensor>(x: T): T {
  const B = x.shape[0]!;
  return tf.concat([tf.slice(x, B - 1, 1), tf.slice(x, 0, B - 1)], 0);
}
