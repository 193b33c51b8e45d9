import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { type Dataset, type Interactions, itemsOf, userCount } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { BeyondAccuracy } from "./beyond_accuracy.ts";
import { evaluationCases } from "./cases.ts";
import { Evaluator } from "./evaluate.ts";
import { servedBy } from "./served.ts";

function sequences(...users: readonly (readonly number[])[]): Interactions {
  const offsets = new Uint32Array(users.length + 1);
  users.forEach((items, u) => offsets[u + 1] = offsets[u]! + items.length);
  return { offsets, items: Uint32Array.from(users.flat()) };
}

const none = sequences();
// item 1 occurs three times with two users, 2 twice, 3 once, 4 never
const dataset: Dataset = {
  name: "made up",
  itemCount: 4,
  train: sequences([1, 1, 2], [1, 2], [3]),
  valid: none,
  test: none,
  hash: "",
};
const table = Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1, 2, 0); // [5, 2]

/** What lists of two items are like, of users with two interests each. */
function like(items: number[], interests: number[]) {
  const beyond = new BeyondAccuracy(dataset, [1, 2]);
  const answers = { first: 0, K: 2, interests: Float32Array.from(interests) };
  beyond.add({ ...answers, items: Uint32Array.from(items) }, table, 2);
  return beyond.means();
}

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-5, `${actual}, not ${expected}`);
}

Deno.test("coverage, popularity and diversity by hand", () => {
  const { 1: first, 2: both } = like([1, 2, 1, 3], [1, 0, 0, 1, 1, 0, 0, 1]);
  assert.equal(first!.coverage, 1 / 4);
  assert.equal(both!.coverage, 3 / 4);
  // percentiles: 4 never 0.125, 3 once 0.375, 2 twice 0.625, 1 three times 0.875
  assert.equal(first!.popularity, 0.875);
  assert.equal(both!.popularity, (0.875 + 0.625 + 0.875 + 0.375) / 4);
  close(both!.logPopularity, (2 * Math.log(4) + Math.log(3) + Math.log(2)) / 4);
  // 1 and 2 have the same two users, 1 and 3 have none in common
  close(both!.diversity, 1 / 2);
  assert.equal(first!.diversity, 0); // of one item there is no pair
});

Deno.test("an item that nobody has is like no other, and missing items are left out", () => {
  assert.equal(like([1, 4], [1, 0, 0, 1])[2]!.diversity, 1);
  const { 2: at2 } = like([1, 0], [1, 0, 0, 1]);
  assert.deepEqual([at2!.coverage, at2!.popularity], [1 / 4, 0.875]);
});

Deno.test("an item is brought by the interest nearest to it, the first of equal ones", () => {
  const { 1: first, 2: both } = like([1, 2], [1, 0, 0, 1]); // one each
  assert.deepEqual([first!.leadingShare, first!.servingInterests], [1, 1]);
  assert.deepEqual([both!.leadingShare, both!.servingInterests], [0.5, 2]);
  const { 2: same } = like([1, 2], [1, 1, 1, 1]);
  assert.deepEqual([same!.leadingShare, same!.servingInterests], [1, 1]);
});

Deno.test("what is served to the test users: hits, lists, metrics without seen items", async () => {
  const data = synthetic({ users: 300, interests: 10, itemsPerInterest: 40 });
  const [d, K, L, N] = [4, 2, 5, 50];
  const random = new Random(3, "beyond accuracy");
  const values = Float32Array.from({ length: (data.itemCount + 1) * d }, () => random.normal());
  const engine = {
    interests: ({ length }: { readonly length: Int32Array }) => {
      const of = new Random(4, "interests");
      const interests = Float32Array.from({ length: length.length * K * d }, () => of.normal());
      return Promise.resolve({ K, interests, routing: null });
    },
  };
  const { hits, lists, unseen } = await servedBy(engine, { table: values }, data, L);
  const evaluator = await Evaluator.create(data, L);
  const ranked = await evaluator.ranking(engine, { table: values }, "test");
  const cases = evaluationCases(data.test, L);
  assert.deepEqual(hits.users, cases.users);
  hits.ranks.forEach((ranks, u) => {
    const targets = new Set(cases.targets(u));
    const list = ranked.subarray(u * N, (u + 1) * N);
    const places = [...list].flatMap((item, r) => targets.has(item) ? [r + 1] : []);
    assert.deepEqual([...Array.from(ranks)], places);
  });
  const excluding = await Evaluator.create(data, L, { excludeSeen: true });
  assert.deepEqual(unseen, await excluding.metrics(engine, { table: values }, "test"));

  // diversity and popularity once more, as their equations are written
  const having = Array.from({ length: data.itemCount + 1 }, () => new Set<number>());
  for (let u = 0; u < userCount(data.train); u++) {
    for (const item of itemsOf(data.train, u)) having[item]!.add(u);
  }
  const counts = having.map((_, i) => data.train.items.filter((item) => item === i).length);
  let [unlike, percentiles] = [0, 0];
  for (let u = 0; u < cases.count; u++) {
    const list = [...ranked.subarray(u * N, u * N + 20)];
    let alike = 0;
    list.forEach((i, at) =>
      list.slice(at + 1).forEach((j) => {
        const [a, b] = [having[i]!, having[j]!];
        if (a.size * b.size > 0) alike += a.intersection(b).size / Math.sqrt(a.size * b.size);
      })
    );
    unlike += 1 - alike / 190;
    for (const i of list) {
      const others = counts.slice(1);
      const [less, equal] = [
        others.filter((count) => count < counts[i]!).length,
        others.filter((count) => count === counts[i]!).length,
      ];
      percentiles += (less + equal / 2) / others.length / 20;
    }
  }
  close(lists[20]!.diversity, unlike / cases.count);
  close(lists[20]!.popularity, percentiles / cases.count);
  const covered = new Set(
    Array.from({ length: cases.count }, (_, u) => [...ranked.subarray(u * N, u * N + 20)]).flat(),
  );
  close(lists[20]!.coverage, covered.size / data.itemCount);
});
