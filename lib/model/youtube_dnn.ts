/**
 * YouTube DNN as the reference has it (after Covington et al., RecSys 2016): one vector a user, a
 * linear map of the mean of the history. The contrast to every model with several interests.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { kaimingNormal } from "./draws.ts";
import type { Model } from "./model.ts";

const options = z.strictObject({
  /** what the history's sum runs over: all L positions as in the reference, or the real ones */
  sum: z.enum(["all", "real"]).default("all"),
});

/**
 * v = W^T (1/n) sum_l h_l  with n real positions.   Parameter: W [d, d], no bias.
 *
 * As in the reference the sum runs over all L positions while n counts the real ones: a short
 * history carries (L - n) / n times the padding's embedding. Here that stays as it was drawn; the
 * reference trains it in the steps that draw item 0 as a negative.
 * With `sum: "real"` it is the mean of the history.
 */
export const youtubeDnn: Model<z.output<typeof options>, "W"> = {
  name: "youtube-dnn",
  title: ({ sum }) => sum === "all" ? "YouTube DNN" : "YouTube DNN, masked mean",
  vectors: "one",
  routing: "none",
  options,

  parameters: ({ d }) => ({ W: { shape: [d, d], draw: kaimingNormal(d) } }),

  forward({ items, padding, mask, real }, { W }, { L, d }, { sum }) {
    const count = tf.sum(mask, 1, true); // [B, 1] n
    const ofItems = real.summed(items); // [B, d]
    const ofAll = () => tf.add(ofItems, tf.mul(tf.sub(L, count), padding)); // [B, d]
    const mean = tf.div(sum === "all" ? ofAll() : ofItems, count); // [B, d]
    const vector = tf.matMul(mean, W); // [B, d]
    return { interests: tf.reshape(vector, [-1, 1, d]), routing: null }; // [B, 1, d]
  },
};
