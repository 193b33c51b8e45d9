/**
 * GRU4Rec (Hidasi et al., ICLR 2016, arXiv 1511.06939) as the reference has it: one recurrent layer
 * reads the history, a linear map of its last state is the user's only vector.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { dropout, torchUniform, xavierNormal, xavierUniform } from "./draws.ts";
import type { Model } from "./model.ts";

const options = z.strictObject({
  /** the share of the embeddings' numbers that training leaves out */
  dropout: z.number().min(0).lt(1).default(0.2),
});

/**
 * For each item x of the history, oldest first, with gates r and z of the state h [2d],
 *
 *     r = sigmoid(Wr x + Ur h),  z = sigmoid(Wz x + Uz h),  n = tanh(Wn x + r * (Un h)),
 *     h <- (1 - z) n + z h
 *
 * and v = D^T h + b after the last one. Parameters: Wx [d, 6d] and Wh [2d, 6d] (columns r, z, n; no
 * biases), D [2d, d], b [d]. Xavier's start, as in the reference: the table's deviation falls with
 * the number of items.
 */
export const gru4rec: Model<z.output<typeof options>, "Wx" | "Wh" | "D" | "b"> = {
  name: "gru4rec",
  title: () => "GRU4Rec",
  vectors: "one",
  routing: "none",
  options,

  needs: ({ L, d }, { dropout: p }) =>
    p === 0 ? {} : { noise: { dropout: { shape: [L, d], draw: dropout(p), trainingOnly: true } } },

  table: ({ itemCount, d }) => xavierNormal(itemCount + 1, d),

  parameters: ({ d }) => ({
    Wx: { shape: [d, 6 * d], draw: xavierUniform(d, 6 * d) },
    Wh: { shape: [2 * d, 6 * d], draw: xavierUniform(2 * d, 6 * d) },
    D: { shape: [2 * d, d], draw: torchUniform(2 * d) },
    b: { shape: [d], draw: torchUniform(2 * d) },
  }),

  forward({ history, mask, noise }, { Wx, Wh, D, b }, { d }) {
    const [B, L] = history.shape;
    const kept = noise["dropout"] ? tf.mul(history, noise["dropout"]) : history; // [B, L, d]
    const ofInput = tf.matMul(tf.reshape(kept, [B * L, d]), Wx); // [B L, 6d]
    const positions = byPosition(tf.reshape(ofInput, [B, L, 6 * d])); // L of [B, 6d]
    const real = byPosition(tf.expandDims(mask, -1)); // L of [B, 1]
    let h: tf.Tensor = tf.zeros([B, 2 * d]); // [B, 2d]
    positions.forEach((x, l) => {
      const [xr, xz, xn] = tf.split(x, 3, -1); // [B, 2d] each
      const [hr, hz, hn] = tf.split(tf.matMul(h, Wh), 3, -1);
      const r = tf.sigmoid(tf.add(xr!, hr!));
      const z = tf.sigmoid(tf.add(xz!, hz!));
      const n = tf.tanh(tf.add(xn!, tf.mul(r, hn!)));
      const next = tf.add(n, tf.mul(z, tf.sub(h, n)));
      h = tf.add(h, tf.mul(real[l]!, tf.sub(next, h))); // padding leaves the state as it is
    });
    const vector = tf.add(tf.matMul(h, D), b); // [B, d]
    return { interests: tf.reshape(vector, [B, 1, d]), routing: null }; // [B, 1, d]
  },
};

/** [B, L, n] as L tensors [B, n]; tfjs 4.22 cannot differentiate an unstack into one. */
function byPosition(x: tf.Tensor): tf.Tensor[] {
  return x.shape[1] === 1 ? [tf.squeeze(x, [1])] : tf.unstack(x, 1);
}
