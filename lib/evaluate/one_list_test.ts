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

Deno.test("each place of a long list is read a few times, not once for each other", () => {
  let reads = 0;
  const ranking = new Proxy(Array.from({ length: 3000 }, (_, item) => item + 1), {
    get(list, name) {
      reads++;
      return Reflect.get(list, name);
    },
  });
  assert.equal(listMetrics(ranking, [3000]).recall, 1);
  assert.ok(reads < 10 * 3000, `${reads} reads`);
});

Deno.test("an item that is listed twice is told with its place", () => {
  assert.throws(() => listMetrics([5, 2, 5], [5]), /list, place 3: an item is there twice: 5\. /);
});

Deno.test("what is no item is told with its place, in the list and among the targets", () => {
  for (const odd of [0, -1, 1.5, NaN, 2 ** 32, "2"] as number[]) {
    assert.throws(() => listMetrics([3, odd], [3]), /list, place 2: not a whole number from 1/);
    assert.throws(() => listMetrics([3], [odd]), /targets, place 1: not a whole number from 1/);
  }
});
