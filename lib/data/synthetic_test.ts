import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { SPLITS } from "./filter_and_split.ts";
import { itemLabel, itemsOf, userCount } from "./interactions.ts";
import { countsOf, manifestEntry } from "./manifest.ts";
import { synthetic, type SyntheticOptions } from "./synthetic.ts";
import { drawLeft } from "./synthetic_draws.ts";

const SMALL: SyntheticOptions = { users: 600, interests: 12, itemsPerInterest: 30 };

Deno.test("equal options give equal data, another seed other data", () => {
  assert.deepEqual(synthetic(SMALL), synthetic(SMALL));
  assert.notEqual(synthetic(SMALL).hash, synthetic({ ...SMALL, seed: 2 }).hash);
});

Deno.test("every integer is a seed, and a split of its own", () => {
  const seeds = [0, -1, 1_234_567_890, -(2 ** 31), 2 ** 32 - 1, Number.MIN_SAFE_INTEGER];
  const sets = seeds.map((seed) => synthetic({ ...SMALL, seed }));
  assert.equal(new Set(sets.map(({ hash }) => hash)).size, seeds.length);
  assert.ok(sets.every(({ split }) => split === undefined));
  assert.equal(synthetic({ ...SMALL, seed: -1, split: "users:1" }).split, "users:1");
});

Deno.test("the default has the registered counts", async () => {
  assert.deepEqual(countsOf(synthetic()), (await manifestEntry("synthetic")).counts);
});

Deno.test("without noise, a user's items belong to the user's planted interests", () => {
  const dataset = synthetic({ ...SMALL, noise: 0 });
  const truth = dataset.truth!;
  for (const split of SPLITS) {
    assert.equal(truth.interestsOfUser[split].length, userCount(dataset[split]));
    for (let u = 0; u < userCount(dataset[split]); u++) {
      const own = truth.interestsOfUser[split][u]!;
      assert.ok(own.length >= 2 && own.length <= 4);
      assert.equal(new Set(own).size, own.length);
      for (const item of itemsOf(dataset[split], u)) {
        assert.ok(own.includes(truth.interestOfItem[item]!), `${split} user ${u}, item ${item}`);
      }
    }
  }
});

Deno.test("labels agree with the truth", () => {
  const dataset = synthetic(SMALL);
  for (let item = 1; item <= dataset.itemCount; item++) {
    const [, interest, rank] = /^planted (\d+) \/ item (\d+)$/.exec(itemLabel(dataset, item))!;
    assert.equal(Number(interest), dataset.truth!.interestOfItem[item]);
    assert.ok(Number(rank) >= 1 && Number(rank) <= 30);
  }
  assert.equal(new Set(dataset.labels).size, dataset.itemCount + 1);
});

Deno.test("noise, switching and lengths are what was asked for", () => {
  const dataset = synthetic({ users: 3000, noise: 0.2, stay: 0.9 });
  const { interestOfItem, interestsOfUser } = dataset.truth!;
  let [behaviours, foreign, same, pairs] = [0, 0, 0, 0];
  for (let u = 0; u < userCount(dataset.train); u++) {
    const items = [...itemsOf(dataset.train, u)];
    assert.equal(new Set(items).size, items.length, "items of a user are distinct");
    assert.ok(items.length <= 24);
    const interests = items.map((item) => interestOfItem[item]!);
    const own = interests.map((interest) => interestsOfUser.train[u]!.includes(interest));
    behaviours += items.length;
    foreign += own.filter((is) => !is).length;
    for (let i = 1; i < items.length; i++) {
      if (!own[i - 1] || !own[i]) continue;
      pairs++;
      if (interests[i] === interests[i - 1]) same++;
    }
  }
  // uniform noise falls outside 2-4 of 80 interests nearly always; rejected repeats shift it little
  assert.ok(Math.abs(foreign / behaviours - 0.2) < 0.03, `noise ${foreign / behaviours}`);
  // staying, or switching back to the same: between 0.9 and 1
  assert.ok(same / pairs > 0.88 && same / pairs < 0.98, `stay ${same / pairs}`);
});

Deno.test("popular ranks are popular", () => {
  const dataset = synthetic({ users: 3000, noise: 0 });
  const count = (rank: number) =>
    dataset.train.items.filter((item) => dataset.labels![item]!.endsWith(`/ item ${rank}`)).length;
  assert.ok(count(1) > 2 * count(10) && count(10) > count(50));
});

Deno.test("options that gave data before give the same bits", () => {
  const extremes: [SyntheticOptions, hash: string][] = [
    [{}, "1d3aaada54001ef866df184e99a2089af041721ad52a65ec8099bdcd20b8a794"],
    [
      { noise: 0, itemSkew: 3, interestSkew: 3 },
      "2c2b0465f895d3fb2da9888d3f3136419c2d33611e589a68b606cfc1b98c708c",
    ],
    [
      { noise: 0, stay: 1, length: [5, 20] },
      "82da305dadf1970b3a5fc2af2a03a9ba1000dd2d583aa863c4497271fe3703c4",
    ],
    [
      { noise: 0.01, drift: 3 },
      "966de6b746a5f23e0c998e646a9b2d22b57d22971dbe058c880f0b2779eb4c8f",
    ],
  ];
  for (const [options, hash] of extremes) {
    assert.equal(synthetic({ ...SMALL, ...options }).hash, hash, JSON.stringify(options));
  }
});

