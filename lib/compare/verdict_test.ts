import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { bootstrapIntervals, resampled, signedRank, studentInterval } from "./significance.ts";
import { ALPHA, type PairedVerdict, pairedVerdict } from "./verdict.ts";

const above = { mean: 1, low: 0.5, high: 1.5, z: 3, holm: 0.01 };
const below = { mean: -1, low: -1.5, high: -0.5, z: -3, holm: 0.01 };

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

Deno.test("users' ranks must point the way that the mean does", () => {
  assert.equal(of([1, 1.1, 0.9], { ...above, z: -3 }), "not told apart");
  assert.equal(of([-1, -1.1, -0.9], { ...below, z: 3 }), "not told apart");
  // many lose a little, few gain much: a mean of 0.175, and a W+ below its expectation
  const users = Float64Array.from({ length: 400 }, (_, u) => u < 300 ? -0.1 : 1);
  const [interval] = bootstrapIntervals([users], resampled(users.length, new Random(1, "verdict")));
  const { z, p } = signedRank(users);
  assert.ok(interval!.low > 0 && p < ALPHA);
  assert.equal(of([0.17, 0.175, 0.18], { ...interval!, z, holm: p }), "not told apart");
});
