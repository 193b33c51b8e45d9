import assert from "node:assert/strict";
import { gatherRows, scoresOf } from "./scores.ts";

Deno.test("scores of gathered rows worked by hand", () => {
  const table = Float32Array.of(9, 9, 9, 9, 1, 2, 3, 4, 0, -1, 0, 1); // [3, 4]
  const rows = gatherRows(table, Int32Array.of(2, 1, 2), 4);
  assert.deepEqual([...rows], [0, -1, 0, 1, 1, 2, 3, 4, 0, -1, 0, 1]);
  assert.deepEqual([...scoresOf([10, 1, 0, 2], rows)], [1, 20, 1]);
});
