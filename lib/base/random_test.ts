import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { Random } from "./random.ts";
import { mean, standardDeviation } from "./statistics.ts";

const draws = (random: Random) => Array.from({ length: 20 }, () => random.uniform());

Deno.test("equal seeds give equal streams, others give others", () => {
  assert.deepEqual(draws(new Random(7)), draws(new Random(7)));
  assert.notDeepEqual(draws(new Random(7)), draws(new Random(8)));
});

Deno.test("a restored state goes on where it was taken, through JSON", () => {
  const random = new Random(1);
  random.normal();
  const state = JSON.parse(JSON.stringify(random.state()));
  const expected = draws(random);
  const other = new Random(99);
  other.restore(state);
  assert.deepEqual(draws(other), expected);
});

Deno.test("named streams of one seed differ from each other and from another seed's", () => {
  const first = (seed: number, purpose: string) => new Random(seed, purpose).uniform();
  assert.equal(new Set([first(1, "a"), first(1, "b"), first(2, "a"), first(2, "b")]).size, 4);
});

Deno.test("below(n) reaches every number below n about equally often", () => {
  const random = new Random(5);
  const counts = [0, 0, 0, 0, 0];
  for (let i = 0; i < 50_000; i++) counts[random.below(5)]! += 1;
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 400, counts.join());
});

Deno.test("normal() has mean 0 and variance 1", () => {
  const random = new Random(2);
  const values = Array.from({ length: 50_000 }, () => random.normal());
  const [centre, sd] = [mean(values), standardDeviation(values)];
  assert.ok(Math.abs(centre) < 0.02 && Math.abs(sd - 1) < 0.015, `${centre} ${sd}`);
});

Deno.test("distinct(count, n) draws n different numbers, each equally often, ascending", () => {
  const random = new Random(3);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const drawn = random.distinct(6, 3);
    assert.deepEqual(drawn, [...new Set(drawn)].sort((a, b) => a - b));
    assert.equal(drawn.length, 3);
    for (const number of drawn) counts[number]! += 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 400, counts.join());
  assert.deepEqual(random.distinct(4, 4), [0, 1, 2, 3]);
  assert.deepEqual(random.distinct(4, 0), []);
});

Deno.test("what is no seed, no size, or more than there are is refused", () => {
  for (const seed of [undefined, NaN, "1", 0.5, Infinity, null, 2 ** 53] as number[]) {
    assert.throws(() => new Random(seed), /Random, seed: not a whole number/);
  }
  const random = new Random(-1); // seeds may be below 0
  assert.notDeepEqual(draws(random), draws(new Random(1)));
  assert.throws(() => random.distinct(3, 5), /distinct of Random, n: .* from 0 to 3: 5/);
  assert.throws(() => random.distinct(3, -1), BadInput);
  assert.throws(() => random.distinct(2.5, 1), BadInput);
  for (const n of [0, -1, 1.5, NaN]) assert.throws(() => random.below(n), BadInput);
});

Deno.test("a seed's stream is what it has always been", () => {
  const first = [0, 1, -7, 2 ** 53 - 1].map((seed) => new Random(seed, "batches").below(1e9));
  assert.deepEqual(first, [720_719_208, 922_570_331, 413_506_988, 393_883_677]);
});
