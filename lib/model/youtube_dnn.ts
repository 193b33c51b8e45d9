/**
 * YouTube DNN as the reference has it (after Covington et al., RecSys 2016): one vector a user, a
 * linear map of the mean of the history. The contrast to every model with several interests.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Model } from "./model.ts";

/**
 * v = W^T (1/n) sum_l h_l  with n real positions.   Parameter: W [d, d], no bias.
 *
 * As in the reference the sum runs over all L positions, padding included, while n counts the real
 * ones: a short history carries (L - n) / n times the padding's embedding, which is trained like
 * any other and so acts as a bias by length.
 */
export const youtubeDnn: Model = {
  name: "youtube-dnn",
  singleVector: true,

  parameters: ({ d }) => ({ W: { shape: [d, d], fanIn: d } }),

  forward({ history, mask }, { W }, { d }) {
    const [B] = history.shape;
    const real = tf.sum(mask, 1, true); // [B, 1] n
    const mean = tf.div(tf.sum(history, 1), real) as tf.Tensor2D; // [B, d]
    const vector = tf.matMul(mean, W as tf.Tensor2D); // [B, d]
    return { interests: tf.reshape(vector, [B, 1, d]), routing: null }; // [B, 1, d]
  },
};
