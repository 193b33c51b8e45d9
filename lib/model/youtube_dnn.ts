/**
 * YouTube DNN as the reference has it (after Covington et al., RecSys 2016): one vector a user, a
 * linear map of the mean of the history. The contrast to every model with several interests.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Model } from "./model.ts";

/**
 * v = W^T (1/n) sum_l h_l  with n real positions.   Parameter: W [d, d], no bias.
 *
 * As in the reference the sum runs over all L positions while n counts the real ones, and the
 * padding's embedding stays as it was drawn: a short history carries (L - n) / n times that vector.
 */
export const youtubeDnn: Model = {
  name: "youtube-dnn",
  singleVector: true,

  parameters: ({ d }) => ({ W: { shape: [d, d], fanIn: d } }),

  forward({ history, mask }, { W }, { d }) {
    const [B, L] = history.shape;
    const real = tf.reshape(mask, [B, L, 1]); // [B, L, 1]
    const padding = constant(tf.mul(history, tf.sub(1, real))); // [B, L, d]
    const sum = tf.sum(tf.add(tf.mul(history, real), padding), 1); // [B, d]
    const mean = tf.div(sum, tf.sum(mask, 1, true)) as tf.Tensor2D; // [B, d]
    const vector = tf.matMul(mean, W as tf.Tensor2D); // [B, d]
    return { interests: tf.reshape(vector, [B, 1, d]), routing: null }; // [B, 1, d]
  },
};

/** The same values without a gradient. */
const constant = tf.customGrad((x) => ({
  value: (x as tf.Tensor).clone(),
  gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
}));
