import assert from "node:assert/strict";
import { extent, mean, median, quantile, standardDeviation } from "./statistics.ts";

Deno.test("statistics: values worked by hand", () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.equal(standardDeviation([1, 2, 6]), Math.sqrt(7)); // (4 + 1 + 9) / 2
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(quantile([40, 10, 30, 20], 0.25), 17.5);
  assert.deepEqual([quantile([2, 1], 0), quantile([2, 1], 1)], [1, 2]);
  assert.equal(mean(Float64Array.of(1, 2)), 1.5);
});

Deno.test("statistics: what can be gone through only once counts as an array does", () => {
  const once = () => [4, 1, 3, 2].values();
  assert.equal(mean(once()), 2.5);
  assert.equal(standardDeviation(once()), standardDeviation([4, 1, 3, 2]));
  assert.equal(median(once()), 2.5);
  assert.deepEqual(extent(once()), [1, 4]);
  assert.ok(Number.isNaN(mean([1, NaN].values())));
});

Deno.test("statistics: the extent of more values than a call takes as arguments", () => {
  assert.deepEqual(extent(Float64Array.of(3, -1, 2)), [-1, 3]);
  assert.deepEqual(extent(Float64Array.from({ length: 400_000 }, (_, i) => i)), [0, 399_999]);
  assert.deepEqual(extent([1, NaN]), [NaN, NaN]);
});

Deno.test("statistics: no values, one value, and a value that is no number", () => {
  assert.deepEqual(extent([]), [NaN, NaN]);
  for (const statistic of [mean, standardDeviation, median]) {
    assert.ok(Number.isNaN(statistic([])));
    assert.ok(Number.isNaN(statistic([1, NaN, 3])));
  }
  assert.equal(mean([7]), 7);
  assert.ok(Number.isNaN(standardDeviation([7])));
});
