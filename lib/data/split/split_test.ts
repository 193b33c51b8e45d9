import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { Random } from "../../base/random.ts";
import { join } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { exportComirec } from "../comirec_format.ts";
import { datasetHash } from "../dataset_hash.ts";
import { fromCsv } from "../from_csv.ts";
import { fromSequences } from "../from_sequences.ts";
import { fromSplit } from "../from_split.ts";
import { type Dataset, itemsOf, itemsOnce, timesOf, userCount } from "../interactions.ts";
import { data } from "../load.ts";
import { countsOf } from "../manifest.ts";
import { synthetic } from "../synthetic.ts";
import { chosenSplit, splitOf, splitText } from "./split.ts";

Deno.test("a split is read from its text, and has one text", () => {
  const same: [string, string][] = [
    ["users", "users:1"],
    ["users:7", "users:7"],
    ["reference", "reference"],
    ["leave-last-out", "leave-last-out"],
    ["time", "time:0.8,0.9"],
    ["time:.5,0.75", "time:0.5,0.75"],
    ["time:2014-06-01,2014-09-01T12:30", "time:2014-06-01,2014-09-01T12:30:00Z"],
  ];
  for (const [text, canonical] of same) {
    assert.equal(splitText(splitOf(text, "x")), canonical);
    assert.equal(splitText(splitOf(canonical, "x")), canonical);
  }
  const wrong: [string, RegExp][] = [
    ["user", /no way to split \(did you mean users\?\)|no way to split.*users/],
    ["users:-1", /the seed of the split is no integer/],
    ["reference:3", /no way to split/],
    ["time:0.9,0.8", /the second cut is not after the first/],
    ["time:0.8,2014-06-01", /not after the first, in the same terms/],
    ["time:0.8", /no two shares/],
    ["time:0,1", /no two shares/],
    ["time:2014-02-30,2014-06-01", /no two shares/],
    ["", /no way to split/],
  ];
  for (const [text, message] of wrong) {
    assert.throws(
      () => splitOf(text, "--split"),
      (error: Error) => error instanceof BadInput && message.test(error.message),
      text,
    );
  }
  assert.equal(chosenSplit("users", "x").split, undefined);
  assert.equal(chosenSplit("users", "x", "reference").split, "users:1");
});

const random = new Random(3);
const SEQUENCES = Array.from(
  { length: 80 },
  () => Array.from({ length: 6 + random.below(10) }, () => random.below(40)),
);

Deno.test("leave-last-out asks for each user's last item, and trains on all but two", async () => {
  const dataset = await fromSequences("shop", SEQUENCES, { split: "leave-last-out" });
  const users = userCount(dataset.test);
  assert.deepEqual(countsOf(dataset), {
    ...countsOf(await fromSequences("shop", SEQUENCES)),
    users,
  });
  for (let u = 0; u < users; u++) {
    const [train, valid, test] = [dataset.train, dataset.valid, dataset.test]
      .map((split) => [...itemsOf(split, u)]);
    assert.deepEqual(test!.slice(0, -1), valid);
    assert.deepEqual(test!.slice(0, -2), train);
    assert.equal(dataset.test.targetsFrom![u], test!.length - 1);
    assert.equal(dataset.valid.targetsFrom![u], valid!.length - 1);
  }
  assert.equal(dataset.split, "leave-last-out");
  const once = [...itemsOnce(dataset)].reduce((sum, { length }) => sum + length, 0);
  assert.equal(once, countsOf(dataset).behaviours);
});

/** A table with times: users begin on different days of 2020, and click every few days. */
function table(): string {
  const lines = ["who,what,when"];
  for (let u = 0; u < 120; u++) {
    let day = random.below(300);
    for (let i = 0; i < 12; i++) {
      const when = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
      lines.push(`u${u},i${random.below(30)},${when}`);
      day += random.below(12);
    }
  }
  return lines.join("\n");
}

const TABLE = table();
const columns = { user: "who", item: "what", time: "when" };

