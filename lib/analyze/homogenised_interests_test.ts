import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { cosine, meanOverPairs, overlap } from "./homogenised_interests.ts";

Deno.test("cosines worked by hand", () => {
  assert.equal(cosine([3, 4], [6, 8]), 1);
  assert.equal(cosine([3, 4], [-3, -4]), -1);
  assert.equal(cosine([1, 0], [0, 5]), 0);
  assert.equal(cosine([3, 4], [4, 3]), 24 / 25);
  assert.equal(cosine([0, 0], [1, 2]), 0);
});

Deno.test("overlap is common items over all items", () => {
  assert.equal(overlap([1, 2, 3], [3, 2, 1]), 1);
  assert.equal(overlap([1, 2], [3, 4]), 0);
  assert.equal(overlap([1, 2, 3], [3, 4, 5]), 1 / 5);
  assert.equal(overlap(Uint32Array.of(7, 0, 0), Uint32Array.of(8, 0, 0)), 0);
});

Deno.test("identical heads are fully homogenised, orthogonal ones not at all", () => {
  const head = Float32Array.of(1, 2, 2);
  assert.equal(meanOverPairs([head, head, head, head], cosine), 1);
  assert.equal(meanOverPairs([[1, 0, 0], [0, 1, 0], [0, 0, 1]], cosine), 0);
});

Deno.test("every pair counts once", () => {
  assert.equal(meanOverPairs([[1, 2], [1, 2], [3, 4]], overlap), 1 / 3);
});

Deno.test("vectors of different lengths, or without a finite length, have no cosine", () => {
  const odd = [[[1, 2], [1]], [[1], [1, 2]], [[], []], [[NaN, 1], [1, 1]], [[0, NaN], [1, 1]]];
  const far = [[[1e100, 0], [1e100, 0]], [[1e-100], [1e-100]], [[Infinity], [1]]];
  for (const [a, b] of [...odd, ...far]) assert.throws(() => cosine(a!, b!), BadInput);
});
