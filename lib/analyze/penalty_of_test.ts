import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
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

Deno.test("users of other shapes than the first and a d that is no size are refused", async () => {
  const first = [[0.5, 0.5], [1, 0]];
  for (
    const other of [[[0.5, 0.5]], [[0.5, 0.5], [1]], [[0.5, 0.5], [1, 0, 0]], [[1, 0], [1, NaN]]]
  ) {
    await assert.rejects(penaltyOf([first, other], { d: 4 }, "code"), /penaltyOf, routing 2/);
  }
  for (const d of [0, -1, 1.5, NaN]) {
    await assert.rejects(penaltyOf([first], { d }, "code"), BadInput);
  }
});
