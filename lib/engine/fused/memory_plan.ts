/**
 * The memory of the fused engine: what there is and what lies where. A plan is plain data, so that
 * a worker can be given it. All addresses are in bytes; sizes in brackets are padded ones.
 */
import type { EngineConfig } from "../engine_config.ts";
import type { NegativesPlan } from "../core/negatives_plan.ts";
import type { RowsPlan } from "../core/rows_plan.ts";

/** A batch is computed in two halves, whatever the number of threads: same sums, same bits. */
export const SUB_BATCHES = 2;

/** Sizes after padding. */
export interface PaddedSizes {
  /** embedding size, a multiple of 8 */
  readonly d: number;
  /** width of the attention's hidden layer, 4 d padded to a multiple of 8 */
  readonly hidden: number;
  /** groups of four interests */
  readonly groups: number;
  /** users of a sub-batch, a multiple of 8 */
  readonly users: number;
  /** history rows of a sub-batch at most, a multiple of 8 */
  readonly rows: number;
  /** bytes of one embedding */
  readonly rowBytes: number;
  /** floats of all dense parameters together */
  readonly dense: number;
}

/** Addresses of what a thread uses while it works on a sub-batch of n history rows. */
export interface Scratch {
  /** [n, d] the history's embeddings, of the sub-batch's users one after the other */
  readonly H: number;
  /** [panels][d][8] the attention's input x = h + p */
  readonly X8: number;
  /** [d/4][8 panels][4] the same, for the product over the rows */
  readonly X4: number;
  /** [panels][hidden][8] tanh(W1^T x) */
  readonly Z: number;
  /** [panels][hidden][8] the gradient before the tanh */
  readonly D: number;
  /** [hidden/8][8 panels][8] the same, for the product over the rows */
  readonly D8: number;
  /** [hidden/8][8 panels][8] Z, for the product over the rows */
  readonly Z8: number;
  /** [groups][8 panels][4] logits, then routing weights */
  readonly weights: number;
  /** [groups][8 panels][4] their gradients */
  readonly dLogits: number;
  /** [users, 4 groups, d] interests */
  readonly V: number;
  /** [d][8] readouts of eight users, then their gradients */
  readonly R8: number;
  /** [4 blocks][8] scores of the negatives by eight users, then their gradients */
  readonly scores: number;
  /** [4 blocks][8] importance weights of the negatives */
  readonly importance: number;
  /** [40, d] for single panels */
  readonly small: number;
  /** [d] the sum of a row's gradients */
  readonly row: number;
}

/** Addresses of one sub-batch. */
export interface SubBatch {
  /** its first user in the batch */
  readonly firstUser: number;
  /** its number of users; the last sub-batch may have none */
  readonly users: number;
  /** [users + 1] where each user's rows start */
  readonly offsets: number;
  /** [n] the position of each row in its history */
  readonly positions: number;
  /** [users] the index of the selected interest */
  readonly selected: number;
  /** [users] its score x+ of the target */
  readonly positive: number;
  /** [users] 1/B, and 0 for the users that fill up a group of eight */
  readonly userWeights: number;
  /** [users, d] gradients of the readouts */
  readonly dR: number;
  /** dense gradients, laid out like the parameters */
  readonly gradients: number;
}

/** Addresses inside a dense block: parameters, their gradients or moments. */
export interface DenseAddresses {
  /** [d, hidden] */
  readonly W1: number;
  /** [4 groups, hidden] W2 transposed */
  readonly W2T: number;
  /** [L, d] */
  readonly P: number;
}

/** The whole memory. */
export interface Plan extends RowsPlan, NegativesPlan {
  /** what the engine was made from */
  readonly config: EngineConfig;
  /** its sizes after padding */
  readonly sizes: PaddedSizes;
  /** number of threads, the main one included */
  readonly threads: number;
  /** one a thread */
  readonly scratch: readonly Scratch[];
  /** the fixed halves of the batch */
  readonly subBatches: readonly SubBatch[];
  /** what the threads tell each other (control.ts) */
  readonly control: number;
  /** dense parameters */
  readonly parameters: number;
  /** their first moments */
  readonly moments1: number;
  /** their second moments */
  readonly moments2: number;
  /** [hidden/4][d][4] W1 packed over its columns */
  readonly W1C: number;
  /** [d/4][hidden][4] W1 packed over its rows */
  readonly W1R: number;
  /** [groups][hidden][4] W2 by groups of four heads */
  readonly W2G: number;
  /** [users of both sub-batches, d] readouts */
  readonly R: number;
  /** [users of both sub-batches, d] targets */
  readonly E: number;
  /** [ids, d] gradients of the rows, in the order of the ids: histories, targets, negatives */
  readonly rowGradients: number;
  /** pages of 64 KiB of the memory */
  readonly pages: number;
}

/** Where W1, W2T and P lie in a dense block that starts at `at`. */
export function denseAddresses(at: number, sizes: PaddedSizes): DenseAddresses {
  const W2T = at + sizes.d * sizes.hidden * 4;
  return { W1: at, W2T, P: W2T + sizes.groups * 4 * sizes.hidden * 4 };
}

/** Bytes between the blocks of X4, by the number of row panels. */
export function strideX4(panels: number): number {
  return panels * 128 + 64;
}

/** Bytes between the blocks of D8 and of Z8, by the number of row panels. */
export function stride8(panels: number): number {
  return panels * 256 + 64;
}
