/** The most popular items for everyone: what any model has to beat. */
import * as tf from "@tensorflow/tfjs-core";
import { constant } from "./draws.ts";
import type { Model } from "./model.ts";
import { noOptions } from "./options.ts";

/**
 * score(i) = count(i), where a step adds 1 to the count of every item that is a target of its
 * batch, once however often it is. (The reference divides by the largest, which ranks the same.)
 *
 * It has the form of other models: the scores are the first numbers of the table's rows, and
 * the interest of every user is the first unit vector.
 */
export const popularity: Model<Record<string, never>> = {
  name: "popularity",
  title: () => "Popularity",
  vectors: "one",
  routing: "none",
  options: noOptions,
  counts: true,

  table: () => constant(0),
  parameters: () => ({}),

  forward({ mask }, _, { d }) {
    const B = mask.shape[0];
    const first = tf.oneHot(tf.zeros([B, 1], "int32"), d); // [B, 1, d]
    return { interests: tf.cast(first, "float32") as tf.Tensor3D, routing: null };
  },
};