Deno.test("options under which most draws repeat an item give distinct ones all the same", () => {
  const near: SyntheticOptions[] = [
    { interestSkew: 10 },
    { noise: 0, itemSkew: 10 },
    { noise: 0, itemSkew: 10, drift: 5 },
    { noise: 1e-9, stay: 1, itemSkew: 10, length: [24, 24] },
    { noise: 0, stay: 1, interestsPerUser: [3, 3], length: [30, 30], itemSkew: 4 }, // all there are
    { noise: 0, stay: 1 - 1e-12, interestsPerUser: [2, 2], length: [30, 30] },
  ];
  for (const options of near) {
    const knobs = { ...SMALL, users: 200, ...options };
    const { train, truth } = synthetic(knobs);
    assert.deepEqual(synthetic(knobs).train, train);
    for (let u = 0; u < userCount(train); u++) {
      const items = itemsOf(train, u);
      const own = truth!.interestsOfUser.train[u]!;
      assert.equal(new Set(items).size, items.length);
      assert.equal(new Set(own).size, own.length);
      if (options.noise !== 0) continue;
      assert.ok(items.every((item) => own.includes(truth!.interestOfItem[item]!)));
    }
  }
});

Deno.test("what is left is drawn with the probabilities that draws have", () => {
  const random = new Random(3);
  const taken = [0, 4]; // of the catalogue 0..9, of which 0..2 and 3..5 are the user's interests
  const choice = {
    own: Uint16Array.of(0, 1),
    chances: Float64Array.of(0.75, 0.25),
    popularity: Float64Array.of(6, 3, 1),
    itemAt: (interest: number, rank: number) => 3 * interest + rank,
    isTaken: (item: number) => taken.includes(item),
    taken: taken.length,
    items: 10,
    noise: 0.2,
  };
  const counts = new Float64Array(10);
  const draws = 40_000;
  for (let n = 0; n < draws; n++) {
    const { item, of } = drawLeft(choice, random);
    assert.ok(of < 0 || of === Math.floor(item / 3));
    counts[item]!++;
  }
  const own = [0, 0.75 * 0.3, 0.75 * 0.1, 0.25 * 0.6, 0, 0.25 * 0.1, 0, 0, 0, 0];
  const chances = own.map((share, item) => taken.includes(item) ? 0 : 0.8 * share + 0.2 / 10);
  const sum = chances.reduce((a, b) => a + b);
  chances.forEach((chance, item) => {
    assert.ok(Math.abs(counts[item]! / draws - chance / sum) < 0.01, `item ${item}`);
  });
});

Deno.test("options are checked one by one", () => {
  const wrong: [SyntheticOptions | Record<string, unknown>, RegExp][] = [
    [{ userz: 3 }, /"userz": unknown/],
    [{ seed: 1.5 }, /"seed": not an integer/],
    [{ seed: 1e300 }, /"seed": not an integer.* 2\^53/],
    [{ seed: "1" }, /"seed": not an integer/],
    [{ interestsPerUser: 3 }, /"interestsPerUser": not a range/],
    [{ length: 20 }, /"length": not a range: 20\. Give \[fewest, most\]/],
    [{ length: [8, 12, 24] }, /"length": not a range/],
    [{ length: null }, /"length": not a range/],
    [{ length: "89" }, /"length": not a range/],
    [{ noise: "0.1" }, /"noise": not a probability/],
    [{ itemSkew: [1] }, /"itemSkew": out of range/],
    [{ users: 0 }, /"users": out of range/],
    [{ interests: 65_537 }, /"interests": out of range/],
    [{ itemsPerInterest: 2.5 }, /"itemsPerInterest": out of range/],
    [{ interestsPerUser: [3, 2] }, /"interestsPerUser": not a range/],
    [{ interestsPerUser: [2, 90] }, /"interestsPerUser": more than there are/],
    [{ length: [0, 4] }, /"length": not a range/],
    [{ length: [8, 51] }, /"length": longer than distinct items allow/],
    [{ stay: 1, noise: 0, length: [8, 51] }, /"length": longer .* Give at most 50\./],
    [
      { stay: 1, noise: 0, interestsPerUser: [4, 4], itemsPerInterest: 10, length: [20, 20] },
      /"length": longer than distinct items allow: \[ 20, 20 \]\. Give at most 10\./,
    ],
    [{ stay: 1.1 }, /"stay": not a probability/],
    [{ noise: NaN }, /"noise": not a probability/],
    [{ itemSkew: -1 }, /"itemSkew": out of range/],
    [{ users: 8 }, /too few users/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(
      () => synthetic(options),
      (error: Error) => error instanceof BadInput && message.test(error.message),
      JSON.stringify(options),
    );
  }
});
