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
function inOneArray(ids: readonly Int32Array[]): Int32Array {
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
  ids.slice(0, zeroPadding ? ids.length : 1).forEach((part, p) => {
    for (const [from, to, padding] of runs(part)) {
      if (padding) gradients[p]!.fill(0, from * d, to * d);
    }
  });
}

/** Rows that get gradients, each as often as it does, and the gradients in the same order. */
export interface Touched {
  readonly ids: Int32Array;
  readonly gradients: readonly Float32Array[];
}

/**
 * Those of a batch, whose histories' padding has zeros for gradients: one of each stretch of it is
 * enough.
 */
export function touched(ids: BatchIds, gradients: readonly Float32Array[], d: number): Touched {
  const [history, ...others] = ids, [ofHistory, ...ofOthers] = gradients;
  const parts = [...runs(history)].map(([from, to, padding]) => [from, padding ? from + 1 : to]);
  return {
    ids: inOneArray([...parts.map(([from, to]) => history.subarray(from, to)), ...others]),
    gradients: [
      ...parts.map(([from, to]) => ofHistory!.subarray(from! * d, to! * d)),
      ...ofOthers,
    ],
  };
}

/** Stretches of items, and of padding. */
function* runs(ids: Int32Array): Generator<[from: number, to: number, padding: boolean]> {
  for (let from = 0, to = 0; from < ids.length; from = to) {
    const padding = ids[from] === 0;
    while (to < ids.length && (ids[to] === 0) === padding) to++;
    yield [from, to, padding];
  }
}
