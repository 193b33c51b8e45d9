import assert from "node:assert/strict";
import { studentInterval } from "./significance.ts";
import { type PairedVerdict, pairedVerdict } from "./verdict.ts";

const above = { mean: 1, low: 0.5, high: 1.5, holm: 0.01 };
const below = { mean: -1, low: -1.5, high: -0.5, holm: 0.01 };

/** The verdict of these differences by seed. */
function of(gains: number[], overUsers: typeof above | null = null): PairedVerdict {
  return pairedVerdict({ gains, overSeeds: studentInterval(gains), overUsers });
}

Deno.test("seeds that agree closely are told apart, from three on", () => {
  assert.equal(of([1, 1.1, 0.9]), "higher");
  assert.equal(of([-1, -1.1, -0.9]), "lower");
  assert.equal(of([1, 1.1]), "too few seeds");
  assert.equal(of([]), "too few seeds");
});

Deno.test("seeds that disagree, or agree in the sign only, are not", () => {
  assert.equal(of([1, 1.1, -0.1]), "not told apart");
  assert.equal(of([0.1, 1, 3]), "not told apart"); // Student's interval is -2.4 to 5.1
  assert.equal(of([1, 1, 0]), "not told apart");
  // the interval is above 0, but one seed of six goes the other way
  assert.ok(studentInterval([-0.1, 2, 2, 2, 2, 2]).low > 0);
  assert.equal(of([-0.1, 2, 2, 2, 2, 2]), "not told apart");
});

Deno.test("users must agree where they were kept", () => {
  assert.equal(of([1, 1.1, 0.9], above), "higher");
  assert.equal(of([-1, -1.1, -0.9], below), "lower");
  assert.equal(of([1, 1.1, 0.9], below), "not told apart");
  assert.equal(of([1, 1.1, 0.9], { ...above, low: -0.1 }), "not told apart");
  assert.equal(of([1, 1.1, 0.9], { ...above, holm: 0.05 }), "not told apart");
  assert.equal(of([1, 1.1], above), "too few seeds");
});
