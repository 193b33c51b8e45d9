import assert from "node:assert/strict";
import { Means } from "./means.ts";

Deno.test("each measure is averaged over those that have it, to six digits", () => {
  const means = new Means();
  means.add({ "effective-items": 2, "largest-weight": 1 / 3 });
  means.add({ "effective-items": 5 });
  assert.deepEqual(means.rounded(), { "effective-items": 3.5, "largest-weight": 0.333333 });
});
