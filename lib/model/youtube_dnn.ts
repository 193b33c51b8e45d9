/**
 * YouTube DNN as the reference has it (after Covington et al., RecSys 2016): one vector a user, a
 * linear map of the mean of the history. The contrast to every model with several interests.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Model } from "./model.ts";

/**
 * v = W^T (1/L) sum_l h_l.   Parameter: W [d, d], no bias.
 *
 * As in the reference the mean runs over all L positions, padding included: the embedding of the
 * padding is trained like any other, and short histories are pulled towards it.
 */
export const youtubeDnn: Model = {
  name: "youtube-dnn",
  singleVector: true,

  parameters: ({ d }) => ({ W: { shape: [d, d], fanIn: d } }),

  forward({ history }, { W }, { d }) {
    const [B] = history.shape;
    const mean = tf.mean(history, 1) as tf.Tensor2D; // [B, d]
    const vector = tf.matMul(mean, W as tf.Tensor2D); // [B, d]
    return { interests: tf.reshape(vector, [B, 1, d]), routing: null }; // [B, 1, d]
  },
};
