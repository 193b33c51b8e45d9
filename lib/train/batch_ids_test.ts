import assert from "node:assert/strict";
import { type BatchIds, touched, withoutPadding } from "./batch_ids.ts";

const ids: BatchIds = [Int32Array.of(4, 5, 0, 0, 6, 0), Int32Array.of(5, 7), Int32Array.of(0, 4)];

/** Gradients of two numbers a row, 1, 2, 3, ... */
function gradients(): Float32Array[] {
  return ids.map(({ length }) => Float32Array.from({ length: 2 * length }, (_, i) => i + 1));
}

Deno.test("padding of histories has no gradient, as a negative it has", () => {
  const rows = gradients();
  withoutPadding(ids, rows, 2);
  assert.deepEqual([...rows[0]!], [1, 2, 3, 4, 0, 0, 0, 0, 9, 10, 0, 0]);
  assert.deepEqual(rows.slice(1), gradients().slice(1));
  withoutPadding(ids, rows, 2, true);
  assert.deepEqual([...rows[2]!], [0, 0, 3, 4]);
});

Deno.test("of a stretch of padding one row is touched", () => {
  const rows = gradients();
  withoutPadding(ids, rows, 2);
  const found = touched(ids, rows, 2);
  assert.deepEqual([...found.ids], [4, 5, 0, 6, 0, 5, 7, 0, 4]);
  const inOrder = found.gradients.flatMap((part) => [...part]);
  assert.deepEqual(inOrder, [1, 2, 3, 4, 0, 0, 9, 10, 0, 0, 1, 2, 3, 4, 1, 2, 3, 4]);
});
