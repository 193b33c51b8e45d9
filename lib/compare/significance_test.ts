import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { mean, standardDeviation } from "../base/statistics.ts";
import { bootstrapIntervals, holm, signedRankP, studentInterval } from "./significance.ts";

function close(actual: number, expected: number, relative = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, ${expected}`);
}

Deno.test("Wilcoxon's p is scipy's", () => {
  // scipy 1.17.1: stats.wilcoxon(values, method="approx", correction=False).pvalue
  const few = [1.5, -0.5, 2, 2, 0, 0, -1, 3, 4.5, -2, 0.25, 1, 1, -1, 6, 7, 0, 2.5, -3, 0.75];
  close(signedRankP(few), 0.057760021378806044);
  const many = (power: number, n = 300, zero = 45) =>
    Array.from({ length: n }, (_, i) => ((i ** power * 37) % 101 - zero) / 10);
  close(signedRankP(many(1)), 0.005628679514084809);
  close(signedRankP(many(2)), 0.0027413957367968143);
  assert.ok(signedRankP(many(1, 3000, 20)) < 1e-100);
  assert.equal(signedRankP([0, 0]), 1);
  assert.equal(signedRankP([1, -1]), 1);
});

Deno.test("Student's interval is scipy's; one value has none", () => {
  // scipy 1.17.1: stats.t.interval(0.95, 2, loc=mean, scale=sem) of 1, 2, 4
  const { low, high } = studentInterval([1, 2, 4]);
  close(low, -1.461249700263426, 1e-4);
  close(high, 6.1279163669300925, 1e-4);
  assert.deepEqual(studentInterval([3]), { mean: 3, low: -Infinity, high: Infinity });
});

Deno.test("the bootstrap's interval is about the normal one, the same for the same seed", () => {
  const random = new Random(2, "significance");
  const values = Float64Array.from({ length: 2000 }, () => random.normal() + 0.1);
  const twice = values.map((value) => 2 * value);
  const [one, two] = bootstrapIntervals([values, twice], new Random(1));
  const error = standardDeviation(values) / Math.sqrt(values.length);
  close(one!.low, mean(values) - 1.96 * error, 0.15);
  close(one!.high, mean(values) + 1.96 * error, 0.05);
  close(two!.low, 2 * one!.low, 1e-9); // the same users are drawn
  assert.deepEqual(bootstrapIntervals([values], new Random(1))[0], one);
  assert.notDeepEqual(bootstrapIntervals([values], new Random(3))[0], one);
  assert.deepEqual(bootstrapIntervals([], new Random(1)), []);
});

Deno.test("Holm's adjustment by hand", () => {
  assert.deepEqual(holm([0.25, 0.01, 0.03, 0.04]), [0.25, 0.04, 0.09, 0.09]);
  assert.deepEqual(holm([0.75, 0.5]), [1, 1]);
  assert.deepEqual(holm([]), []);
});
