import assert from "node:assert/strict";
import { batchIds, inOneArray, withoutItemZero } from "./batch_ids.ts";

const batch = {
  history: Int32Array.of(4, 5, 0, 8, 0, 0),
  length: Int32Array.of(2, 1),
  target: Int32Array.of(5, 7),
  negatives: Int32Array.of(0, 4),
};

Deno.test("the ids of a batch are padding, real positions, targets and negatives", () => {
  const slots = Int32Array.of(0, 3, 1);
  const ids = batchIds(batch, slots, null);
  assert.deepEqual([...inOneArray(ids)], [0, 4, 8, 5, 5, 7, 0, 4]);
  const all = batchIds(batch, slots, Int32Array.of(1, 2, 3));
  assert.deepEqual([...inOneArray(all)], [0, 4, 8, 5, 5, 7, 1, 2, 3]);
});

Deno.test("item 0 has no gradient where it is no parameter", () => {
  const ids = batchIds(batch, Int32Array.of(0, 3, 1), null);
  const rows = ids.map(({ length }) => Float32Array.from({ length: 2 * length }, (_, i) => i + 1));
  withoutItemZero(ids, rows, 2);
  assert.deepEqual(rows.map((part) => [...part]), [[0, 0], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4], [
    0,
    0,
    3,
    4,
  ]]);
});
