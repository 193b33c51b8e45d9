/** PIMI's interaction layer: a star of item nodes around a centre, updated by attention. */
import * as tf from "@tensorflow/tfjs-core";
import type { RealPositions } from "./real_positions.ts";

/** Attention heads, as in its authors' code. */
export const HEADS = 4;

/** Blocks of the graph, each with parameters of its own. */
export const BLOCKS = 3;

/**
 * The four dense layers of a block, [d, d] with biases [d]; both updates use the same. A bias of
 * the keys would add the same to all scores of a query, which no softmax sees: there is none.
 */
export interface Block {
  readonly query: Dense;
  readonly key: Dense;
  readonly value: Dense;
  readonly output: Dense;
}

/** y = x W + b */
export interface Dense {
  readonly W: tf.Tensor;
  readonly b?: tf.Tensor;
}

/** Dropout of a block's attention weights; absent in serving. */
export interface BlockNoise {
  /** [B, L, HEADS, 4] */
  readonly items?: tf.Tensor;
  /** [B, HEADS, L + 1] */
  readonly centre?: tf.Tensor;
}

/** The nodes of a user's graph. */
export interface Star {
  /** [B, L, d] 0 on padding */
  readonly nodes: tf.Tensor3D;
  /** [B, d] */
  readonly centre: tf.Tensor2D;
}

/**
 * One block. Each item attends to the item before it, itself, the centre, and its own embedding;
 * then the centre to itself and all L new nodes (those of padding are zero vectors, but the biases
 * let them take part). relu after both; no residual and no normalisation.
 *
 * @param embedded [B, L, d] item and position, without time
 * @param real     the positions that are items
 * @param last     the centre of the last block is used by nothing and not computed
 */
export function updated(
  { nodes, centre }: Star,
  embedded: tf.Tensor3D,
  real: RealPositions,
  block: Block,
  noise: BlockNoise,
  last: boolean,
): Star {
  const [B, L, d] = nodes.shape;
  const shifted = tf.concat([tf.zeros([B, 1, d]), nodes], 1); // [B, 1 + L, d]
  const before = tf.slice(shifted, [0, 0, 0], [B, L, d]); // [B, L, d], a zero vector first
  const middle = tf.mul(tf.expandDims(centre, 1), tf.ones([1, L, 1])); // [B, L, d]
  const neighbours = tf.concat([before, nodes, middle, embedded], 2) as tf.Tensor3D; // [B, L, 4 d]
  const memory = real.packed(neighbours); // [n, 4 d]
  const kept = noise.items && real.packed(tf.reshape(noise.items, [B, L, HEADS * 4]));
  const ofItems = attended(
    real.packed(nodes),
    tf.reshape(memory, [-1, 4, d]),
    block,
    kept && tf.reshape(kept, [-1, HEADS, 4]),
  ); // [n, d]
  const next = real.padded(tf.relu(ofItems)); // [B, L, d]
  if (last) return { nodes: next, centre };
  const around = tf.concat([tf.expandDims(centre, 1), next], 1) as tf.Tensor3D; // [B, L + 1, d]
  const ofCentre = tf.relu(attended(centre, around, block, noise.centre)); // [B, d]
  return { nodes: next, centre: ofCentre as tf.Tensor2D };
}

/**
 * Multi-head attention of N queries, each to M vectors of its own, without a mask.
 *
 * @param query  [N, d]
 * @param memory [N, M, d]
 * @param kept   [N, HEADS, M] dropout of the weights
 * @returns [N, d]
 */
function attended(
  query: tf.Tensor2D,
  memory: tf.Tensor3D,
  block: Block,
  kept: tf.Tensor | undefined,
): tf.Tensor2D {
  const [N, M, d] = memory.shape;
  const size = d / HEADS;
  const heads = (x: tf.Tensor, layer: Dense) =>
    tf.transpose(tf.reshape(dense(x, layer), [N, M, HEADS, size]), [0, 2, 1, 3]);
  const flat = tf.reshape(memory, [N * M, d]);
  const q = tf.reshape(dense(query, block.query), [N, HEADS, 1, size]);
  const k = heads(flat, block.key), v = heads(flat, block.value); // [N, HEADS, M, size]
  const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(size)); // [N, HEADS, 1, M]
  const softmax = tf.softmax(scores);
  const weights = kept ? tf.mul(softmax, tf.expandDims(kept, 2)) : softmax;
  const mixed = tf.reshape(tf.matMul(weights, v), [N, d]);
  return dense(mixed, block.output) as tf.Tensor2D;
}

function dense(x: tf.Tensor, { W, b }: Dense): tf.Tensor {
  const mapped = tf.matMul(x, W);
  return b ? tf.add(mapped, b) : mapped;
}
