import assert from "node:assert/strict";
import type { Interactions } from "../data/interactions.ts";
import { evaluationCases } from "./cases.ts";

/** Users with the given numbers of items, numbered through: user 0 has 1, 2, ... */
function usersWith(...counts: number[]): Interactions {
  const offsets = new Uint32Array(counts.length + 1);
  counts.forEach((count, u) => offsets[u + 1] = offsets[u]! + count);
  return { offsets, items: Uint32Array.from({ length: offsets.at(-1)! }, (_, i) => i + 1) };
}

Deno.test("the first 80 % of a user's items are the history, the rest the targets", () => {
  const cases = evaluationCases(usersWith(5, 7, 10), 4);
  assert.equal(cases.count, 3);
  assert.deepEqual([...cases.seen(0)], [1, 2, 3, 4]);
  assert.deepEqual([...cases.targets(0)], [5]);
  assert.deepEqual([...cases.seen(1)], [6, 7, 8, 9, 10]); // int(5.6)
  assert.deepEqual([...cases.targets(1)], [11, 12]);
  assert.deepEqual([...cases.targets(2)], [21, 22]);
});

Deno.test("a model sees the last L items of a history, padded on the right", () => {
  const cases = evaluationCases(usersWith(4, 10), 5);
  assert.deepEqual([...cases.history], [1, 2, 3, 0, 0, 8, 9, 10, 11, 12]);
  assert.deepEqual([...cases.length], [3, 5]);
  const second = cases.histories(1, 2);
  assert.deepEqual([...second.history], [8, 9, 10, 11, 12]);
  assert.deepEqual([...second.length], [5]);
});

Deno.test("days and profiles are those of the last L items, counted from the user's first", () => {
  const split = usersWith(4, 1, 10);
  const times = Float64Array.from(split.items, (item) => 1e9 + item * 86_400 * 3);
  const profile = Int32Array.from([7, 0, 5, 1, 6, 2]);
  const cases = evaluationCases({ ...split, times, profile }, 5);
  assert.deepEqual([...cases.history], [1, 2, 3, 0, 0, 9, 10, 11, 12, 13]);
  assert.deepEqual([...cases.days!], [1, 4, 7, 0, 0, 10, 13, 16, 19, 22]);
  assert.deepEqual([...cases.profile!], [7, 0, 6, 2]);
  const second = cases.histories(1, 2);
  assert.deepEqual([...second.days!], [10, 13, 16, 19, 22]);
  assert.deepEqual([...second.profile!], [6, 2]);
  assert.equal("days" in evaluationCases(split, 5).histories(0, 1), false);
});

Deno.test("users without a history or a target are dropped and reported", () => {
  const cases = evaluationCases(usersWith(0, 6, 1, 2), 3);
  assert.deepEqual([...cases.users], [1, 3]);
  assert.deepEqual([...cases.dropped], [0, 2]);
  assert.deepEqual([...cases.seen(1)], [8]);
  assert.deepEqual([...cases.targets(1)], [9]);
});

Deno.test("a user who is not there is refused with those that are", () => {
  const cases = evaluationCases(usersWith(5, 7), 4);
  for (const user of [-1, 2, 0.5]) {
    assert.throws(() => cases.seen(user), /no such evaluated user: .*from 0 to 1/);
    assert.throws(() => cases.targets(user), /no such evaluated user/);
  }
});

Deno.test("80 % is taken as the reference takes it, for every length", () => {
  const lengths = Array.from({ length: 200 }, (_, i) => i + 2);
  const cases = evaluationCases(usersWith(...lengths), 1);
  // int(n * 0.8) in binary floating point equals the exact 4n/5 rounded down for these lengths
  lengths.forEach((n, u) => assert.equal(cases.seen(u).length, Math.floor(4 * n / 5)));
});

Deno.test("a sample of users: in order, by seed, for every L, none of the dropped", () => {
  const lengths = Array.from({ length: 400 }, (_, u) => u % 5); // 0 and 1 cannot be evaluated
  const split = usersWith(...lengths);
  const all = evaluationCases(split, 3);
  const drawn = evaluationCases(split, 3, { users: 50, seed: 7 });
  assert.equal(drawn.count, 50);
  assert.deepEqual(drawn.dropped, all.dropped);
  assert.deepEqual([...drawn.users], [...new Set(drawn.users)].sort((a, b) => a - b));
  drawn.users.forEach((user, u) => {
    const there = all.users.indexOf(user);
    assert.deepEqual(drawn.targets(u), all.targets(there));
    assert.deepEqual(drawn.histories(u, u + 1), all.histories(there, there + 1));
  });
  assert.deepEqual(evaluationCases(split, 9, { users: 50, seed: 7 }).users, drawn.users);
  assert.notDeepEqual(evaluationCases(split, 3, { users: 50, seed: 8 }).users, drawn.users);
  assert.deepEqual(evaluationCases(split, 3, { users: 240, seed: 7 }).users, all.users);
  assert.deepEqual(evaluationCases(split, 3, { users: 1000, seed: 7 }).users, all.users);
});
