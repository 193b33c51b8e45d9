import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";
import { parsed, parsedTable, rejects } from "../testing/parsed.ts";
import { withTimes } from "../testing/with_times.ts";
import { readCache, writeCache } from "./cache.ts";
import { exportComirec } from "./comirec_format.ts";
import { dayOf } from "./days.ts";
import type { EventLog } from "./events.ts";
import { SPLITS } from "./filter_and_split.ts";
import { fromCsv } from "./from_csv.ts";
import { type Dataset, itemsOf, timesOf, userCount } from "./interactions.ts";
import { readComirecSplit } from "./parse/comirec_split.ts";
import { synthetic } from "./synthetic.ts";

const times = (events: EventLog, repeats: "keep" | "last" = "keep") => {
  const { interactions } = events.sequences(repeats);
  return interactions.times && [...interactions.times];
};

Deno.test("every format keeps its times, in seconds", async () => {
  const reviews = [30, 20].map((t) =>
    JSON.stringify({ reviewerID: "A1", asin: `B${t}`, unixReviewTime: 1_300_000_000 + t })
  );
  assert.deepEqual(times(await parsed("r.json", reviews.join("\n"))), [1300000020, 1300000030]);
  const ratings = "A1,B1,5.0,1300000100\nA1,B2,3.0,1300000050\n";
  assert.deepEqual(times(await parsed("ratings.csv", ratings)), [1300000050, 1300000100]);
  const checkIns = "0\t2010-10-19T23:55:27Z\t1\t2\tx\n0\t2010-10-18T00:00:01Z\t1\t2\ty\n";
  assert.deepEqual(times(await parsed("g.txt", checkIns)), [1287360001, 1287532527]);
  const views = "timestamp,visitorid,event,itemid,transactionid\n" +
    "1433221332117,7,view,1,\n1433221332118,7,addtocart,1,\n1433221331000,7,view,2,\n";
  assert.deepEqual(times(await parsed("events.csv", views)), [1433221331, 1433221332.117]);
  const inter = "user_id:token\titem_id:token\ttimestamp:float\nu\ta\t1300000000.25\nu\tb\t1.2e9\n";
  assert.deepEqual(times(await parsed("x.inter", inter)), [1.2e9, 1300000000.25]);
  const american = "u,i,t\n1,a,02/13/2009 00:00:10\n1,b,02/03/2009 00:00:00\n";
  const [first, second] = [Date.UTC(2009, 1, 3) / 1000, Date.UTC(2009, 1, 13) / 1000 + 10];
  assert.deepEqual(times(await parsedTable(american)), [first, second]);
});

Deno.test("the time of a repeat that counts is its own", async () => {
  const views = ["1300000000,x", "1300000500,y", "1300000900,x"]
    .map((line) => line.split(",")).map(([t, item]) => `${t}000,7,view,${item},\n`);
  const events = await parsed(
    "events.csv",
    "timestamp,visitorid,event,itemid,transactionid\n" + views.join(""),
  );
  assert.deepEqual(times(events, "last"), [1300000500, 1300000900]);
});

Deno.test("numbers that are no dates, and files without times, give none", async () => {
  assert.equal(times(await parsedTable("u,i,t\n1,a,1\n1,b,2\n")), undefined);
  assert.equal(times(await parsed("a.seq.txt", "7 3 7\n9\n")), undefined);
  const order = { user: "u", item: "i", order: "t" };
  assert.equal(times(await parsedTable("u,i,t\n1,a,1300000000\n", order)), undefined);
  assert.equal(synthetic({ users: 300, interests: 10 }).timesHash, undefined);
});

/** A table of items that tell when they were: item n of a user is at 1.3e9 + 1e6 u + 1000 n. */
async function tellingTable(): Promise<Dataset> {
  const random = new Random(3);
  const lines = Array.from({ length: 400 }, (_, n) => {
    const [u, item] = [n % 40, random.below(14)]; // items 10 to 13 are too rare to be kept
    const i = item < 10 ? item : 10 + n;
    return `${u},${i},${1.3e9 + 1e6 * u + 1000 * i + 0.5}\n`;
  });
  return await fromCsv(`u,i,t\n${lines.join("")}`, { user: "u", item: "i", time: "t" });
}

