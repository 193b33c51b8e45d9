/**
 * PIMI (Chen et al., IJCAI 2021, arXiv 2106.04415): intervals between clicks and a graph around a
 * centre shape the routing; the interests are sums of the items alone.
 */
import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { attention } from "./attention.ts";
import { constant, dropout, kaimingNormal, xavierUniform } from "./draws.ts";
import type { Model, Noise, Parameter } from "./model.ts";
import { routedSums } from "./routed_sums.ts";
import {
  type Block,
  type BlockNoise,
  BLOCKS,
  type Dense,
  HEADS,
  neighbours,
  starGraph,
} from "./star_graph.ts";
import { tanhLayer } from "./tanh_layer.ts";
import { timeEmbedding } from "./time_embedding.ts";

/** Width of the attention's hidden layer, in units of d. */
const HIDDEN = 4;

const options = z.strictObject({
  /** what tells intervals: the times of the clicks where the data has them, or else their order */
  clock: z.enum(["order", "time"]).optional(),
  /** longer intervals count as this one */
  span: z.int().positive().default(64),
  /** the share of the graph's attention weights that training leaves out */
  dropout: z.number().min(0).lt(1).default(0.1),
  /** "glorot" (uniform) is its authors', "kaiming" its neighbours' */
  initialisation: z.enum(["kaiming", "glorot"]).default("kaiming"),
});

const LAYERS = ["query", "key", "value", "output"] as const;

/**
 * With e the items of the history, p = e + P, q the intervals' embedding (time_embedding.ts), and n
 * the nodes after three blocks of the graph (star_graph.ts) that start from p + q,
 *
 *     A = softmax(W2^T tanh(W1^T n + b1))  over the real positions,   V = A e.
 *
 * Parameters: P [L, d], Tau [span + 1, d], w [d, 1], W1 [d, 4d], b1, W2 [4d, K], and for each block
 * and layer, "block 0 query" ..., W [d, d] and, but for the keys, b [d]. Biases start at 0. Those
 * that its authors' code has on the keys and after W2 change no softmax and are left out.
 */
export const pimi: Model<z.output<typeof options>> = {
  name: "pimi",
  title: ({ clock, initialisation }) =>
    (clock === "time" ? "PIMI" : "PIMI without time") +
    (initialisation === "kaiming" ? "" : ", Glorot start"),
  vectors: "several",
  routing: "attention",
  pairs: true,
  kernelWidth: 32,
  options,

  settled: (options, { times }) => ({
    ...options,
    clock: options.clock ?? (times ? "time" : "order"),
  }),

  needs({ L }, { clock, dropout: p }) {
    const kept = (shape: number[]): Noise => ({ shape, draw: dropout(p), trainingOnly: true });
    const noise = Array.from({ length: BLOCKS }, (_, i) => [
      [`block ${i} items`, { ...kept([L, HEADS, 4]), byPosition: true as const }],
      ...(i < BLOCKS - 1 ? [[`block ${i} centre`, kept([HEADS, L + 1])]] : []),
    ]).flat();
    return {
      ...(clock === "time" && { days: true }),
      ...(p > 0 && { noise: Object.fromEntries(noise) }),
    };
  },

  table: ({ itemCount, d }, { initialisation }) =>
    initialisation === "kaiming" ? kaimingNormal(d) : xavierUniform(itemCount + 1, d),

  parameters({ L, K, d }, { span, initialisation }) {
    const drawn = (rows: number, columns: number, fanIn = rows): Parameter => ({
      shape: [rows, columns],
      draw: initialisation === "kaiming" ? kaimingNormal(fanIn) : xavierUniform(rows, columns),
    });
    const bias = (size: number): Parameter => ({ shape: [size], draw: constant(0) });
    const blocks = Array.from({ length: BLOCKS }, (_, i) =>
      LAYERS.flatMap((layer) => [
        [`block ${i} ${layer}`, drawn(d, d)],
        ...(layer === "key" ? [] : [[`block ${i} ${layer} bias`, bias(d)]]),
      ])).flat();
    return {
      P: drawn(L, d, d),
      Tau: drawn(span + 1, d, d),
      w: drawn(d, 1),
      ...Object.fromEntries(blocks),
      W1: drawn(d, HIDDEN * d),
      b1: bias(HIDDEN * d),
      W2: drawn(HIDDEN * d, K),
    };
  },

  forward(input, parameters, _, { clock }) {
    const { items, mask, real, days, noise } = input;
    const [B, L] = mask.shape;
    const { P, Tau, w, W1, b1, W2 } = parameters as Record<string, tf.Tensor2D>;
    const p = tf.add(items, real.spread(P!, "positions")) as tf.Tensor2D; // [n, d]
    const time = clock === "time" ? days! : tf.mul(tf.range(0, L), tf.onesLike(mask)); // [B, L]
    const q = timeEmbedding(time as tf.Tensor2D, mask, real, Tau!, w!); // [n, d]
    const start = tf.add(p, q) as tf.Tensor2D; // [n, d]
    const centre = tf.div(real.summed(start), tf.sum(mask, 1, true)) as tf.Tensor2D; // [B, d]
    const blocks = Array.from({ length: BLOCKS }, (_, i) => blockOf(parameters, i));
    const kept = blocks.map((_, i): BlockNoise => {
      const ofItems = noise[`block ${i} items`]; // [B, L, HEADS, 4]
      const rows = ofItems && real.packed(tf.reshape(ofItems, [B, L, HEADS * 4])); // [n, HEADS 4]
      return {
        items: rows && tf.reshape(rows, [-1, HEADS, 4]),
        centre: noise[`block ${i} centre`] as tf.Tensor3D | undefined,
      };
    });
    const nodes = starGraph({ nodes: start, centre }, p, neighbours(real, B, L), blocks, kept);
    const logits = real.padded(tanhLayer(nodes, { W1: W1!, b1: b1!, W2: W2! })); // [B, L, K]
    const routing = attention(tf.transpose(logits, [0, 2, 1]), mask); // [B, K, L]
    return { interests: routedSums(routing, input), routing }; // [B, K, d]
  },
};

function blockOf(parameters: Readonly<Record<string, tf.Tensor>>, i: number): Block {
  const layers = LAYERS.map((layer): [string, Dense] => {
    const name = `block ${i} ${layer}`;
    return [layer, { W: parameters[name]!, b: parameters[`${name} bias`] }];
  });
  return Object.fromEntries(layers) as unknown as Block;
}
