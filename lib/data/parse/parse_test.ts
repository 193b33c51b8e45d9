import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { BadInput } from "../../base/bad_input.ts";
import { join } from "../../base/paths.ts";
import { Random } from "../../base/random.ts";
import { EventLog, type Repeats } from "../events.ts";
import { itemsOf } from "../interactions.ts";
import { readCsv } from "./csv.ts";
import { formatOf, FORMATS } from "./format.ts";
import { eachLine } from "./lines.ts";

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await Deno.writeFile(path, typeof content === "string" ? encoded(content) : content);
  return path;
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Each user's items by id, in order, as "user: item item". */
function asText(events: EventLog, repeats: Repeats = "keep"): string[] {
  const { interactions } = events.sequences(repeats);
  return Array.from({ length: events.users.size }, (_, u) => {
    const items = Array.from(itemsOf(interactions, u), (item) => events.items.name(item));
    return `${events.users.name(u)}: ${items.join(" ")}`;
  });
}

async function read(name: string, content: string): Promise<EventLog> {
  const path = await file(name, content);
  const events = new EventLog();
  await (await formatOf(path, FORMATS.map((format) => format.name))).read(path, events);
  return events;
}

async function rejects(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(run, (error: Error) => {
    assert.ok(error instanceof BadInput, String(error));
    assert.match(error.message, message);
    return true;
  });
}

Deno.test("lines of any length, across chunks, plain and gzip, with CRLF and BOM", async () => {
  const random = new Random(1);
  const lines = Array.from({ length: 300 }, (_, n) => `${n} `.repeat(random.below(9000)));
  for (const end of ["\n", "\r\n"]) {
    const text = "\ufeff" + lines.join(end);
    for (const content of [encoded(text), gzipSync(text)]) {
      const path = await file("lines.txt", content);
      const seen: string[] = [];
      const blank = await eachLine(path, (line) => seen.push(line.text()));
      assert.deepEqual(seen, lines.filter((line) => line !== ""));
      assert.equal(blank, lines.slice(0, -1).filter((line) => line === "").length);
    }
  }
});

Deno.test("a file that is empty, missing, or cut-off gzip", async () => {
  const visit = () => {};
  const packed = gzipSync("some text\n".repeat(10_000));
  const cut = await file("cut.gz", packed.subarray(0, packed.length - 20));
  await rejects(
    () => eachLine(cut, visit),
    /cut\.gz: damaged or cut-off gzip .* Get the file again/,
  );
  const damaged = await file("damaged.gz", packed.map((byte, at) => at === 40 ? byte ^ 255 : byte));
  await rejects(() => eachLine(damaged, visit), /damaged\.gz: damaged or cut-off gzip/);
  const empty = await file("empty.csv", "");
  await rejects(() => eachLine(empty, visit), /empty\.csv: empty file/);
  const blank = await file("blank.csv", "\n\n");
  await rejects(() => eachLine(blank, visit), /blank\.csv: empty file/);
  await rejects(() => eachLine(join(folder, "none.csv"), visit), /none\.csv: no such file/);
  await rejects(() => formatOf(empty, ["sequences"]), /empty file/);
});

Deno.test("sequence files keep their order", async () => {
  const events = await read("a.seq.txt", "7 3 7\n\n9\n3 10 \n");
  assert.deepEqual(asText(events), ["1: 7 3 7", "3: 9", "4: 3 10"]);
  assert.deepEqual(events.drops, [{ count: 1, what: "blank lines", why: "no item" }]);
  await rejects(() => read("b.seq.txt", "1 2\n3  4\n"), /b\.seq\.txt, line 2: missing id/);
});

Deno.test("Amazon reviews", async () => {
  const review = (user: unknown, item: unknown, time: unknown) =>
    JSON.stringify({ reviewerID: user, asin: item, unixReviewTime: time, reviewText: 'a, "b"' });
  const lines = [review("A1", "B9", 30), review("A2", "B9", 5), review("A1", "B7", 10)];
  const events = await read("reviews.json", lines.join("\n"));
  assert.deepEqual(asText(events), ["A1: B7 B9", "A2: B9"]);
  assert.equal(events.sequences("keep").reorderedUsers, 1);
  await rejects(
    () => read("r.json", `${lines[0]}\n{"reviewerID": "A`),
    /r\.json, line 2: not JSON/,
  );
  for (
    const [field, line] of Object.entries({
      reviewerID: review(undefined, "B1", 1),
      asin: review("A1", 17, 1),
      unixReviewTime: review("A1", "B1", "yesterday"),
    })
  ) {
    const message = new RegExp(`r\\.json, line 1: field ${field} is wrong`);
    await rejects(() => read("r.json", line), message);
  }
});

Deno.test("Amazon ratings", async () => {
  const events = await read("ratings.csv", "A1,B9,5.0,30\nA2,B9,1.0,5\nA1,B7,4.0,10\n");
  assert.deepEqual(asText(events), ["A1: B7 B9", "A2: B9"]);
  const first = "A1,B9,5.0,30\n";
  await rejects(() => read("r.csv", first + "A1,B9,5.0\n"), /r\.csv, line 2: not 4 columns/);
  await rejects(() => read("r.csv", first + "A1,B9,five,3\n"), /line 2: not a number in column 3/);
  await rejects(() => read("r.csv", first + "A1,B9,5.0,\n"), /line 2: missing number in column 4/);
  await rejects(() => read("r.csv", first + "A1,,5.0,3\n"), /line 2: missing id in column 2/);
  await rejects(
    () => read("r.csv", "0001713353,A1C6M8LCIX4M6M,5.0,1123804800\n"),
    /line 1: the first column looks like a product/,
  );
});

