/**
 * ComiRec-SA (Cen et al., KDD 2020, arXiv 2005.09347): self-attentive routing
 * of a history into K interests. REMI trains this model with another objective, it does not change
 * it.
 */
import * as tf from "@tensorflow/tfjs-core";
import { kaimingNormal } from "./draws.ts";
import { attention } from "./attention.ts";
import type { Model } from "./model.ts";
import { noOptions } from "./options.ts";
import { routedSums } from "./routed_sums.ts";
import { tanhLayer } from "./tanh_layer.ts";

/** Width of the attention's hidden layer, in units of d, as in the reference. */
const HIDDEN = 4;

/**
 * A = softmax(W2^T tanh(W1^T (H + P)))  over the real positions,   V = A H.
 *
 * Parameters: W1 [d, 4d], W2 [4d, K], P [L, d] (a learned position embedding; no biases). As in the
 * reference the position embedding shapes the routing only: interests are sums of H without P.
 */
export const comirecSa: Model<Record<string, never>, "W1" | "W2" | "P"> = {
  name: "comirec-sa",
  title: () => "ComiRec-SA",
  vectors: "several",
  routing: "attention",
  options: noOptions,

  parameters: ({ L, K, d }) => ({
    W1: { shape: [d, HIDDEN * d], draw: kaimingNormal(d) },
    W2: { shape: [HIDDEN * d, K], draw: kaimingNormal(HIDDEN * d) },
    P: { shape: [L, d], draw: kaimingNormal(L * d) },
  }),

  forward(input, { W1, W2, P }) {
    const { items, mask, real } = input;
    const positioned = tf.add(items, real.spread(P as tf.Tensor2D, "positions")); // [n, d]
    const logits = real.padded(tanhLayer(positioned as tf.Tensor2D, { W1, W2 })); // [B, L, K]
    const routing = attention(tf.transpose(logits, [0, 2, 1]), mask); // [B, K, L]
    return { interests: routedSums(routing, input), routing }; // [B, K, d]
  },
};
