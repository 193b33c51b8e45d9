/** The rows of the table that a batch's loss depends on. */
import type { Batch } from "../data/batch.ts";

/** Ids in the order of padding (0, once), histories' real positions, targets, negatives. */
export type BatchIds = readonly [
  padding: Int32Array,
  items: Int32Array,
  target: Int32Array,
  negatives: Int32Array,
];

/**
 * Those of a batch; the full softmax has the whole catalogue, 1..itemCount, as negatives.
 *
 * @param slots where each real position lies among those of the histories
 */
export function batchIds(
  { history, target, negatives }: Batch,
  slots: Int32Array,
  wholeCatalogue: Int32Array | null,
): BatchIds {
  const items = slots.map((slot) => history[slot]!);
  return [Int32Array.of(0), items, target, wholeCatalogue ?? negatives];
}

/** One after the other. */
export function inOneArray(ids: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(ids.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of ids) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Sets the gradients [n, d] of item 0 to 0 in every part of the ids. */
export function withoutItemZero(
  ids: BatchIds,
  gradients: readonly Float32Array[],
  d: number,
): void {
  ids.forEach((part, p) =>
    part.forEach((id, i) => {
      if (id === 0) gradients[p]!.fill(0, i * d, (i + 1) * d);
    })
  );
}
