import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { filterAndSplit, MINIMUM_BEHAVIOURS, SPLITS } from "./filter_and_split.ts";
import { type Interactions, itemsOf, userCount } from "./interactions.ts";

/** Sequences of random length over a skewed catalogue. */
function randomSource(random: Random, users: number, sourceItems: number): Interactions {
  const offsets = [0];
  const items: number[] = [];
  for (let u = 0; u < users; u++) {
    const length = random.below(15);
    for (let i = 0; i < length; i++) items.push(Math.floor(sourceItems * random.uniform() ** 3));
    offsets.push(items.length);
  }
  return { offsets: Uint32Array.from(offsets), items: Uint32Array.from(items) };
}

/** The filter in its plainest form, users in the source's order. */
function plainFilter(source: Interactions) {
  const popularity = new Map<number, number>();
  for (const item of source.items) popularity.set(item, (popularity.get(item) ?? 0) + 1);
  const kept = [...popularity.keys()].filter((item) => popularity.get(item)! >= 5);
  kept.sort((a, b) => popularity.get(b)! - popularity.get(a)! || a - b);
  const number = new Map(kept.map((item, rank) => [item, rank + 1]));
  const sequences = new Map<number, number[]>();
  for (let u = 0; u < userCount(source); u++) {
    const sequence = [...itemsOf(source, u)].flatMap((item) => number.get(item) ?? []);
    if (sequence.length >= 5) sequences.set(u, sequence);
  }
  return { kept, sequences };
}

Deno.test("filter and split agree with the plain definition", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const source = randomSource(new Random(seed), 200 + seed, 150);
    const split = filterAndSplit(source, 150, { by: "users", seed }, "test");
    const { kept, sequences } = plainFilter(source);
    assert.equal(split.itemCount, kept.length);
    assert.deepEqual([...split.sourceOfItem].slice(1), kept);
    const seen = new Set<number>();
    for (const name of SPLITS) {
      split.sourceOfUser[name].forEach((u, index) => {
        assert.ok(!seen.has(u), "a user is in one split only");
        seen.add(u);
        assert.deepEqual([...itemsOf(split[name], index)], sequences.get(u));
      });
    }
    assert.deepEqual([...seen].sort((a, b) => a - b), [...sequences.keys()]);
    assert.equal(userCount(split.train), Math.floor(sequences.size * 0.8));
    assert.equal(
      userCount(split.train) + userCount(split.valid),
      Math.floor(sequences.size * 0.9),
    );
  }
});

Deno.test("what the filter drops adds up", () => {
  const source = randomSource(new Random(3), 300, 400);
  const split = filterAndSplit(source, 400, { by: "users", seed: 1 }, "test");
  const [items, users] = split.drops;
  const behaviours = (why: string) => Number(/\((\d+) in all\)/.exec(why)![1]);
  const kept = SPLITS.reduce((sum, name) => sum + split[name].items.length, 0);
  assert.equal(items!.count, 400 - split.itemCount);
  assert.equal(kept + behaviours(items!.why) + behaviours(users!.why), source.items.length);
});

Deno.test("an item counted over dropped users stays in the catalogue: one pass", () => {
  // item 7 is clicked once by five users that have nothing else
  const lines = [
    ...Array.from({ length: 12 }, () => [0, 1, 2, 3, 4]),
    ...Array.from({ length: MINIMUM_BEHAVIOURS }, () => [7]),
  ];
  const offsets = [0];
  for (const line of lines) offsets.push(offsets.at(-1)! + line.length);
  const source = { offsets: Uint32Array.from(offsets), items: Uint32Array.from(lines.flat()) };
  const split = filterAndSplit(source, 8, { by: "users", seed: 1 }, "test");
  assert.equal(split.itemCount, 6);
  assert.equal(split.sourceOfItem[6], 7);
  assert.equal(SPLITS.some((name) => split[name].items.includes(6)), false);
});

Deno.test("the seed decides the split and nothing else", () => {
  const source = randomSource(new Random(5), 300, 100);
  const [one, same, other] = [1, 1, 2].map((seed) =>
    filterAndSplit(source, 100, { by: "users", seed }, "test")
  );
  assert.deepEqual(one, same);
  assert.notDeepEqual(one!.sourceOfUser.test, other!.sourceOfUser.test);
  assert.deepEqual(one!.sourceOfItem, other!.sourceOfItem);
});

Deno.test("too few users left is an error that says so", () => {
  const source = randomSource(new Random(1), 20, 5000);
  assert.throws(
    () => filterAndSplit(source, 5000, { by: "users", seed: 1 }, "small.csv"),
    (error: Error) =>
      error instanceof BadInput &&
      /small\.csv: too few users: 0 of 20 have .* \(5,000 items, [\d,]+ behaviours\)/
        .test(error.message),
  );
});
