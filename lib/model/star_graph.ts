/** PIMI's interaction layer: a star of item nodes around a centre, updated by attention. */
import * as tf from "@tensorflow/tfjs-core";
import {
  runStar,
  starCovers,
  starGradients,
  type StarTensors,
} from "../engine/tfjs/star_kernel.ts";
import { attendRows, type Memory } from "./attend_rows.ts";
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
  /** [n, HEADS, 4] */
  readonly items?: tf.Tensor3D;
  /** [B, HEADS, L + 1] */
  readonly centre?: tf.Tensor3D;
}

/** The nodes of all users' graphs. */
export interface Star {
  /** [n, d] those of real positions */
  readonly nodes: tf.Tensor2D;
  /** [B, d] */
  readonly centre: tf.Tensor2D;
}

/** Who attends to whom, by rows. */
export interface Neighbours {
  /** [4 n] of the rows: items n, embedded items n, centres B, a zero vector */
  readonly ofItems: tf.Tensor1D;
  /** [B (L + 1)] of these and the n new items after them */
  readonly ofCentres: tf.Tensor1D;
}

/** The neighbours of everyone in the graphs of a batch. */
export function neighbours({ slots }: RealPositions, B: number, L: number): Neighbours {
  const n = slots.length, zero = 2 * n + B;
  const ofItems = new Int32Array(4 * n); // [n, 4]
  const ofCentres = new Int32Array(B * (L + 1)).fill(zero); // [B, L + 1]
  const rowOf = new Int32Array(B * L);
  slots.forEach((slot, row) => rowOf[slot] = row);
  for (let row = 0; row < n; row++) {
    const slot = slots[row]!, position = slot % L, user = (slot - position) / L;
    ofItems[4 * row] = position === 0 ? zero : rowOf[slot - 1]!;
    ofItems[4 * row + 1] = row;
    ofItems[4 * row + 2] = 2 * n + user;
    ofItems[4 * row + 3] = n + row;
    ofCentres[user * (L + 1) + 1 + position] = zero + 1 + row;
  }
  for (let b = 0; b < B; b++) ofCentres[b * (L + 1)] = 2 * n + b;
  return { ofItems: tf.tensor1d(ofItems, "int32"), ofCentres: tf.tensor1d(ofCentres, "int32") };
}

/**
 * The items after all blocks of the graph, [n, d].
 *
 * @param embedded [n, d] item and position, without time
 * @param noise    of each block
 */
export function starGraph(
  start: Star,
  embedded: tf.Tensor2D,
  graph: Neighbours,
  blocks: readonly Block[],
  noise: readonly BlockNoise[],
): tf.Tensor2D {
  if (starCovers(start.nodes, HEADS)) return byKernel(start, embedded, graph, blocks, noise);
  let star = start;
  blocks.forEach((block, i) => {
    star = updated(star, embedded, graph, block, noise[i]!, i === blocks.length - 1);
  });
  return star.nodes;
}

function byKernel(
  { nodes, centre }: Star,
  embedded: tf.Tensor2D,
  { ofItems, ofCentres }: Neighbours,
  blocks: readonly Block[],
  noise: readonly BlockNoise[],
): tf.Tensor2D {
  const ofBlocks = blocks.flatMap(({ query, key, value, output }) =>
    [query.W, key.W, value.W, output.W, query.b, value.b, output.b].map((tensor) => tensor!)
  );
  const kept = noise.flatMap(({ items, centre }) => [items, centre])
    .filter((tensor) => tensor !== undefined);
  // in this order, as given and as saved
  const given = (tensors: readonly tf.Tensor[]): StarTensors => {
    const weights = 5 + ofBlocks.length;
    return {
      graph: tensors.slice(0, 5),
      weights: tensors.slice(5, weights),
      kept: tensors.slice(weights, weights + kept.length),
    };
  };
  const operation = tf.customGrad((...tensors) => {
    const save = tensors.pop() as unknown as tf.GradSaveFunc;
    const [nodes, embedded, centre, ...weights] = tensors as tf.Tensor[];
    const inputs = [nodes!, embedded!, centre!, ofItems, ofCentres, ...weights, ...kept];
    const [value, state] = runStar(given(inputs));
    save([...inputs, state!]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      starGradients(given(saved), saved.at(-1)!, dy);
    return { value: value!, gradFunc };
  });
  return operation(nodes, embedded, centre, ...ofBlocks) as tf.Tensor2D;
}

/**
 * One block. Each item attends to the item before it, itself, the centre, and its own embedding;
 * then the centre to itself and all L new nodes (those of padding are zero vectors, but the biases
 * let them take part). relu after both; no residual and no normalisation. What is attended to by
 * several is mapped once.
 *
 * @param embedded [n, d] item and position, without time
 * @param last     the centre of the last block is used by nothing and not computed
 */
function updated(
  { nodes, centre }: Star,
  embedded: tf.Tensor2D,
  { ofItems, ofCentres }: Neighbours,
  block: Block,
  noise: BlockNoise,
  last: boolean,
): Star {
  const d = nodes.shape[1];
  const zero = tf.zeros<tf.Rank.R2>([1, d]);
  const memory = tf.concat([nodes, embedded, centre, zero]); // [2 n + B + 1, d]
  const keys = dense(memory, block.key), values = dense(memory, block.value);
  const attended = (query: tf.Tensor2D, at: tf.Tensor1D, more: Memory, kept?: tf.Tensor3D) => {
    const mixed = attendRows(dense(query, block.query), more, at, HEADS, kept);
    return tf.relu(dense(mixed, block.output));
  };
  const next = attended(nodes, ofItems, { keys, values }, noise.items); // [n, d]
  if (last) return { nodes: next, centre };
  const all = {
    keys: tf.concat([keys, dense(next, block.key)]), // [3 n + B + 1, d]
    values: tf.concat([values, dense(next, block.value)]),
  };
  return { nodes: next, centre: attended(centre, ofCentres, all, noise.centre) }; // [B, d]
}

function dense(x: tf.Tensor2D, { W, b }: Dense): tf.Tensor2D {
  const mapped = tf.matMul(x, W) as tf.Tensor2D;
  return b ? tf.add(mapped, b) : mapped;
}
