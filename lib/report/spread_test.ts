import assert from "node:assert/strict";
import { apart, spreadOf } from "./spread.ts";

Deno.test("mean, range and count", () => {
  assert.deepEqual(spreadOf([1, 4, 4]), { mean: 3, least: 1, most: 4, n: 3 });
});

Deno.test("apart are ranges that do not touch, from two seeds on", () => {
  const low = spreadOf([1, 2]);
  assert.ok(apart(low, spreadOf([2.1, 5])) && apart(spreadOf([2.1, 5]), low));
  assert.ok(!apart(low, spreadOf([2, 5])));
  assert.ok(!apart(low, spreadOf([9]))); // one seed knows no spread
});
