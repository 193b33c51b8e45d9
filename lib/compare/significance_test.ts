import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { mean, standardDeviation } from "../base/statistics.ts";
import {
  bootstrapIntervals,
  holm,
  resampled,
  signedRank,
  studentInterval,
} from "./significance.ts";

function close(actual: number, expected: number, relative = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, ${expected}`);
}

Deno.test("Wilcoxon's p is scipy's", () => {
  // scipy 1.17.1: stats.wilcoxon(values, method="approx", correction=False).pvalue
  const few = [1.5, -0.5, 2, 2, 0, 0, -1, 3, 4.5, -2, 0.25, 1, 1, -1, 6, 7, 0, 2.5, -3, 0.75];
  close(signedRank(few).p, 0.057760021378806044);
  const many = (power: number, n = 300, zero = 45) =>
    Array.from({ length: n }, (_, i) => ((i ** power * 37) % 101 - zero) / 10);
  close(signedRank(many(1)).p, 0.005628679514084809);
  close(signedRank(many(2)).p, 0.0027413957367968143);
  assert.ok(signedRank(many(1, 3000, 20)).p < 1e-100);
  assert.deepEqual(signedRank([0, 0]), { z: 0, p: 1 });
  assert.deepEqual(signedRank([1, -1]), { z: 0, p: 1 });
});

Deno.test("z is scipy's, and has the direction of the ranks, not of the mean", () => {
  // scipy 1.17.1: stats.wilcoxon(values, method="approx", correction=False).zstatistic
  const values = [...Array<number>(300).fill(-0.1), ...Array<number>(100).fill(1)];
  assert.ok(mean(values) > 0);
  close(signedRank(values).z, -2.3122301005076724);
  close(signedRank(values.map((value) => -value)).z, 2.3122301005076724);
});

Deno.test("Student's interval is scipy's; one value has none", () => {
  // scipy 1.17.1: stats.t.interval(0.95, 2, loc=mean, scale=sem) of 1, 2, 4
  const { low, high } = studentInterval([1, 2, 4]);
  close(low, -1.461249700263426, 1e-4);
  close(high, 6.1279163669300925, 1e-4);
  assert.deepEqual(studentInterval([3]), { mean: 3, low: -Infinity, high: Infinity });
});

Deno.test("Student's interval is scipy's for any number of seeds", () => {
  // scipy 1.17.1: stats.t.ppf(0.975, n - 1)
  const quantiles = {
    ...{ 2: 12.706204736174694, 3: 4.302652729749462, 5: 2.7764451051977934 },
    ...{ 21: 2.085963447265864, 22: 2.0796138447276795, 23: 2.0738730679040254 },
    ...{ 60: 2.000995378088267, 101: 1.9839715185235518, 1000: 1.9623414611334493 },
  };
  for (const [n, quantile] of Object.entries(quantiles)) {
    const values = Array.from({ length: Number(n) }, (_, i) => i);
    const half = quantile * standardDeviation(values) / Math.sqrt(values.length);
    close(studentInterval(values).high - mean(values), half, 3e-5);
  }
});

Deno.test("as many users are drawn again as there are, each as often as the others", () => {
  const U = 50;
  const counts = resampled(U, new Random(4));
  assert.equal(counts.length, 1000 * U);
  for (let start = 0; start < counts.length; start += U) {
    assert.equal(counts.subarray(start, start + U).reduce((sum, count) => sum + count, 0), U);
  }
  for (let u = 0; u < U; u++) {
    let times = 0;
    for (let start = 0; start < counts.length; start += U) times += counts[start + u]!;
    close(times, 1000, 0.15); // its sd is 31
  }
});

Deno.test("the bootstrap's interval is about the normal one, the same for the same seed", () => {
  const random = new Random(2, "significance");
  const values = Float64Array.from({ length: 2000 }, () => random.normal() + 0.1);
  const twice = values.map((value) => 2 * value);
  const [one, two] = bootstrapIntervals([values, twice], resampled(values.length, new Random(1)));
  const error = standardDeviation(values) / Math.sqrt(values.length);
  close(one!.low, mean(values) - 1.96 * error, 0.15);
  close(one!.high, mean(values) + 1.96 * error, 0.05);
  close(two!.low, 2 * one!.low, 1e-9); // the same users are drawn
  assert.deepEqual(bootstrapIntervals([values], resampled(values.length, new Random(1)))[0], one);
  assert.notDeepEqual(
    bootstrapIntervals([values], resampled(values.length, new Random(3)))[0],
    one,
  );
  assert.deepEqual(bootstrapIntervals([], resampled(0, new Random(1))), []);
  assert.throws(() => bootstrapIntervals([values], resampled(5, new Random(1))), RangeError);
});

Deno.test("Holm's adjustment by hand", () => {
  assert.deepEqual(holm([0.25, 0.01, 0.03, 0.04]), [0.25, 0.04, 0.09, 0.09]);
  assert.deepEqual(holm([0.75, 0.5]), [1, 1]);
  assert.deepEqual(holm([]), []);
});