Deno.test("a cut in time trains on what was before it, and asks for what came after", async () => {
  const dataset = await fromCsv(TABLE, { ...columns, split: "time:2020-08-01,2020-10-01" });
  const [first, second] = [Date.UTC(2020, 7) / 1000, Date.UTC(2020, 9) / 1000];
  assert.ok(dataset.train.times!.every((time) => time < first));
  for (
    const [split, start, end] of [["valid", first, second], ["test", second, Infinity]] as const
  ) {
    const of = dataset[split];
    assert.ok(userCount(of) > 10);
    for (let u = 0; u < userCount(of); u++) {
      const from = of.targetsFrom![u]!;
      const times = [...timesOf(of, u)!];
      assert.ok(from >= 1 && from < times.length);
      assert.ok(times.slice(0, from).every((time) => time < start));
      assert.ok(times.slice(from).every((time) => time >= start && time < end));
    }
  }
  const notes = dataset.report!.notes.join("\n");
  assert.match(notes, /trained on what was before 2020-08-01, valid targets from then on, test/);
  assert.match(notes, /\d+ of [\d,]+ test targets are items without a trained behaviour/);
  assert.ok(dataset.report!.drops.some(({ what }) => what === "users of test"));
  const shares = await fromCsv(TABLE, { ...columns, split: "time:0.6,0.8" });
  const { behaviours } = countsOf(shares);
  assert.ok(Math.abs(shares.train.items.length / behaviours - 0.6) < 0.02);
  await assert.rejects(
    () => fromCsv(TABLE, { ...columns, split: "time:2024-01-01,2024-02-01" }),
    /nobody is left in valid, cut at 2024-01-01 and 2024-02-01/,
  );
  await assert.rejects(
    () => fromSequences("shop", SEQUENCES, { split: "time" }),
    /a split by time of data without times/,
  );
});

Deno.test("a split is part of what a data set is, the usual one changes nothing", async () => {
  const splits = ["users", "users:1", "users:2", "reference", "leave-last-out", "time"];
  const sets = await Promise.all(splits.map((split) => fromCsv(TABLE, { ...columns, split })));
  const { hash, split } = await fromCsv(TABLE, columns);
  assert.deepEqual([sets[0]!.hash, sets[1]!.hash, split], [hash, hash, undefined]);
  assert.equal(new Set(sets.map(({ hash }) => hash)).size, 5);
  // the same sequences with targets elsewhere are another data set
  const { test, ...rest } = sets[4]!;
  const moved = { ...rest, test: { ...test, targetsFrom: test.targetsFrom!.map((n) => n - 1) } };
  assert.notEqual(datasetHash(moved), sets[4]!.hash);
  // the registered data as it always was
  const recorded = "b30f0c6b7ed4b6f5201690ce82b57609981fa8e376c4397e8d8254dcb6d2e846";
  assert.equal((await data("synthetic")).hash, recorded);
  assert.notEqual((await data("synthetic", { split: "reference" })).hash, recorded);
});

Deno.test("a user has one profile, whatever the splits share", () => {
  const small = { users: 300, interests: 10, itemsPerInterest: 40 };
  const { train, test } = synthetic({ ...small, split: "leave-last-out" });
  assert.deepEqual(train.profile, test.profile);
});

Deno.test("a split is written as files and read again, and a change in them is told", () =>
  inFolder(async (folder) => {
    for (const split of ["users", "leave-last-out", "time"]) {
      const dataset = await fromCsv(TABLE, { ...columns, name: "shop", split });
      const to = join(folder, split);
      const paths = await exportComirec(dataset, to);
      const again = await fromSplit(to, { name: "shop" });
      const same = (of: Dataset) => [of.hash, of.timesHash, of.labels, countsOf(of)];
      assert.deepEqual(same(again), same(dataset));
      assert.deepEqual(again.test, dataset.test);
      const changed = paths.find((path) => path.endsWith("_test.txt"))!;
      const text = await Deno.readTextFile(changed);
      await Deno.writeTextFile(changed, text.replace(",3,", ",4,"));
      await assert.rejects(() => fromSplit(to), /_test\.txt: changed since the split was written/);
      await Deno.remove(changed);
      await assert.rejects(() => fromSplit(to), /_test\.txt/);
    }
    await assert.rejects(() => fromSplit(join(folder, "none")), /no such folder/);
    await assert.rejects(() => fromSplit(join(folder, "users"), { name: "books" }), /registered/);
  }));

Deno.test("each split of a registered data set has its own cache", () =>
  inFolder(async (folder) => {
    const text = SEQUENCES.map((items) => items.join(" ")).join("\n");
    await Deno.writeTextFile(join(folder, "maerec_books.seq.txt"), text);
    const where = { cache: join(folder, "cache"), downloads: folder, folders: [folder] };
    const load = (split?: string) =>
      data("books-maerec", { split, places: { ...where, downloads: "none" }, say: () => {} });
    const first = [await load(), await load("leave-last-out"), await load("users:2")];
    assert.equal(new Set(first.map(({ hash }) => hash)).size, 3);
    await Deno.remove(join(folder, "maerec_books.seq.txt")); // from the caches now
    const second = [await load("users:1"), await load("leave-last-out"), await load("users:2")];
    assert.deepEqual(second.map(({ hash }) => hash), first.map(({ hash }) => hash));
    assert.deepEqual(second[1]!.test, first[1]!.test);
    assert.deepEqual(second.map(({ split }) => split), [undefined, "leave-last-out", "users:2"]);
    await assert.rejects(() => load("reference"), /not at hand/);
  }));
