import assert from "node:assert/strict";
import { interestsAxis, logAxis, logRange, logTicks } from "./axes.ts";

Deno.test("ticks are as few as will do, three or more, whatever is drawn", () => {
  assert.deepEqual(logTicks(logRange([150, 130_000])), [1000, 10_000, 100_000]);
  assert.deepEqual(logTicks(logRange([200, 6000])), [300, 1000, 3000]);
  for (const values of [[4], [10], [5.01, 5.02], [0.3, 0.9], [97, 99], [1e-7, 1e7], [7, 7, 7]]) {
    const range = logRange(values);
    const ticks = logTicks(range);
    assert.ok(ticks.length >= 3 && ticks.length <= 16, `${values}: ${ticks}`);
    for (const value of values) {
      assert.ok(range[0] < Math.log10(value) && Math.log10(value) < range[1]);
    }
  }
});

Deno.test("marked values have their own ticks where they are three, others do not", () => {
  assert.deepEqual(interestsAxis([1, 2, 4]).tickvals, [1, 2, 4]);
  assert.deepEqual(logAxis("S", [10, 1280], { marked: [10, 1280] }).tickvals, [10, 100, 1000]);
});

Deno.test("what is not above 0 has no place on the axis, and nothing at all has a range", () => {
  assert.deepEqual(logRange([0, -1, 1, 100]), logRange([1, 100]));
  assert.deepEqual(logRange([]), [-1, 1]);
});
