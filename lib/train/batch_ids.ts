/** The rows of the table that a batch's loss depends on. */
import type { Batch } from "../data/batch.ts";

/** Ids in the order of histories, targets, negatives. */
export type BatchIds = readonly [history: Int32Array, target: Int32Array, negatives: Int32Array];

/** Those of a batch; the full softmax has the whole catalogue, 1..itemCount, as negatives. */
export function batchIds(
  { history, target, negatives }: Batch,
  wholeCatalogue: Int32Array | null,
): BatchIds {
  return [history, target, wholeCatalogue ?? negatives];
}

/** One after the other. */
export function inOneArray(ids: BatchIds): Int32Array {
  const all = new Int32Array(ids.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of ids) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The rule of the padding row: as in the reference, its look-ups in histories give it no gradient,
 * but its use as a negative does. Sets those gradients to 0.
 *
 * @param gradients [n, d] for each part of the ids
 * @param zeroPadding it is no parameter at all: nothing gives it a gradient
 */
export function withoutPadding(
  ids: BatchIds,
  gradients: readonly Float32Array[],
  d: number,
  zeroPadding = false,
): void {
  ids.slice(0, zeroPadding ? ids.length : 1).forEach((part, p) =>
    part.forEach((id, i) => id === 0 && gradients[p]!.fill(0, i * d, (i + 1) * d))
  );
}
