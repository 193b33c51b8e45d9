import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import { Random } from "../../base/random.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { interruptedAfter } from "../../testing/interrupted.ts";
import { exportComirec } from "../comirec_format.ts";
import { fromCsv } from "../from_csv.ts";
import { fromSplit } from "../from_split.ts";
import type { Dataset } from "../interactions.ts";

const random = new Random(5);
const TABLE = "who,what,at\n" +
  Array.from({ length: 900 }, (_, n) => `${n % 60},${random.below(20)},${1.3e9 + n}\n`).join("");

const split = (how: string) =>
  fromCsv(TABLE, { user: "who", item: "what", time: "at", name: "shop", split: how });

/** Reads a folder, and asserts that it is a data set. */
async function readsAs(folder: string, dataset: Dataset): Promise<void> {
  const again = await fromSplit(folder, { name: "shop" });
  assert.deepEqual(
    [again.hash, again.timesHash, again.split, again.test.targetsFrom],
    [dataset.hash, dataset.timesHash, dataset.split, dataset.test.targetsFrom],
  );
}

Deno.test("an export into the folder of an earlier one is itself, in every order", async () => {
  const sets = await Promise.all(["users", "leave-last-out", "time"].map(split));
  for (const first of sets) {
    for (const second of sets) {
      await inFolder(async (folder) => {
        await exportComirec(first, folder);
        await exportComirec(second, folder);
        await readsAs(folder, second);
        const targets = join(folder, "shop_targets.txt");
        assert.equal(await exists(targets), second.test.targetsFrom !== undefined);
      });
    }
  }
});

Deno.test("a file that the record does not list is not read", () =>
  inFolder(async (folder) => {
    const dataset = await split("users");
    await exportComirec(dataset, folder);
    await Deno.writeTextFile(join(folder, "shop_targets.txt"), "0,1\n");
    await readsAs(folder, dataset);
  }));

Deno.test("a file that the record does not list is another's: no export touches it", async () => {
  const first = await split("users");
  for (const second of [first, await split("leave-last-out")]) {
    await inFolder(async (folder) => {
      await exportComirec(first, folder);
      const path = join(folder, "shop_targets.txt");
      await Deno.writeTextFile(path, "0,1\n");
      await assert.rejects(
        exportComirec(second, folder),
        /_targets\.txt: already there, and not of/,
      );
      assert.equal(await Deno.readTextFile(path), "0,1\n");
      await readsAs(folder, first);
    });
  }
});

for (const second of ["users", "leave-last-out"]) {
  Deno.test(`an export that was interrupted is done by the next one: ${second}`, async () => {
    const earlier = [null, await split("users"), await split("leave-last-out")];
    const dataset = await split(second);
    for (const first of earlier) {
      let whole = false;
      for (let changes = 0; !whole; changes++) {
        await inFolder(async (folder) => {
          if (first) await exportComirec(first, folder);
          whole = await interruptedAfter(changes, () => exportComirec(dataset, folder));
          const read = await fromSplit(folder, { name: "shop" }).catch(() => undefined);
          const known = [first?.hash, changes > 0 ? dataset.hash : undefined];
          assert.ok(read === undefined || known.includes(read.hash), "a mixture");
          if (whole) await readsAs(folder, dataset);
          await exportComirec(dataset, folder);
          await readsAs(folder, dataset);
          assert.equal(await exists(join(folder, "shop_targets.txt")), second !== "users");
        });
      }
    }
  });
}

Deno.test("what is read has to have the recorded hashes", () =>
  inFolder(async (folder) => {
    await exportComirec(await split("users"), folder);
    const path = join(folder, "shop_split.json");
    const record = JSON.parse(await Deno.readTextFile(path));
    for (const name of ["hash", "timesHash"]) {
      await Deno.writeTextFile(path, JSON.stringify({ ...record, [name]: "0".repeat(64) }));
      await assert.rejects(
        () => fromSplit(folder),
        new RegExp(`_split\\.json: not the data that was written \\(${name} 0{64}\\): .* remove `),
      );
    }
    await fromSplit(folder, { renumber: true }); // other numbers, another hash
    await Deno.remove(path);
    await readsAs(folder, await split("users"));
  }));

Deno.test("what a record says of the split has to be so, as far as the files show it", async () => {
  const by = Object.fromEntries(
    await Promise.all(
      ["users", "users:7", "leave-last-out", "time", "time:0.7,0.8"]
        .map(async (how) => [how, await split(how)] as const),
    ),
  );
  const { users, behaviours } = by["leave-last-out"]!.kept!;
  const wrong: [how: string, said: Record<string, unknown>, message: RegExp][] = [
    ["users", { split: "leave-last-out" }, /not split so: "leave-last-out"/],
    ["users", { split: "time" }, /not split so: "time:0\.8,0\.9"/],
    [
      "users",
      { kept: { users, behaviours } },
      /not what was kept in all: .* no users are in several/,
    ],
    ["leave-last-out", { split: "users:3" }, /not split so: "users:3"/],
    ["leave-last-out", { split: "time" }, /not split so: "time:0\.8,0\.9"/],
    ["leave-last-out", { split: "by luck" }, /no way to split/],
    ["leave-last-out", { kept: { users, behaviours: behaviours + 1 } }, /a part has 60 users, one/],
    ["leave-last-out", { kept: { users: users + 1, behaviours } }, /a part has 60 users, one has/],
    ["leave-last-out", { kept: { users: -1, behaviours } }, /not the record of a split/],
    ["time", { split: "leave-last-out" }, /not split so: "leave-last-out"/],
    ["time", { split: "time:2011-01-01,2012-01-01" }, /not split so: "time:2011-01-01,2012/],
    ["time", { kept: { users: 1, behaviours } }, /not what was kept in all/],
    ["time", { kept: { users, behaviours: 1 } }, /the files are not split so/],
  ];
  for (const [how, dataset] of Object.entries(by)) {
    await inFolder(async (folder) => {
      await exportComirec(dataset, folder);
      await readsAs(folder, dataset);
      assert.deepEqual((await fromSplit(folder, { name: "shop" })).kept, dataset.kept);
      const path = join(folder, "shop_split.json");
      const record = JSON.parse(await Deno.readTextFile(path));
      for (const [of, said, message] of wrong) {
        if (of !== how) continue;
        await Deno.writeTextFile(path, JSON.stringify({ ...record, ...said }));
        await assert.rejects(
          () => fromSplit(folder),
          (error: Error) => error instanceof BadInput && message.test(error.message),
          String(message),
        );
      }
    });
  }
});

Deno.test("a record has the hash of what was written, whatever the data set says of itself", () =>
  inFolder(async (folder) => {
    const dataset = await split("users");
    await exportComirec({ ...dataset, test: dataset.valid }, folder);
    const { hash } = JSON.parse(await Deno.readTextFile(join(folder, "shop_split.json")));
    assert.notEqual(hash, dataset.hash);
    assert.equal((await fromSplit(folder)).hash, hash);
  }));
