import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { Random } from "../../base/random.ts";
import { parsed, rejects, textFile, userLines } from "../../testing/parsed.ts";
import { EventLog } from "../events.ts";
import { eachLine } from "./lines.ts";
import { formatOf } from "./formats.ts";

const encoded = (text: string) => new TextEncoder().encode(text);

Deno.test("lines of any length, across chunks, plain and gzip, with CRLF and BOM", async () => {
  const random = new Random(1);
  const lines = Array.from({ length: 300 }, (_, n) => `${n} `.repeat(random.below(9000)));
  for (const end of ["\n", "\r\n"]) {
    const text = "\ufeff" + lines.join(end);
    for (const content of [encoded(text), gzipSync(text)]) {
      const path = await textFile("lines.txt", content);
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
  const cut = await textFile("cut.gz", packed.subarray(0, packed.length - 20));
  await rejects(
    () => eachLine(cut, visit),
    /cut\.gz: damaged or cut-off gzip .* Get the file again/,
  );
  const damaged = await textFile(
    "damaged.gz",
    packed.map((byte, at) => at === 40 ? byte ^ 255 : byte),
  );
  await rejects(() => eachLine(damaged, visit), /damaged\.gz: damaged or cut-off gzip/);
  const empty = await textFile("empty.csv", "");
  await rejects(() => eachLine(empty, visit), /empty\.csv: empty file/);
  const blank = await textFile("blank.csv", "\n\n");
  await rejects(() => eachLine(blank, visit), /blank\.csv: empty file/);
  await rejects(() => eachLine("none.csv", visit), /none\.csv: cannot be read: no such file/);
  await rejects(() => formatOf(empty, ["sequences"]), /empty file/);
  await rejects(() => eachLine(".", visit), /a folder, where a file is needed/);
});

Deno.test("sequence files keep their order", async () => {
  const events = await parsed("a.seq.txt", "7 3 7\n\n9\n3 10 \n");
  assert.deepEqual(userLines(events), ["1: 7 3 7", "3: 9", "4: 3 10"]);
  assert.deepEqual(events.drops, [{ count: 1, what: "blank lines", why: "no item" }]);
  await rejects(() => parsed("b.seq.txt", "1 2\n3  4\n"), /b\.seq\.txt, line 2: missing id/);
});

Deno.test("Amazon reviews", async () => {
  const review = (user: unknown, item: unknown, time: unknown) =>
    JSON.stringify({ reviewerID: user, asin: item, unixReviewTime: time, reviewText: 'a, "b"' });
  const lines = [review("A1", "B9", 30), review("A2", "B9", 5), review("A1", "B7", 10)];
  const events = await parsed("reviews.json", lines.join("\n"));
  assert.deepEqual(userLines(events), ["A1: B7 B9", "A2: B9"]);
  assert.equal(events.sequences("keep").reorderedUsers, 1);
  await rejects(
    () => parsed("r.json", `${lines[0]}\n{"reviewerID": "A`),
    /r\.json, line 2: neither JSON nor a dictionary of Python/,
  );
  const wrong: [string, RegExp][] = [
    ['{"asin": "B1", "unixReviewTime": 1}', /line 1: no field reviewerID: "asin, unixReviewTime"/],
    [review("A1", 1.5, 1), /line 1: field asin is no id: "1\.5"/],
    [review("A1", ["B1"], 1), /line 1: field asin is no id/],
    [review("A1", "B1", "yesterday"), /line 1: not a time in field unixReviewTime: "yesterday"/],
    ["[1, 2]", /line 1: .* looks like JSON/],
  ];
  for (const [line, message] of wrong) await rejects(() => parsed("r.json", line), message);
});

Deno.test("lists in lists without end are refused as any damaged line", async () => {
  const first = '{"reviewerID": "A1", "asin": "B9", "unixReviewTime": 30}\n';
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  const field = (name: string, value: string) => `{"${name}": ${value}, ${first.slice(1)}`;
  const lines: [line: string, message: RegExp][] = [
    ["[".repeat(20_000), /line 2: neither JSON nor a dictionary of Python/],
    ["{'a':".repeat(20_000), /line 2: neither JSON nor a dictionary of Python/],
    [`{'a': ${nested(20_000)}}`, /line 2: neither JSON nor a dictionary of Python/],
    [field("text", nested(20_000)), /line 2: lists or objects in one another, more than 500/],
    [field("text", `[1.23456789012345678, ${nested(20_000)}]`), /line 2: /],
  ];
  for (const [line, message] of lines) await rejects(() => parsed("r.json", first + line), message);
  const fine = field("reviewText", nested(400)) + field("helpful", "[1, [2]]");
  assert.deepEqual(userLines(await parsed("r.json", first + fine)), ["A1: B9 B9 B9"]);
});

Deno.test("Amazon ratings", async () => {
  const events = await parsed("ratings.csv", "A1,B9,5.0,30\nA2,B9,1.0,5\nA1,B7,4.0,10\n");
  assert.deepEqual(userLines(events), ["A1: B7 B9", "A2: B9"]);
  const first = "A1,B9,5.0,30\n";
  await rejects(() => parsed("r.csv", first + "A1,B9,5.0\n"), /r\.csv, line 2: not 4 columns/);
  await rejects(
    () => parsed("r.csv", first + "A1,B9,five,3\n"),
    /line 2: not a number in column 3/,
  );
  const gaps = await parsed("r.csv", `${first}A1,B9,5.0,\nA1,,5.0,3\nnull,B9,5.0,3\n`);
  assert.deepEqual(userLines(gaps), ["A1: B9"]);
  assert.deepEqual(gaps.allDrops().map(({ count, why }) => [count, why.slice(0, 7)]), [
    [1, "no user"],
    [1, "no item"],
    [1, "no time"],
  ]);
});

Deno.test("Amazon ratings of 2018 list the item first, those of 2023 have names", async () => {
  const [user, other] = ["A1C6M8LCIX4M6M", "A2SUAM1J3GNN3B"];
  const of2018 = `0001713353,${user},5.0,1123804800\nB000000001,${other},5.0,1112140800\n`;
  assert.deepEqual(userLines(await parsed("r.csv", of2018)), [
    `${user}: 0001713353`,
    `${other}: B000000001`,
  ]);
  const of2014 = `${user},0001713353,5.0,1123804800\n`;
  await rejects(
    () => parsed("r.csv", of2018 + of2014.repeat(1)),
    /r\.csv, line 3: user and item the other way round/,
  );
  const of2023 = "user_id,parent_asin,rating,timestamp\nAEY,B09,4.0,1592678549731\n" +
    "AEY,B07,4.0,1592678549730\n";
  assert.deepEqual(userLines(await parsed("r.csv", of2023)), ["AEY: B07 B09"]);
});

Deno.test("Amazon reviews of 2023, and of the oldest files, as Python prints them", async () => {
  const of2023 = (item: string, time: number) =>
    JSON.stringify({ rating: 5, asin: "X", parent_asin: item, user_id: "AEY", timestamp: time });
  const recent = await parsed("r.jsonl", [of2023("B1", 2e12), of2023("B0", 1e12)].join("\n"));
  assert.deepEqual(userLines(recent), ["AEY: B0 B1"]);
  const old = `{'reviewerID': 'A1', 'asin': '0001', 'helpful': [0, 1], 'verified': True, ` +
    `'reviewText': "it's \\u00e9 \\'so\\'", 'style': None, u'reviewTime': u'06 3, 2014'}\n` +
    `{"reviewerID": "A1", "asin": "0002", "reviewTime": "12 31, 2013"}\n`;
  const dictionaries = await parsed("reviews.json", old);
  assert.deepEqual(userLines(dictionaries), ["A1: 0002 0001"]);
});

Deno.test("Gowalla check-ins: the last one at a location counts", async () => {
  const checkIn = (user: number, time: string, location: number) =>
    `${user}\t${time}\t30.2\t-97.7\t${location}\n`;
  const text = checkIn(0, "2010-10-19T23:55:27Z", 22) + checkIn(0, "2010-10-18T22:17:43Z", 42) +
    checkIn(0, "2010-10-17T23:42:03Z", 22) + checkIn(1, "2010-01-01T00:00:00Z", 42);
  const events = await parsed("checkins.txt", text);
  assert.deepEqual(userLines(events), ["0: 22 42 22", "1: 42"]);
  assert.deepEqual(userLines(events, "last"), ["0: 42 22", "1: 42"]);
  assert.equal(events.sequences("last").repeated, 1);
  await rejects(() => parsed("c.txt", text + "1\t2010\n"), /c\.txt, line 5: not 5 columns/);
  await rejects(
    () => parsed("c.txt", text + checkIn(1, "2010-13-01T00:00:00Z", 3)),
    /c\.txt, line 5: no such date in column 2/,
  );
});

Deno.test("RetailRocket events: views only, the others counted", async () => {
  const header = "timestamp,visitorid,event,itemid,transactionid\n";
  const text = header + "1433221332117,257597,view,355908,\n1433221332000,257597,view,1,\n" +
    "1433221332118,257597,addtocart,355908,\n1433221332119,1,transaction,2,4000\n";
  const events = await parsed("events.csv", text);
  assert.deepEqual(userLines(events), ["257597: 1 355908"]);
  assert.deepEqual(events.drops, [{ count: 2, what: "events", why: "not views" }]);
  await rejects(() => parsed("e.csv", text + "1,2,look,3,\n"), /line 6: not one of view/);
  await rejects(() => parsed("e.csv", text + "1,2,view,3\n"), /line 6: 4 columns, but .* has 5/);
  await rejects(
    () => parsed("e.csv", "visitorid,event,itemid,transactionid\n1,view,2,\n"),
    /line 1: no column "timestamp"/,
  );
});

Deno.test("RecBole .inter: columns by the header, in any order", async () => {
  const text = "item_id:token\trating:float\tuser_id:token\ttimestamp:float\n" +
    "9\t1\tu\t2.5\n7\t1\tu\t-1e1\n";
  assert.deepEqual(userLines(await parsed("a.inter", text)), ["u: 7 9"]);
  await rejects(
    () => parsed("b.inter", "user_id:token\titem_id:token\n1\t2\n"),
    /b\.inter, line 1: no column "timestamp:float"/,
  );
  await rejects(
    () => parsed("b.inter", text + "7\t1\tu\tnever\n"),
    /line 4: not a time in column 4: "never"/,
  );
});

Deno.test("blank lines before a header line are blank lines", async () => {
  const files: [name: string, text: string, expected: string][] = [
    ["a.inter", "user_id:token\titem_id:token\ttimestamp:float\nu\t7\t1\n", "u: 7"],
    [
      "events.csv",
      "timestamp,visitorid,event,itemid,transactionid\n1433221332117,u,view,7,\n",
      "u: 7",
    ],
    ["r.csv", "user_id,parent_asin,rating,timestamp\nu,7,4.0,1592678549731\n", "u: 7"],
  ];
  for (const [name, text, expected] of files) {
    for (const [blanks, count] of [["\n", 1], ["\ufeff\r\n\n", 2]] as const) {
      const events = await parsed(name, blanks + text);
      assert.deepEqual(userLines(events), [expected], name);
      assert.deepEqual(events.drops.map(({ count, what }) => [count, what]), [
        [count, "blank lines"],
      ]);
    }
  }
});

Deno.test("a file of another format is refused with what was expected", async () => {
  const path = await textFile("other.txt", "a;b;c\n");
  await rejects(
    () => formatOf(path, ["sequences"]),
    /looks like 3 columns separated by semicolons, .* Expected sequences \(one user a line/,
  );
});

Deno.test("events of equal time stay in the file's order; many ids stay apart", () => {
  const random = new Random(2);
  const events = new EventLog();
  const plain = new Map<string, { item: string; time: number; at: number }[]>();
  for (let at = 0; at < 20_000; at++) {
    const [user, item, time] = [`u${random.below(300)}`, `i${random.below(5000)}`, random.below(9)];
    events.add(events.users.internText(user, ""), events.items.internText(item, ""), time);
    plain.set(user, [...plain.get(user) ?? [], { item, time, at }]);
  }
  const expected = [...plain].map(([user, list]) => {
    list.sort((a, b) => a.time - b.time || a.at - b.at);
    return `${user}: ${list.map((event) => event.item).join(" ")}`;
  });
  assert.deepEqual(userLines(events), expected);
});
