import assert from "node:assert/strict";
import { softmax } from "./softmax.ts";

Deno.test("equal scores share equally, whatever they are multiplied by", () => {
  const { p, logSum } = softmax(new Float64Array(4).fill(3), 2);
  assert.deepEqual([...p], [0.25, 0.25, 0.25, 0.25]);
  assert.ok(Math.abs(logSum - (6 + Math.log(4))) < 1e-12);
});

Deno.test("worked by hand, and far beyond what exp can hold", () => {
  const { p, logSum } = softmax(Float64Array.of(0, Math.log(3)), 1);
  assert.ok(Math.abs(p[1]! - 0.75) < 1e-15 && Math.abs(logSum - Math.log(4)) < 1e-15);
  const far = softmax(Float64Array.of(5000, -5000), 10);
  assert.deepEqual([[...far.p], far.logSum], [[1, 0], 50_000]);
});

Deno.test("multiplied by nothing all are equal, to the bits that the sum gives", () => {
  const x = Float64Array.of(5000, -5000, 0.3, -0, 7, 1e-300, 2);
  const { p, logSum } = softmax(x, 0);
  const tiny = softmax(x, 1e-320);
  assert.deepEqual([p, logSum], [tiny.p, tiny.logSum]);
  assert.equal(p[0], 1 / 7);
});
