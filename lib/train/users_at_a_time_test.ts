import assert from "node:assert/strict";
import { modelOf, models } from "../model/registry.ts";
import { usersAtATime } from "./users_at_a_time.ts";

function users(model: string, L: number, K: number, d: number): number {
  return usersAtATime(modelOf(model), { B: 128, S: 1280, itemCount: 100, L, K, d });
}

Deno.test("histories of the paper's kind are computed 512 users at a time", () => {
  for (const { name } of models) {
    for (const L of [5, 10, 20, 40]) {
      for (const K of [1, 4, 8]) assert.equal(users(name, L, K, 64), 512, `${name} ${L} ${K}`);
    }
  }
});

Deno.test("the more a user takes, the fewer go at a time, and one at least", () => {
  assert.equal(users("gru4rec", 1000, 1, 128), 104);
  assert.equal(users("comirec-sa", 300, 8, 256), 72);
  assert.equal(users("pimi", 300, 3, 12), 227);
  assert.equal(users("mind", 100_000, 8, 1024), 1);
});
