/**
 * UMI (Jiang et al., SIGIR 2022): capsules whose routing and interests know the user's profile,
 * trained with every item's own nearest interest.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { asConstant } from "./as_constant.ts";
import { squash } from "./capsules.ts";
import { constant, kaimingNormal, truncatedNormal } from "./draws.ts";
import type { Model, Parameter } from "./model.ts";

/** Numbers of a profile field's embedding, and the width of the small hidden layers. */
const WIDTH = 8;

/** Rounds of routing. */
const ROUNDS = 3;

const options = z.strictObject({
  /** c is a constant for the gradient, as its authors have it; RR still trains the gate alpha */
  stopGradient: z.boolean().default(true),
});

/**
 * With pr the embedded profile and e the items of the history,
 *
 *     alpha_l = sigmoid(relu([e_l; pr] Wa + ba) wb + bb),   u_kl = W_k^T e_l,
 *
 * three rounds from noise b of c_kl = softmax_k(b_kl) m_l (over the interests),
 * v_k = squash(sum_l c_kl alpha_l u_kl), b_kl = u_kl . v_k, and
 *
 *     w_k = sigmoid(relu([pr; v_k] Wc + bc) Wd + bd),   pr'_k = pr with field f times w_kf,
 *     V_k = relu([pr'_k; v_k] We + be) Wf + bf.
 *
 * Routing is c alpha: a column of c sums to 1 over the interests, a row to no fixed number.
 * Parameters as in the equations, and "field 0", ... [categories, 8]. Biases start at 0.
 */
export const umi: Model<z.output<typeof options>> = {
  name: "umi",
  title: ({ stopGradient }) => stopGradient ? "UMI" : "UMI, trained routing",
  vectors: "several",
  routing: "gated capsules",
  options,
  selection: "per-item",

  needs: ({ L, K }) => ({
    profile: true,
    noise: { routing: { shape: [K, L], draw: truncatedNormal } },
  }),

  parameters({ K, d, profile = [] }) {
    const wide = profile.length * WIDTH + d;
    const drawn = (...shape: [number, number]): Parameter => ({
      shape,
      draw: kaimingNormal(shape[0]),
    });
    const bias = (size: number): Parameter => ({ shape: [size], draw: constant(0) });
    const fields = profile.map((categories, f): [string, Parameter] => [
      `field ${f}`,
      { shape: [categories, WIDTH], draw: kaimingNormal(WIDTH) },
    ]);
    return {
      ...Object.fromEntries(fields),
      Wa: drawn(wide, WIDTH),
      ba: bias(WIDTH),
      wb: drawn(WIDTH, 1),
      bb: bias(1),
      W: drawn(d, K * d),
      Wc: drawn(wide, WIDTH),
      bc: bias(WIDTH),
      Wd: drawn(WIDTH, profile.length),
      bd: bias(profile.length),
      We: drawn(wide, d / 2),
      be: bias(d / 2),
      Wf: drawn(d / 2, d),
      bf: bias(d),
    };
  },

  forward({ history, mask, profile, noise }, parameters, { K, d }, { stopGradient }) {
    const [B, L] = history.shape;
    const { Wa, ba, wb, bb, W, Wc, bc, Wd, bd, We, be, Wf, bf } = parameters;
    const e = tf.mul(history, tf.expandDims(mask, -1)); // [B, L, d]
    const embedded = tf.concat(
      tf.unstack(profile!, 1).map((category, f) => lookUp(category, parameters[`field ${f}`]!)),
      -1,
    ); // [B, fields 8] pr
    // [B, times, fields 8]
    const repeated = (times: number) => tf.mul(tf.expandDims(embedded, 1), tf.ones([1, times, 1]));

    const alpha = tf.reshape(
      tf.sigmoid(twoLayers(tf.concat([e, repeated(L)], -1), Wa!, ba!, wb!, bb!)),
      [B, 1, L],
    ); // [B, 1, L]
    const flat = tf.matMul(tf.reshape(e, [B * L, d]), W!); // [B L, K d]
    const votes = tf.transpose(tf.reshape(flat, [B, L, K, d]), [0, 2, 1, 3]); // [B, K, L, d]
    const coefficients = () => coupling(votes as tf.Tensor4D, alpha, noise["routing"]!, mask);
    const c = stopGradient ? asConstant(coefficients) : coefficients();
    const routing = tf.mul(c, alpha) as tf.Tensor3D; // [B, K, L]
    const v = gathered(routing, votes as tf.Tensor4D); // [B, K, d]

    const before = tf.concat([repeated(K), v], -1); // [B, K, fields 8 + d]
    const weights = tf.sigmoid(twoLayers(before, Wc!, bc!, Wd!, bd!)); // [B K, fields]
    const fields = weights.shape[1]!;
    const refined = tf.mul(
      tf.reshape(repeated(K), [B * K, fields, WIDTH]),
      tf.expandDims(weights, -1),
    ); // [B K, fields, 8] pr'
    const after = tf.concat([tf.reshape(refined, [B, K, fields * WIDTH]), v], -1);
    const interests = twoLayers(after, We!, be!, Wf!, bf!); // [B K, d]
    return { interests: tf.reshape(interests, [B, K, d]), routing };
  },
};

/** c of the last round, [B, K, L]. */
function coupling(
  votes: tf.Tensor4D,
  alpha: tf.Tensor,
  start: tf.Tensor,
  mask: tf.Tensor2D,
): tf.Tensor3D {
  const real = tf.expandDims(mask, 1); // [B, 1, L]
  const overInterests = (b: tf.Tensor) =>
    tf.mul(tf.transpose(tf.softmax(tf.transpose(b, [0, 2, 1])), [0, 2, 1]), real) as tf.Tensor3D;
  let logits = start;
  for (let round = 1; round < ROUNDS; round++) {
    const v = gathered(tf.mul(overInterests(logits), alpha), votes); // [B, K, d]
    logits = tf.squeeze(tf.matMul(votes, tf.expandDims(v, -1)), [-1]); // [B, K, L]
  }
  return overInterests(logits);
}

/** squash(sum_l routing_kl u_kl), [B, K, d] */
function gathered(routing: tf.Tensor3D, votes: tf.Tensor4D): tf.Tensor3D {
  return squash(tf.squeeze(tf.matMul(tf.expandDims(routing, 2), votes), [2]));
}

/** relu(x W + b) W' + b' over the last axis, [rows, columns of W'] */
function twoLayers(x: tf.Tensor, W: tf.Tensor, b: tf.Tensor, W2: tf.Tensor, b2: tf.Tensor) {
  const rows = tf.reshape(x, [-1, x.shape.at(-1)!]);
  const hidden = tf.relu(tf.add(tf.matMul(rows, W), b));
  return tf.add(tf.matMul(hidden, W2), b2) as tf.Tensor2D;
}

/** Rows of a table; a product with 0 and 1, so that its gradient is a product, too. */
function lookUp(category: tf.Tensor, table: tf.Tensor): tf.Tensor2D {
  const categories = table.shape[0]!;
  const chosen = categories === 1 // which tf.oneHot refuses
    ? tf.ones([category.shape[0]!, 1])
    : tf.cast(tf.oneHot(tf.cast(category, "int32"), categories), "float32");
  return tf.matMul(chosen, table);
}
