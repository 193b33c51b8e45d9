import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { SPLITS } from "./filter_and_split.ts";
import { itemLabel, itemsOf, userCount } from "./interactions.ts";
import { countsOf, manifestEntry } from "./manifest.ts";
import { synthetic, type SyntheticOptions } from "./synthetic.ts";

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
