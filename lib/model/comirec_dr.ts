/**
 * ComiRec-DR (Cen et al., KDD 2020, arXiv 2005.09347) as the reference has it: dynamic routing with
 * a map of its own for every position and interest.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { capsules } from "./capsules.ts";
import { kaimingNormal, normal } from "./draws.ts";
import type { Model } from "./model.ts";

const options = z.strictObject({
  /** the routing is a constant for the gradient, as in the reference; RR needs false */
  stopGradient: z.boolean().default(true),
  /**
   * how W starts. "kaiming" is the reference's: it takes W for one matrix with L K d d inputs, so
   * that interests of full histories start at a length of 4e-5 and hardly learn. "normal" is
   * N(0, 1), as ComiRec's own code has it: they start at 0.99.
   */
  initialisation: z.enum(["kaiming", "normal"]).default("kaiming"),
});

/**
 * u_kl = W_lk^T e_l,   b = 0,   V, C = capsules(u, b).
 *
 * Parameter: W [L, d, K d], no bias.
 */
export const comirecDr: Model<z.output<typeof options>, "W"> = {
  name: "comirec-dr",
  title: ({ stopGradient, initialisation }) =>
    "ComiRec-DR" + (stopGradient ? "" : ", trained routing") +
    (initialisation === "kaiming" ? "" : ", N(0, 1) start"),
  vectors: "several",
  routing: "capsules",
  options,
  learningRate: 0.005,

  parameters: ({ L, K, d }, { initialisation }) => ({
    W: {
      shape: [L, d, K * d],
      draw: initialisation === "kaiming" ? kaimingNormal(L * K * d * d) : normal(1),
    },
  }),

  forward({ items, mask, real }, { W }, { K, d }, { stopGradient }) {
    const [B, L] = mask.shape;
    const votes = real.mapped(items, W as tf.Tensor3D); // [n, K d]
    return capsules({ votes, start: tf.zeros([B, K, L]), mask, real }, d, stopGradient);
  },
};
