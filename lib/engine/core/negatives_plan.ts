/** Where the loss has the negatives that all users share (lib/engine/assembly/softmax_loss.ts). */
import type { ObjectiveConfig } from "../engine_config.ts";
import type { Addresses } from "./addresses.ts";
import type { Kernels } from "./step_kernels.ts";

/** Addresses and strides in bytes; d is the padded one. */
export interface NegativesPlan {
  /** negatives */
  readonly S: number;
  /** blocks of four negatives */
  readonly blocks: number;
  /** bytes between the blocks of D4 */
  readonly strideD4: number;
  /** bytes between the blocks of G4 */
  readonly strideG4: number;
  /** [blocks][d][4] the negatives packed over themselves */
  readonly N4: number;
  /** [d/4][4 blocks][4] the negatives packed over d */
  readonly D4: number;
  /** [blocks][users][4] gradients of the scores */
  readonly G4: number;
  /** [d] a row of zeros */
  readonly zeros: number;
}

/**
 * Lays them out.
 *
 * @param S     negatives, or the whole catalogue for the full softmax
 * @param d     embedding size, padded
 * @param users users of a batch, padded to whole groups of eight
 */
export function planNegatives(at: Addresses, S: number, d: number, users: number): NegativesPlan {
  const blocks = Math.ceil(S / 4);
  // A cache line more than needed: neighbouring blocks then fall into different cache sets.
  const strideD4 = blocks * 64 + 64;
  const strideG4 = users * 16 + 64;
  return {
    S,
    blocks,
    strideD4,
    strideG4,
    N4: at.floats(blocks * 4 * d),
    D4: at.bytes((d / 4) * strideD4),
    G4: at.bytes(blocks * strideG4),
    zeros: at.floats(d),
  };
}

/** Tells an instance of the kernels where they are, and which loss it computes. */
export function configureNegatives(
  kernels: Kernels,
  { S, N4, D4, strideD4, G4, strideG4 }: NegativesPlan,
  { softmax, ihn }: ObjectiveConfig,
): void {
  kernels.setNegatives(S, N4, D4, strideD4, G4, strideG4, ihn?.beta ?? 0, softmax === "full");
}
