import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { listMetrics } from "./one_list.ts";

Deno.test("one list has a user's metrics at its own length", () => {
  const { recall, hr, ndcg } = listMetrics([7, 3, 9, 5], [5, 3, 8]);
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
  assert.deepEqual([recall, hr], [2 / 3, 1]);
  assert.equal(ndcg, (1 / Math.log2(3) + 1 / Math.log2(5)) / ideal);
});

Deno.test("a list of nothing, or nothing to find, is told", () => {
  assert.throws(() => listMetrics([], [1]), BadInput);
  assert.throws(() => listMetrics([1], []), BadInput);
});

Deno.test("an item that is listed twice is told with its place", () => {
  assert.throws(() => listMetrics([5, 2, 5], [5]), /list, place 3: an item is there twice: 5\. /);
});
