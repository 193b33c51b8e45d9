/** PIMI's periodicity: what the intervals between a click and all others say. */
import * as tf from "@tensorflow/tfjs-core";
import {
  TIME_EMBEDDING,
  TIME_EMBEDDING_GRADIENT,
  timeEmbeddingCovers,
} from "../engine/tfjs/time_embedding_kernel.ts";
import { attention } from "./attention.ts";
import { lookedUp, summedAt } from "./looked_up.ts";
import type { RealPositions } from "./real_positions.ts";

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
 *     a_ij = softmax_j(Tau[T_ij] . w)  over the real j,   q_i = sum_j a_ij Tau[T_ij],
 *
 * for the real i. The sum goes by intervals: q_i = sum_t Tau[t] (sum of a_ij over j with T_ij = t).
 *
 * @param clock [B, L] when each click was, in whole units
 * @param mask  [B, L]
 * @param real  the positions where it is 1
 * @param Tau   [span + 1, d] an embedding of every interval
 * @param w     [d, 1]
 * @returns q [n, d]
 */
export function timeEmbedding(
  clock: tf.Tensor2D,
  mask: tf.Tensor2D,
  real: RealPositions,
  Tau: tf.Tensor2D,
  w: tf.Tensor2D,
): tf.Tensor2D {
  const s = tf.matMul(Tau, w) as tf.Tensor2D; // [span + 1, 1]
  return timeEmbeddingCovers(Tau)
    ? byKernel(clock, real, Tau, s)
    : byDefinition(clock, mask, real, Tau, s);
}

function byDefinition(
  clock: tf.Tensor2D,
  mask: tf.Tensor2D,
  real: RealPositions,
  Tau: tf.Tensor2D,
  s: tf.Tensor2D,
): tf.Tensor2D {
  const [B, L] = mask.shape;
  const intervals = Tau.shape[0];
  const T = tf.cast(real.packed(timeMatrix(clock, mask, intervals - 1)), "int32"); // [n, L]
  const n = T.shape[0];
  const scores = lookedUp(s, tf.reshape(T, [n * L])); // [n L, 1]
  const others = real.packed(tf.mul(tf.expandDims(mask, 1), tf.ones([B, L, 1]))); // [n, L]
  const a = attention(tf.reshape(scores, [n, 1, L]), others); // [n, 1, L]
  const places = tf.add(T, tf.expandDims(tf.range(0, n * intervals, intervals, "int32"), 1));
  const flat = tf.reshape(a, [n * L, 1]) as tf.Tensor2D;
  const shares = summedAt(flat, tf.reshape(places, [n * L]), n * intervals); // [n (span + 1), 1]
  return tf.matMul(tf.reshape(shares, [n, intervals]), Tau); // [n, d]
}

function byKernel(
  clock: tf.Tensor2D,
  { rows, slots }: RealPositions,
  Tau: tf.Tensor2D,
  s: tf.Tensor2D,
): tf.Tensor2D {
  const attrs = { n: slots.length };
  const operation = tf.customGrad((...given) => {
    const [ofIntervals, scores, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const inputs = { Tau: ofIntervals, s: scores, clock: tf.cast(clock, "int32"), rows };
    save(Object.values(inputs));
    const value = tf.engine().runKernel<tf.Tensor[]>(TIME_EMBEDDING, inputs, attrs)[0]!;
    const gradFunc = (dq: tf.Tensor, [Tau, s, clock, rows]: tf.Tensor[]) => {
      const inputs = { Tau: Tau!, s: s!, clock: clock!, rows: rows!, dq };
      return tf.engine().runKernel<tf.Tensor[]>(TIME_EMBEDDING_GRADIENT, inputs, attrs)
        .toReversed();
    };
    return { value, gradFunc };
  });
  return operation(Tau, s) as tf.Tensor2D;
}
