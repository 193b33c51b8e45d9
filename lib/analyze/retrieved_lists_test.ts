import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { Retriever } from "../engine/retrieval/retriever.ts";
import { retrievedLists, servedList } from "./retrieved_lists.ts";

const [U, K, d, itemCount] = [3, 2, 4, 30];
const random = new Random(6);
const normal = (n: number) => Float32Array.from({ length: n }, () => random.normal());
const table = normal((itemCount + 1) * d);
const interests = normal(U * K * d);

Deno.test("interests together serve what the retriever serves for the user", async () => {
  const retriever = await Retriever.create(table, d);
  const lists = await retrievedLists(retriever, interests, K, 7);
  const { items } = await retriever.topN(interests, U, K, 7);
  assert.equal(lists.length, U);
  lists.forEach((ofUser, u) =>
    assert.deepEqual(servedList(ofUser, 7), [...items.subarray(u * 7, (u + 1) * 7)])
  );
  retriever.dispose();
});

Deno.test("each interest retrieves its own nearest items", async () => {
  const retriever = await Retriever.create(table, d);
  const lists = await retrievedLists(retriever, interests, K, itemCount + 2);
  const score = (u: number, k: number, item: number) =>
    Array.from({ length: d }, (_, i) => interests[(u * K + k) * d + i]! * table[item * d + i]!)
      .reduce((a, b) => a + b);
  const { items } = lists[1]![1]!;
  const best = Array.from({ length: itemCount }, (_, i) => i + 1)
    .sort((a, b) => score(1, 1, b) - score(1, 1, a));
  assert.deepEqual([...items], [...best, 0, 0]);
  retriever.dispose();
});

Deno.test("equal scores are served by item id, and missing items not at all", () => {
  const lists = [
    { items: Uint32Array.of(9, 4, 0), scores: Float32Array.of(2, 1, -Infinity) },
    { items: Uint32Array.of(3, 9, 0), scores: Float32Array.of(2, 1, -Infinity) },
  ];
  assert.deepEqual(servedList(lists, 2), [3, 9]);
  assert.deepEqual(servedList(lists, 10), [3, 9, 4]);
});
