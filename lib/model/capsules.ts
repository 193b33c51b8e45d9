/** Dynamic routing (Sabour et al., 2017) as MIND and ComiRec-DR use it in the reference. */
import * as tf from "@tensorflow/tfjs-core";
import { CAPSULES, capsulesCover } from "../engine/tfjs/capsules_kernel.ts";
import { MAPPED_CAPSULES, mappedCapsulesCover } from "../engine/tfjs/mapped_capsules_kernel.ts";
import { asConstant } from "./as_constant.ts";
import type { ModelOutput } from "./model.ts";
import type { RealPositions } from "./real_positions.ts";

/** Rounds of routing, as in the reference. */
const ROUNDS = 3;

/** What every user's capsules start from. */
export interface Votes {
  /**
   * u [n, K d] what each real position says to each interest, or [n, d] if it says the same to all
   */
  readonly votes: tf.Tensor2D;
  /** [B, K, L] b, the routing's logits before the first round */
  readonly start: tf.Tensor3D;
  /** [B, L] */
  readonly mask: tf.Tensor2D;
  readonly real: RealPositions;
}

/**
 * Three rounds of
 *
 *     C_kl = softmax_l(b_kl) m_l,   v_k = squash(sum_l C_kl u_kl),   b_kl += u_kl . v_k
 *
 * The softmax runs over all L positions, padding included, which is set to 0 afterwards: a row of C
 * sums to less than 1 where a history is short.
 *
 * @param stopGradient the reference's setting: C is a constant for the gradient, so that only the
 *   votes of the last round learn
 * @returns interests [B, K, d] and the last round's C [B, K, L]
 */
export function capsules(given: Votes, d: number, stopGradient: boolean): Routed {
  return capsulesCover(d) ? byKernel(given, d, stopGradient) : byDefinition(given, d, stopGradient);
}

/**
 * The same with votes u_l = W^T x_l for all interests.
 *
 * @param x [n, d] the rows of real positions
 * @param W [d, d]
 */
export function mappedCapsules(
  x: tf.Tensor2D,
  W: tf.Tensor2D,
  given: Omit<Votes, "votes">,
  stopGradient: boolean,
): Routed {
  const d = W.shape[1];
  if (!mappedCapsulesCover(W)) {
    return capsules({ votes: tf.matMul(x, W), ...given }, d, stopGradient);
  }
  const { start, real: { rows } } = given;
  return routed(MAPPED_CAPSULES, { x, W, start, rows }, { stopGradient });
}

type Routed = ModelOutput & { readonly routing: tf.Tensor3D };

function byKernel({ votes, start, real: { rows } }: Votes, d: number, held: boolean): Routed {
  return routed(CAPSULES, { votes, start, rows }, { d, stopGradient: held });
}

function routed(kernel: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): Routed {
  const [interests, routing] = tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, attributes);
  return { interests: interests as tf.Tensor3D, routing: routing as tf.Tensor3D };
}

function byDefinition({ votes, start, mask, real }: Votes, d: number, held: boolean): Routed {
  const [B, L] = mask.shape;
  const inSlots = tf.reshape(real.padded(votes), [B, L, -1, d]); // [B, L, heads, d]
  const ofHeads = tf.transpose(inSlots, [0, 2, 1, 3]) as tf.Tensor4D; // [B, heads, L, d]
  const coefficients = () => coupling(ofHeads, start, mask);
  const routing = held ? asConstant(coefficients) : coefficients();
  return { interests: squash(gathered(routing, ofHeads)), routing };
}

/** C of the last round, [B, K, L]. */
function coupling(votes: tf.Tensor4D, start: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  const real = tf.expandDims(mask, 1); // [B, 1, L]
  const softmax = (b: tf.Tensor) => tf.mul(tf.softmax(b), real) as tf.Tensor3D;
  let logits: tf.Tensor = start;
  for (let round = 1; round < ROUNDS; round++) {
    const v = squash(gathered(softmax(logits), votes)); // [B, K, d]
    logits = tf.add(logits, agreement(v, votes));
  }
  return softmax(logits);
}

/** sum_l C_kl u_kl, [B, K, d] */
function gathered(routing: tf.Tensor3D, votes: tf.Tensor4D): tf.Tensor3D {
  const [B, K, L] = routing.shape;
  const [, heads, , d] = votes.shape;
  const rows = tf.reshape(routing, [B, heads, K / heads, L]);
  return tf.reshape(tf.matMul(rows, votes), [B, K, d]);
}

/** u_kl . v_k, [B, K, L] */
function agreement(v: tf.Tensor3D, votes: tf.Tensor4D): tf.Tensor3D {
  const [B, K, d] = v.shape;
  const [, heads, L] = votes.shape;
  const rows = tf.reshape(v, [B, heads, K / heads, d]);
  return tf.reshape(tf.matMul(rows, votes, false, true), [B, K, L]);
}

/** |s|^2 / (1 + |s|^2) s / |s|: shorter than 1, small vectors quadratically so. [B, K, d] */
export function squash(s: tf.Tensor3D): tf.Tensor3D {
  const square = tf.sum(tf.square(s), -1, true); // [B, K, 1]
  const scale = tf.div(square, tf.mul(tf.add(1, square), tf.sqrt(tf.add(square, 1e-9))));
  return tf.mul(scale, s);
}
