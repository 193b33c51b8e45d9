/**
 * MIND (Li et al., CIKM 2019, arXiv 1904.08030) as the reference has it: dynamic routing with one
 * map of the items for all interests, told apart by the noise that their routing starts from.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { mappedCapsules } from "./capsules.ts";
import { kaimingNormal, normal } from "./draws.ts";
import type { Model } from "./model.ts";

const options = z.strictObject({
  /** the routing is a constant for the gradient, as in the reference; RR needs false */
  stopGradient: z.boolean().default(true),
  /** a last layer V = relu(Wr v), which the reference has on Amazon Books only */
  relu: z.boolean().default(false),
});

/**
 * u_l = W^T e_l,   b_kl ~ N(0, 1) at every forward pass,   V, C = capsules(u, b).
 *
 * Parameters: W [d, d], and Wr [d, d] with the last layer; no biases.
 */
export const mind: Model<z.output<typeof options>, "W" | "Wr"> = {
  name: "mind",
  title: ({ stopGradient, relu }) =>
    "MIND" + (stopGradient ? "" : ", trained routing") + (relu ? ", ReLU layer" : ""),
  vectors: "several",
  routing: "capsules",
  options,

  needs: ({ L, K }) => ({ noise: { routing: { shape: [K, L], draw: normal(1) } } }),

  parameters: ({ d }, { relu }) => ({
    W: { shape: [d, d], draw: kaimingNormal(d) },
    ...(relu && { Wr: { shape: [d, d], draw: kaimingNormal(d) } }),
  }),

  forward({ items, mask, real, noise }, { W, Wr }, { K, d }, { stopGradient, relu }) {
    const [B] = mask.shape;
    const start = noise["routing"] as tf.Tensor3D; // [B, K, L]
    const given = { start, mask, real };
    const output = mappedCapsules(items, W as tf.Tensor2D, given, stopGradient);
    if (!relu) return output;
    const last = tf.relu(tf.matMul(tf.reshape(output.interests, [B * K, d]), Wr)); // [B K, d]
    return { ...output, interests: tf.reshape(last, [B, K, d]) };
  },
};
