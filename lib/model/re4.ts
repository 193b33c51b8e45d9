/**
 * Re4 (Zhang et al., WWW 2022, arXiv 2208.08011): self-attention whose interests have to lead back
 * to the items they came from, by three further losses (re4_terms.ts).
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { attentionLogits } from "./attention.ts";
import { constant, type Draw, kaimingNormal, normal, torchUniform } from "./draws.ts";
import type { Model } from "./model.ts";
import { attend, construct, contrast, positives } from "./re4_terms.ts";
import { routedSums } from "./routed_sums.ts";
import { tanhLayer } from "./tanh_layer.ts";

/** Width of the attention's hidden layer, in units of d: 256 where its authors have d = 64. */
const HIDDEN = 4;

const weight = z.number().nonnegative();

const options = z.strictObject({
  /** weights of the three further losses; its authors' for Amazon Books */
  attend: weight.default(0.001),
  contrast: weight.default(0.1),
  construct: weight.default(0.1),
  /** an item made an interest if its weight is above 1 / threshold; -1 is the history's length */
  threshold: z.number().refine(
    (threshold) => threshold === -1 || threshold > 1, // a weight is never above 1
    "has to be above 1, or -1 for the length of the history",
  ).default(-1),
  /** "normal" is its authors': N(0, 1), but for F, f, C and c; "kaiming" its neighbours' */
  initialisation: z.enum(["kaiming", "normal"]).default("kaiming"),
});

type Names = "W1" | "W2" | "W" | "F" | "f" | "C" | "c" | "W3" | "W4" | "W5";

/**
 * A = softmax(W2^T tanh(W1^T H))  over the real positions,   V0 = A H W,   V = tanh(F^T V0 + f).
 *
 * V serves and is trained, V0 is what the further losses look at. Item 0 is the zero vector.
 * Parameters: W1 [d, 4d], W2 [4d, K], W [d, d], F [d, d], f [d]; of the re-construction C [d, L d],
 * c [L d], W3 [d, d], W4 [d, L], W5 [d, d].
 */
export const re4: Model<z.output<typeof options>, Names> = {
  name: "re4",
  title: ({ initialisation }) => initialisation === "kaiming" ? "Re4" : "Re4, N(0, 1) start",
  vectors: "several",
  routing: "attention",
  options,
  zeroPadding: true,

  table: ({ d }, { initialisation }) => start(initialisation, d),

  parameters({ L, K, d }, { initialisation }) {
    const kaiming = initialisation === "kaiming";
    const drawn = (shape: number[]) => ({ shape, draw: start(initialisation, shape[0]!) });
    const linear = (shape: number[]) => kaiming ? drawn(shape) : { shape, draw: torchUniform(d) };
    const bias = (size: number) => ({
      shape: [size],
      draw: kaiming ? constant(0) : torchUniform(d),
    });
    return {
      W1: drawn([d, HIDDEN * d]),
      W2: drawn([HIDDEN * d, K]),
      W: drawn([d, d]),
      F: linear([d, d]),
      f: bias(d),
      C: linear([d, L * d]),
      c: bias(L * d),
      W3: drawn([d, d]),
      W4: drawn([d, L]),
      W5: drawn([d, d]),
    };
  },

  forward(input, { W1, W2, W, F, f }, { K, d }) {
    const { items, mask, real } = input;
    const B = mask.shape[0];
    const scores = real.padded(tanhLayer(items, { W1, W2 })); // [B, L, K]
    const logits = attentionLogits(tf.transpose(scores, [0, 2, 1]), mask); // [B, K, L]
    const routing = tf.softmax(logits); // [B, K, L]
    const sums = tf.reshape(routedSums(routing as tf.Tensor3D, input), [B * K, d]); // A H
    const flat = tf.matMul(sums, W); // [B K, d] V0
    const raw = tf.reshape(flat, [B, K, d]);
    const last = tf.tanh(tf.add(tf.matMul(flat, F), f)); // [B K, d]
    return { interests: tf.reshape(last, [B, K, d]), routing, inner: { raw, logits } };
  },

  terms({ routing, inner }, input, parameters, _, options) {
    const raw = inner!["raw"] as tf.Tensor3D; // [B, K, d]
    const logits = inner!["logits"] as tf.Tensor3D; // [B, K, L]
    const made = positives(routing!, input.mask, options.threshold); // [B, K, L]
    return {
      attend: { weight: options.attend, value: attend(raw, logits, input) },
      contrast: { weight: options.contrast, value: contrast(raw, made, input) },
      construct: { weight: options.construct, value: construct(raw, made, input, parameters) },
    };
  },
};

function start(initialisation: "kaiming" | "normal", fanIn: number): Draw {
  return initialisation === "kaiming" ? kaimingNormal(fanIn) : normal(1);
}
