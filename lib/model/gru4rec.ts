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
    p === 0 ? {} : {
      noise: {
        dropout: { shape: [L, d], draw: dropout(p), byPosition: true, trainingOnly: true },
      },
    },

  table: ({ itemCount, d }) => xavierNormal(itemCount + 1, d),

  parameters: ({ d }) => ({
    Wx: { shape: [d, 6 * d], draw: xavierUniform(d, 6 * d) },
    Wh: { shape: [2 * d, 6 * d], draw: xavierUniform(2 * d, 6 * d) },
    D: { shape: [2 * d, d], draw: torchUniform(2 * d) },
    b: { shape: [d], draw: torchUniform(2 * d) },
  }),

  forward({ history, real, noise }, { Wx, Wh, D, b }, { d }) {
    const B = history.shape[0];
    const rows = real.packed(history); // [n, d]
    const dropped = noise["dropout"] as tf.Tensor3D | undefined; // [B, L, d]
    const kept = dropped ? tf.mul(rows, real.packed(dropped)) : rows; // [n, d]
    const ofInput = tf.matMul(kept, Wx) as tf.Tensor2D; // [n, 6d]
    let h: tf.Tensor = tf.zeros([B, 2 * d]); // of the users whose histories go on
    const ended: tf.Tensor[] = []; // of the others, those that ended first at the end
    for (const x of real.byPosition(ofInput)) { // [n_l, 6d]
      const [going, over] = parts(h, x.shape[0]); // [n_l, 2d]
      ended.unshift(...over);
      const [xr, xz, xn] = tf.split(x, 3, -1); // [n_l, 2d] each
      const [hr, hz, hn] = tf.split(tf.matMul(going, Wh), 3, -1);
      const r = tf.sigmoid(tf.add(xr!, hr!));
      const z = tf.sigmoid(tf.add(xz!, hz!));
      const n = tf.tanh(tf.add(xn!, tf.mul(r, hn!)));
      h = tf.add(n, tf.mul(z, tf.sub(going, n)));
    }
    const last = real.inOrder(tf.concat([h, ...ended]) as tf.Tensor2D); // [B, 2d]
    const vector = tf.add(tf.matMul(last, D), b); // [B, d]
    return { interests: tf.reshape(vector, [B, 1, d]), routing: null }; // [B, 1, d]
  },
};

/** The first n rows, and what is left of them, if anything. */
function parts(h: tf.Tensor, n: number): [tf.Tensor, tf.Tensor[]] {
  const rows = h.shape[0]!;
  if (rows === n) return [h, []];
  const [going, over] = tf.split(h, [n, rows - n]);
  return [going!, [over!]];
}