Deno.test("Gowalla check-ins: the last one at a location counts", async () => {
  const checkIn = (user: number, time: string, location: number) =>
    `${user}\t${time}\t30.2\t-97.7\t${location}\n`;
  const text = checkIn(0, "2010-10-19T23:55:27Z", 22) + checkIn(0, "2010-10-18T22:17:43Z", 42) +
    checkIn(0, "2010-10-17T23:42:03Z", 22) + checkIn(1, "2010-01-01T00:00:00Z", 42);
  const events = await read("checkins.txt", text);
  assert.deepEqual(asText(events), ["0: 22 42 22", "1: 42"]);
  assert.deepEqual(asText(events, "last"), ["0: 42 22", "1: 42"]);
  assert.equal(events.sequences("last").repeated, 1);
  await rejects(() => read("c.txt", text + "1\t2010\n"), /c\.txt, line 5: not 5 columns/);
  await rejects(
    () => read("c.txt", text + checkIn(1, "2010-13-01T00:00:00Z", 3)),
    /c\.txt, line 5: not a date in column 2/,
  );
});

Deno.test("RetailRocket events: views only, the others counted", async () => {
  const header = "timestamp,visitorid,event,itemid,transactionid\n";
  const text = header + "1433221332117,257597,view,355908,\n1433221332000,257597,view,1,\n" +
    "1433221332118,257597,addtocart,355908,\n1433221332119,1,transaction,2,4000\n";
  const events = await read("events.csv", text);
  assert.deepEqual(asText(events), ["257597: 1 355908"]);
  assert.deepEqual(events.drops, [{ count: 2, what: "events", why: "not views" }]);
  await rejects(() => read("e.csv", text + "1,2,look,3,\n"), /line 6: not one of view/);
  await rejects(() => read("e.csv", text + "1,2,view,3\n"), /line 6: 4 columns, but .* has 5/);
  await rejects(
    () => read("e.csv", "visitorid,event,itemid,transactionid\n1,view,2,\n"),
    /line 1: no column "timestamp"/,
  );
});

Deno.test("RecBole .inter: columns by the header, in any order", async () => {
  const text = "item_id:token\trating:float\tuser_id:token\ttimestamp:float\n" +
    "9\t1\tu\t2.5\n7\t1\tu\t-1e1\n";
  assert.deepEqual(asText(await read("a.inter", text)), ["u: 7 9"]);
  await rejects(
    () => read("b.inter", "user_id:token\titem_id:token\n1\t2\n"),
    /b\.inter, line 1: no column "timestamp:float"/,
  );
  await rejects(() => read("b.inter", text + "7\t1\tu\tnever\n"), /line 4: not a number/);
});

Deno.test("tables: separators, quotes, dates, order of the file without times", async () => {
  const table = async (content: string, time?: string) => {
    const path = await file("shop.csv", content);
    const events = new EventLog();
    await readCsv(path, { user: "who", item: "what", ...(time && { time }) }, events);
    return asText(events);
  };
  assert.deepEqual(await table('who,what\na,"x, ""y"""\na,z\n'), ['a: x, "y" z']);
  assert.deepEqual(await table("at;what;who\n2;x;a\n1;y;a\n", "at"), ["a: y x"]);
  const dates =
    "who\twhat\tat\na\tx\t2024-03-31 02:30\na\ty\t2024-03-31T03:00+01:00\na\tz\t2024-03-30\n";
  assert.deepEqual(await table(dates, "at"), ["a: z y x"]);
  await rejects(() => table("who,what\na,b\n", "at"), /line 1: no column "at"/);
  await rejects(() => table("who,what\na,b,c\n"), /line 2: 3 columns/);
  await rejects(
    () => table('who,what\na,"b\n'),
    /line 2: the quoted field in column 2 does not end/,
  );
  await rejects(() => table("who,what,at\na,b,noon\n", "at"), /line 2: not a number in column 3/);
  await rejects(() => table("who\na\n"), /line 1: the header line has one column only/);
});

Deno.test("a file of another format is refused with what was expected", async () => {
  const path = await file("other.txt", "a;b;c\n");
  await rejects(
    () => formatOf(path, ["sequences"]),
    /fits no format .* sequences \(one user a line/,
  );
});

Deno.test("events of equal time stay in the file's order; many ids stay apart", () => {
  const random = new Random(2);
  const events = new EventLog();
  const plain = new Map<string, { item: string; time: number; at: number }[]>();
  for (let at = 0; at < 20_000; at++) {
    const [user, item, time] = [`u${random.below(300)}`, `i${random.below(5000)}`, random.below(9)];
    events.add(events.users.internText(user), events.items.internText(item), time);
    plain.set(user, [...plain.get(user) ?? [], { item, time, at }]);
  }
  const expected = [...plain].map(([user, list]) => {
    list.sort((a, b) => a.time - b.time || a.at - b.at);
    return `${user}: ${list.map((event) => event.item).join(" ")}`;
  });
  assert.deepEqual(asText(events), expected);
});
