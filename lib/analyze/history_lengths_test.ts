import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import type { Interactions } from "../data/interactions.ts";
import { historyLengthShares } from "./history_lengths.ts";

function users(...lengths: number[]): Interactions {
  const offsets = Uint32Array.from([0, ...lengths]);
  lengths.forEach((length, u) => offsets[u + 1] = offsets[u]! + length);
  return { offsets, items: new Uint32Array(offsets.at(-1)!).fill(1) };
}

Deno.test("shares by hand: users count alike, long histories are cut, short users left out", () => {
  // 6 items: targets 4, 5; 8 items: targets 4, 5, 6, 7 with at most 5 before them; 4 items: none
  const shares = historyLengthShares(users(6, 8, 4), 5);
  assert.deepEqual([...shares], [0, 0, 0, 0, (1 / 2 + 1 / 4) / 2, (1 / 2 + 3 / 4) / 2]);
});

Deno.test("shares are those that the sampler draws", () => {
  const train = users(5, 9, 12, 30, 7, 6);
  const [B, L] = [3, 10];
  const sampler = new BatchSampler(train, { B, L, S: 0, itemCount: 1 }, new Random(2));
  const drawn = new Float64Array(L + 1);
  const batches = 20_000;
  for (let i = 0; i < batches; i++) {
    for (const n of sampler.next().length) drawn[n]! += 1 / (B * batches);
  }
  historyLengthShares(train, L).forEach((share, n) =>
    assert.ok(Math.abs(share - drawn[n]!) < 0.01, `${n}: ${share} is not ${drawn[n]}`)
  );
});

Deno.test("no user to train on, or an L that is no size, is told", () => {
  assert.throws(() => historyLengthShares(users(4, 2), 5), /no user with more than 4 items/);
  assert.throws(() => historyLengthShares(users(), 5), BadInput);
  for (const L of [0, 2.5, NaN]) assert.throws(() => historyLengthShares(users(6), L), BadInput);
});
