import assert from "node:assert/strict";
import { penaltyOf } from "./penalty_of.ts";

Deno.test("two users of two one-hot rows pay what the scaling says", async () => {
  const [K, d] = [2, 8];
  const routings = [
    [[1, 0, 0, 0], [0, 0, 0, 1]],
    [[1, 0, 0, 0], [1, 0, 0, 0]],
  ]; // [2, K, 4]
  const mean = await penaltyOf(routings, { d }, "batch-mean");
  const code = await penaltyOf(routings, { d }, "code");
  assert.equal(mean, K * 0.75 ** 2);
  assert.equal(code, 2 * K * (0.75 / d) ** 2);
});
