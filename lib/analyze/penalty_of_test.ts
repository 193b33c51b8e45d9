import assert from "node:assert/strict";
import { penaltyOf } from "./penalty_of.ts";

Deno.test("two users of two one-hot heads pay what the scaling says", async () => {
  const [K, L, d] = [2, 4, 8];
  const routing = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0); // [2, K, L]
  const mean = await penaltyOf(routing, { K, L, d }, "batch-mean");
  const code = await penaltyOf(routing, { K, L, d }, "code");
  assert.equal(mean, K * 0.75 ** 2);
  assert.equal(code, 2 * K * (0.75 / d) ** 2);
});
