import assert from "node:assert/strict";
import { assertClose } from "./assert_close.ts";

Deno.test("near is absolute, relative to the largest wanted number, or the sum of both", () => {
  assertClose(1.5, 1, { absolute: 0.5 });
  assertClose(105, 100, { relative: 0.05 });
  assertClose([0.5, 10], [0, 10], { relative: 0.05 });
  assertClose(Float32Array.of(0.75, 10), [0, 10], { absolute: 0.25, relative: 0.05 });
  assertClose([NaN, Infinity, 1], [NaN, Infinity, 1], {});
});

Deno.test("what is further off, missing, or not a number is refused by name and place", () => {
  const refused = (of: Parameters<typeof assertClose>, message: RegExp) =>
    assert.throws(() => assertClose(...of), message);
  refused([1.6, 1, { absolute: 0.5 }, "mean"], /^AssertionError.*mean: 1.6 is not 1, to 0.5/);
  refused([[0.6, 10], [0, 10], { relative: 0.05 }], /got at 0: 0.6 is not 0/);
  refused([1, NaN, { absolute: 9 }], /1 is not NaN/);
  refused([NaN, 1, { absolute: 9 }], /NaN is not 1/);
  refused([Infinity, -Infinity, { absolute: 9 }], /is not -Infinity/);
  refused([[1], [1, 2], { absolute: 9 }], /how many/);
  refused([null, 1, { absolute: 9 }], /nothing, not 1/);
});
