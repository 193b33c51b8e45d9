import assert from "node:assert/strict";
import { strFromU8, strToU8, zipSync } from "fflate";
import { join } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { EventLog } from "../events.ts";
import { formatOf } from "./formats.ts";
import { readTrainAndTest } from "./train_and_test.ts";

/** The items of each user, by the source's ids. */
function itemsByUser(events: EventLog): Record<string, string[]> {
  const { offsets, items } = events.sequences("keep").interactions;
  return Object.fromEntries(Array.from({ length: events.users.size }, (_, u) => [
    events.users.name(u),
    Array.from(items.subarray(offsets[u], offsets[u + 1]), (item) => events.items.name(item)),
  ]));
}

const EXPECTED = { "2": ["7", "8", "9"], "10": ["5", "6", "7"] };

Deno.test("train and test of a folder are one sequence a user, users by number", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "train.txt"), "10 5 6\n2 7 8 \n");
    await Deno.writeTextFile(join(folder, "test.txt"), "2 9\n10 7\n");
    const events = await readTrainAndTest(folder);
    assert.deepEqual(itemsByUser(events), EXPECTED);
    assert.equal(events.items.name(0), "7"); // the first of the first user: 2, not 10
    await Deno.writeTextFile(join(folder, "test.txt"), "2 9\nten 7\n");
    await assert.rejects(() => readTrainAndTest(folder), /test\.txt, line 2: not the number of a/);
    await Deno.writeTextFile(join(folder, "test.txt"), "2 x\n");
    await assert.rejects(() => readTrainAndTest(folder), /not the number of an item in column 2/);
  }));

Deno.test("so are those of RecBole's files in an archive", () =>
  inFolder(async (folder) => {
    const path = join(folder, "set.zip");
    const header = "user_id:token\titem_id:token\n";
    const files = {
      "Data/x/x.user": strToU8("user_id:token\n1\n"),
      "Data/x/x.test.inter": strToU8(`${header}2\t9\n10\t7\n`),
      "Data/x/x.train.inter": strToU8(`${header}10\t5\n10\t6\n2\t7\n2\t8\n`),
    };
    const read = async () => {
      const events = new EventLog();
      await (await formatOf(path, ["recbole-zip"])).read(path, events);
      return itemsByUser(events);
    };
    const whole = zipSync(files);
    await Deno.writeFile(path, whole);
    assert.deepEqual(await read(), EXPECTED);
    const spaced = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, strToU8(`\n${strFromU8(text)}`)]),
    );
    await Deno.writeFile(path, zipSync(spaced));
    assert.deepEqual(await read(), EXPECTED); // a blank first line is no header line
    await Deno.writeFile(path, whole.slice(0, -20));
    await assert.rejects(read, /set\.zip: a damaged zip archive/);
    await Deno.writeFile(path, zipSync({ "a.train.inter": files["Data/x/x.train.inter"] }));
    await assert.rejects(read, /0 files <name>\.test\.inter in the archive/);
  }));
