import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { rejects, textFile } from "../testing/parsed.ts";
import { readCache, writeCache } from "./cache.ts";
import { SPLITS } from "./filter_and_split.ts";
import { fromCsv } from "./from_csv.ts";
import { type Dataset, profileOf, userCount } from "./interactions.ts";
import { readMovielensUsers } from "./parse/movielens_users.ts";
import { synthetic } from "./synthetic.ts";

/** Ratings as in ml-1m: every user has an item of its own number, from which it is known again. */
async function ratings(users: number): Promise<string> {
  const random = new Random(5);
  const lines = Array.from({ length: users * 12 }, (_, n) => {
    const u = 1 + n % users;
    return `${u}::${random.below(9)}::5::${978300000 + u * 1000 + n}\n`;
  });
  return await textFile("ratings.dat", lines.join(""));
}

const columns = { user: 1, item: 2, time: 4 };

/** Occupation u % 21, age group u % 7, gender by u % 2. */
const codes = [1, 18, 25, 35, 45, 50, 56];
const listed = (u: number) => `${u}::${u % 2 ? "M" : "F"}::${codes[u % 7]}::${u % 21}::0211${u}\n`;

/** The number of a user of {@linkcode ratings}, from the time of its first click. */
const numberOf = (dataset: Dataset, split: (typeof SPLITS)[number], u: number) =>
  Math.floor((dataset[split].times![dataset[split].offsets[u]!]! - 978300000) / 1000);

Deno.test("MovieLens-1M's users come to their own ratings, whatever the split", async () => {
  const file = await textFile(
    "users.dat",
    Array.from({ length: 90 }, (_, u) => listed(u)).join(""),
  );
  const dataset = await fromCsv(await ratings(60), { ...columns, profiles: file });
  assert.deepEqual(dataset.profiles!.map(({ name, categories }) => [name, categories.length]), [
    ["gender", 2],
    ["age", 7],
    ["occupation", 21],
  ]);
  for (const split of SPLITS) {
    for (let u = 0; u < userCount(dataset[split]); u++) {
      const n = numberOf(dataset, split, u);
      assert.deepEqual([...profileOf(dataset[split], u)!], [n % 2, n % 7, n % 21]);
    }
  }
  const { profilesHash: _hash, profiles: _profiles, ...rest } = dataset;
  const without = await fromCsv(await ratings(60), columns);
  assert.equal(without.hash, rest.hash);
  assert.equal(without.timesHash, rest.timesHash);
});

Deno.test("a user who is not listed is unknown; a list of strangers is refused", async () => {
  const users = Array.from({ length: 50 }, (_, u) => listed(u)).join("");
  const dataset = await fromCsv(await ratings(60), {
    ...columns,
    profiles: await textFile("some.dat", users),
  });
  assert.deepEqual(dataset.profiles!.map(({ categories }) => categories.at(-1)), [
    ..."unknown unknown unknown".split(" "),
  ]);
  let unknown = 0;
  for (const split of SPLITS) {
    for (let u = 0; u < userCount(dataset[split]); u++) {
      const n = numberOf(dataset, split, u);
      const want = n < 50 ? [n % 2, n % 7, n % 21] : [2, 7, 21];
      assert.deepEqual([...profileOf(dataset[split], u)!], want);
      if (n >= 50) unknown++;
    }
  }
  assert.match(dataset.report!.notes.join(), new RegExp(`${unknown} users are not listed there`));
  for (const split of ["users", "leave-last-out"]) { // in the latter they are in all three parts
    const profiles = await textFile("some.dat", users);
    const { report } = await fromCsv(await ratings(60), { ...columns, profiles, split });
    assert.match(report!.notes.join("; "), /; 11 users are not listed there/);
  }
  const others = await textFile("others.dat", "1000::F::1::10::48067\n");
  const file = await ratings(60);
  await rejects(() => fromCsv(file, { ...columns, profiles: others }), /the profile of none/);
});

Deno.test("MovieLens-100K's ages are put into the groups of 1M", async () => {
  const ages = [7, 17, 18, 24, 25, 49, 50, 55, 56, 73];
  const lines = ages.map((age, u) => `${u}|${age}|F|writer|85711\n`);
  const { fields, categories } = await readMovielensUsers(await textFile("u.user", lines.join("")));
  const named = ages.map((_, u) => fields[1]!.categories[categories.get(String(u))![1]!]);
  assert.deepEqual(named, [
    ..."under 18,under 18,18-24,18-24,25-34,45-49,50-55,50-55,56+,56+".split(","),
  ]);
  assert.equal(fields[2]!.categories[categories.get("0")![2]!], "writer");
});

Deno.test("what is wrong in a list of users is said with its line", async () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["1::F::1::10::48067\n2::X::1::10::0\n", /line 2.*"X"|column 2.*line 2/],
    ["1::F::2::10::48067\n", /no such category in column 3/],
    ["1::F::1::21::48067\n", /no such category in column 4/],
    ["1::F::1::10::48067\n1::F::1::10::48067\n", /listed twice in column 1/],
    ["1::F::1::10::48067\n2::F::1::10\n", /not 5 columns/],
    ["1|24|F|astronaut|0\n", /no such category in column 4/],
    ["a,b,c\n", /no list of users that is known/],
  ];
  for (const [text, message] of wrong) {
    const path = await textFile("wrong.dat", text);
    await rejects(() => readMovielensUsers(path), message);
  }
});

Deno.test("profiles survive the cache", () =>
  inFolder(async (folder) => {
    const { truth: _, ...dataset } = synthetic({ users: 300, interests: 10 });
    const origin = { recipe: "r", source: "s", sourceHash: "h", stamp: "t" };
    await writeCache(join(folder, "cache"), dataset, origin);
    assert.deepEqual((await readCache(join(folder, "cache")))!.dataset, dataset);
  }));

Deno.test("synthetic profiles know something about the interests; behaviours stay", () => {
  const options = { users: 3000, interests: 16, itemsPerInterest: 40 };
  const fits = (dataset: Dataset) => {
    const { train, truth } = dataset;
    const counts = [0, 0, 0];
    const own = truth!.interestsOfUser.train;
    own.forEach((interests, u) => {
      const [group, age, region] = profileOf(train, u)!;
      if ([...interests].some((interest) => interest % 8 === group)) counts[0]!++;
      if ([...interests].some((interest) => Math.floor(interest * 5 / 16) === age)) counts[1]!++;
      if (region === interests[0]! % 4) counts[2]!++;
    });
    return counts.map((count) => count / own.length);
  };
  const [usual, sure, noise] = [undefined, 0, 1].map((profileNoise) =>
    synthetic({ ...options, ...(profileNoise !== undefined && { profileNoise }) })
  );
  assert.deepEqual([sure!.hash, noise!.hash], [usual!.hash, usual!.hash]);
  assert.equal(new Set([usual, sure, noise].map((data) => data!.profilesHash)).size, 3);
  assert.deepEqual(fits(sure!).slice(0, 2), [1, 1]);
  const [group, age, region] = fits(usual!);
  const [ofChance, ageOfChance] = fits(noise!);
  // 0.7 and 0.3 of what chance gives
  assert.ok(Math.abs(group! - (0.7 + 0.3 * ofChance!)) < 0.04, String(group));
  assert.ok(Math.abs(age! - (0.7 + 0.3 * ageOfChance!)) < 0.04, String(age));
  assert.ok(Math.abs(region! - 0.25) < 0.04, String(region));
});
