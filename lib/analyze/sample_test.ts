import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { itemsOf, userCount } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { drawSample } from "./sample.ts";

const dataset = synthetic({ users: 300, interests: 10, length: [8, 30], seed: 2 });
const L = 10;

Deno.test("a sample's histories and targets are those of the evaluation", () => {
  const { users, history, length, target } = drawSample(dataset, L, { users: 12, negatives: 5 });
  assert.equal(new Set(users).size, 12);
  users.forEach((user, u) => {
    const items = itemsOf(dataset.valid, user);
    const end = Math.trunc(0.8 * items.length);
    const row = history.subarray(u * L, (u + 1) * L);
    assert.deepEqual([...row.subarray(0, length[u])], [...items.subarray(0, end).slice(-L)]);
    assert.ok(row.subarray(length[u]).every((item) => item === 0));
    assert.equal(target[u], items[end]);
  });
});

Deno.test("a sample is the same every time, and all users where there are fewer", () => {
  const size = { users: 1e4, negatives: 1000 };
  const sample = drawSample(dataset, L, size);
  assert.deepEqual(sample, drawSample(dataset, L, size));
  assert.equal(sample.users.length, userCount(dataset.valid));
});

Deno.test("negatives are items of the catalogue, drawn uniformly", () => {
  const { negatives } = drawSample(dataset, L, { users: 1, negatives: 20_000 });
  assert.ok(negatives.every((item) => item >= 1 && item <= dataset.itemCount));
  const mean = negatives.reduce((a, b) => a + b) / negatives.length;
  assert.ok(Math.abs(mean / ((dataset.itemCount + 1) / 2) - 1) < 0.02);
});

Deno.test("a sample of nothing, or of data without valid users, is refused", () => {
  const size = { users: 5, negatives: 5 };
  const valid = { offsets: new Uint32Array(1), items: new Uint32Array(0) };
  assert.throws(() => drawSample({ ...dataset, valid }, L, size), BadInput);
  assert.throws(() => drawSample(dataset, L, { ...size, users: 0 }), BadInput);
  assert.throws(() => drawSample(dataset, L, { ...size, negatives: 1.5 }), BadInput);
});
