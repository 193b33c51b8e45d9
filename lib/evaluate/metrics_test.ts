import assert from "node:assert/strict";
import { meanMetrics, userMetrics } from "./metrics.ts";

const log2 = Math.log2;

/** The metrics of one user with this ranking. */
function of(ranked: number[], targets: number[], cutoffs: number[]) {
  return meanMetrics(userMetrics(Uint32Array.from(ranked), ranked.length, () => targets, cutoffs));
}

Deno.test("metrics of a ranking by hand", () => {
  // hits at ranks 2 and 4 of 4, one of the three targets is missed
  const { 4: at4, 2: at2 } = of([7, 3, 9, 5], [5, 3, 8], [2, 4]);
  const dcg4 = 1 / log2(3) + 1 / log2(5);
  assert.equal(at4!.recall, 2 / 3);
  assert.equal(at4!.hr, 1);
  assert.equal(at4!.ndcg, dcg4 / (1 + 1 / log2(3) + 1 / 2));
  assert.equal(at4!.ndcgReference, dcg4 / (1 + 1 / log2(3)));
  assert.equal(at2!.recall, 1 / 3);
  assert.equal(at2!.ndcg, (1 / log2(3)) / (1 + 1 / log2(3)));
  assert.equal(at2!.ndcgReference, 1 / log2(3));
});

Deno.test("a perfect ranking has NDCG 1, also with more targets than places", () => {
  const { 3: at3 } = of([1, 2, 3], [3, 1, 2, 4, 5], [3]);
  assert.equal(at3!.ndcg, 1);
  assert.equal(at3!.ndcgReference, 1);
  assert.equal(at3!.recall, 3 / 5);
});

Deno.test("no hit: all zero, not a division by zero", () => {
  const { 2: at2 } = of([1, 2], [3], [2]);
  assert.deepEqual(at2, { recall: 0, hr: 0, ndcg: 0, ndcgReference: 0 });
});

Deno.test("a target that is there twice counts twice in the recall's denominator only", () => {
  const { 2: at2 } = of([4, 1], [4, 4, 9], [2]);
  assert.equal(at2!.recall, 1 / 3);
  assert.equal(at2!.ndcg, 1 / (1 + 1 / log2(3))); // two distinct targets
});

Deno.test("places without an item are no hits", () => {
  const { 3: at3 } = of([6, 0, 0], [6, 7], [3]);
  assert.equal(at3!.recall, 1 / 2);
});

Deno.test("values of users and their means", () => {
  const targets = [[1], [9], [2, 3]];
  const users = userMetrics(Uint32Array.of(1, 2, 1, 2, 1, 2), 2, (u) => targets[u]!, [1, 2]);
  assert.deepEqual([...users[2]!.recall], [1, 0, 0.5]);
  assert.deepEqual([...users[2]!.hr], [1, 0, 1]);
  assert.deepEqual([...users[1]!.hr], [1, 0, 0]);
  assert.equal(meanMetrics(users)[2]!.recall, 0.5);
  assert.equal(meanMetrics(users)[1]!.hr, 1 / 3);
  assert.equal(meanMetrics(userMetrics(new Uint32Array(0), 2, () => [], [2]))[2]!.hr, 0);
});
