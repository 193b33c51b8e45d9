import assert from "node:assert/strict";
import { interestRecovery } from "./interest_recovery.ts";

// 4 planted interests of 10 items each: items 1..10 belong to interest 0, 11..20 to 1, ...
const interestOfItem = Uint16Array.from({ length: 41 }, (_, i) => Math.floor((i - 1) / 10));
const items = (interest: number, n: number) =>
  Array.from({ length: n }, (_, i) => interest * 10 + i + 1);

Deno.test("one pure list for each planted interest", () => {
  const lists = [items(2, 5), items(0, 5)];
  const served = [...items(2, 3), ...items(0, 2)];
  const { planted, purity } = interestRecovery([0, 2], interestOfItem, lists, served, 0.2);
  assert.deepEqual(planted, [
    { interest: 0, covered: true, coveredBy: 1, leads: true },
    { interest: 2, covered: true, coveredBy: 1, leads: true },
  ]);
  assert.deepEqual(purity, [1, 1]);
});

Deno.test("identical lists recover one interest, many times", () => {
  const list = [...items(3, 4), ...items(1, 1)];
  const { planted, purity } = interestRecovery([1, 3], interestOfItem, [list, list], list, 0.3);
  assert.deepEqual(planted, [
    { interest: 1, covered: false, coveredBy: 0, leads: false },
    { interest: 3, covered: true, coveredBy: 2, leads: true },
  ]);
  assert.deepEqual(purity, [0.8, 0.8]);
});

Deno.test("covered from the stated share on; padding items do not count", () => {
  const list = [...items(0, 6), ...items(1, 2), 0, 0];
  const { planted, purity } = interestRecovery([1], interestOfItem, [list], list, 0.25);
  assert.deepEqual(planted, [{ interest: 1, covered: true, coveredBy: 1, leads: false }]);
  assert.deepEqual(purity, [0.75]);
});

Deno.test("a list of nothing is not pure and covers nothing", () => {
  const { planted, purity } = interestRecovery([0], interestOfItem, [[0, 0]], [0], 0.1);
  assert.deepEqual(planted, [{ interest: 0, covered: false, coveredBy: 0, leads: false }]);
  assert.deepEqual(purity, [0]);
});
