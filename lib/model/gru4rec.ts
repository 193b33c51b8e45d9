/**
 * GRU4Rec (Hidasi et al., ICLR 2016, arXiv 1511.06939) as the reference has it: one recurrent layer
 * reads the history, a linear map of its last state is the user's only vector.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { dropout, torchUniform, xavierNormal, xavierUniform } from "./draws.ts";
import type { Model } from "./model.ts";
import { recurrent } from "./recurrent.ts";

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

  forward({ items, real, noise }, { Wx, Wh, D, b }, { d }) {
    const dropped = noise["dropout"] as tf.Tensor3D | undefined; // [B, L, d]
    const kept = (dropped ? tf.mul(items, real.packed(dropped)) : items) as tf.Tensor2D; // [n, d]
    const states = recurrent(kept, Wx as tf.Tensor2D, Wh as tf.Tensor2D, real); // [n, 2d]
    const last = real.last(states); // [B, 2d]
    const vector = tf.add(tf.matMul(last, D), b); // [B, d]
    return { interests: tf.reshape(vector, [-1, 1, d]), routing: null }; // [B, 1, d]
  },
};
