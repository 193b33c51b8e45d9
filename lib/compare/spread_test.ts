import assert from "node:assert/strict";
import { rangeInWords, seedsInWords, spreadOf } from "./spread.ts";

Deno.test("mean, range and count", () => {
  assert.deepEqual(spreadOf([1, 4, 4]), { mean: 3, least: 1, most: 4, n: 3 });
});

Deno.test("a range in words has its ends from two seeds on", () => {
  const inPercent = (value: number) => `${value.toFixed(1)} %`;
  assert.equal(rangeInWords(spreadOf([1, 4, 4]), inPercent), "3.0 % (1.0 % to 4.0 %)");
  assert.equal(rangeInWords(spreadOf([4]), inPercent), "4.0 %");
});

Deno.test("numbers of seeds in words: one, several, or from the fewest to the most", () => {
  assert.equal(seedsInWords([1, 1]), "1 seed");
  assert.equal(seedsInWords([3, 3]), "3 seeds");
  assert.equal(seedsInWords([3, 1, 2]), "1–3 seeds");
});