Deno.test("filter and split leave every item its time", async () => {
  const dataset = await tellingTable();
  for (const split of SPLITS) {
    for (let u = 0; u < userCount(dataset[split]); u++) {
      const items = itemsOf(dataset[split], u);
      const seconds = timesOf(dataset[split], u)!;
      assert.equal(seconds.length, items.length);
      const user = Math.floor((seconds[0]! - 1.3e9) / 1e6);
      items.forEach((item, at) => {
        const label = Number(dataset.labels![item]);
        assert.equal(seconds[at], 1.3e9 + 1e6 * user + 1000 * label + 0.5);
      });
    }
  }
});

Deno.test("times survive cache and export, and change no hash but their own", () =>
  inFolder(async (folder) => {
    const { userIds: _, ...dataset } = await tellingTable();
    const origin = { recipe: "r", source: "s", sourceHash: "h", stamp: "t" };
    await writeCache(join(folder, "cache"), dataset, origin);
    assert.deepEqual((await readCache(join(folder, "cache")))!.dataset, dataset);
    await exportComirec(dataset, folder);
    const again = await readComirecSplit("table", folder);
    const of = ({ train, valid, test, hash, timesHash }: Dataset) => ({
      train,
      valid,
      test,
      hash,
      timesHash,
    });
    assert.deepEqual(of(again), of(dataset));
    assert.match(again.report!.notes.join(), /times: seconds since 1970, 2011-/);

    const plain = synthetic({ users: 300, interests: 10 });
    const [one, other] = [withTimes(plain, 1), withTimes(plain, 2)];
    assert.deepEqual([one.hash, other.hash], [plain.hash, plain.hash]);
    assert.equal(one.profilesHash, plain.profilesHash);
    assert.notEqual(one.timesHash, other.timesHash);
    assert.equal(one.timesHash, withTimes(plain, 1).timesHash);
  }));

Deno.test("times that a reader could take for another unit are not exported", () =>
  inFolder(async (folder) => {
    const { timesHash: _, ...plain } = await tellingTable();
    const old = { ...plain.valid, times: plain.valid.times!.map((t) => t - 1.3e9) };
    const [, valid] = await exportComirec({ ...plain, valid: old }, folder);
    assert.match(await Deno.readTextFile(valid!), /^\d+,\d+,0\n/);
  }));

Deno.test("ComiRec's fourth column is the time where every line has one, and it is a date", () =>
  inFolder(async (folder) => {
    const read = async (train: string) => {
      const rest = { train, valid: "1,2,0,1300000100\n", test: "2,3,0,1300000200\n" };
      for (const [part, text] of Object.entries(rest)) {
        await Deno.writeTextFile(join(folder, `x_${part}.txt`), text);
      }
      return await readComirecSplit("x", folder);
    };
    const notes = ({ report }: Dataset) => report!.notes.join();
    const whole = await read("0,2,1,1300000000\n0,1,0,1400000000\n");
    assert.deepEqual([...whole.train.items], [1, 2]); // the index orders, not the time
    assert.deepEqual([...whole.train.times!], [1.4e9, 1.3e9]);
    const gap = await read("0,1,0,1300000000\n0,2,1\n0,3,2,nan\n");
    assert.equal(gap.timesHash, undefined);
    assert.match(notes(gap), /times: left out, because 2 lines have none/);
    await rejects(() => read("0,1,0,1300000000000\n"), /in one unit/);
    await rejects(() => read("0,1,0,soon\n"), /not a number in column 4/);
    for (const part of ["train", "valid", "test"]) {
      await Deno.writeTextFile(join(folder, `x_${part}.txt`), `${part},1,0,5\n`);
    }
    const counter = await readComirecSplit("x", folder);
    assert.equal(counter.timesHash, undefined);
    assert.match(notes(counter), /times: left out, they are no dates/);
  }));

Deno.test("days are rounded as Python rounds, half to even, from the first click on", () => {
  const day = 86_400;
  const days = [0, 0.49, 0.5, 0.51, 1.5, 2.5, 3.5, -0.5, -1.5].map((d) => dayOf(7 + d * day, 7));
  assert.deepEqual(days, [1, 1, 1, 2, 3, 3, 5, 1, -1]);
});
