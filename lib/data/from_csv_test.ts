import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { Random } from "../base/random.ts";
import { fromCsv } from "./from_csv.ts";
import { fromSequences } from "./from_sequences.ts";
import { reportText } from "./report.ts";

/** A table of 40 users that survive the filter, as text. */
function table(extra = ""): string {
  const random = new Random(1);
  const lines = Array.from({ length: 400 }, (_, n) => `${n % 40},${random.below(12)},${n}\n`);
  return `user,item,at\n${lines.join("")}${extra}`;
}

const columns = { user: "user", item: "item", time: "at" };

async function rejects(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(
    run,
    (error: Error) => error instanceof BadInput && message.test(error.message),
  );
}

Deno.test("a table given as text is read as if it were a file", async () => {
  const mine = await fromCsv(table(), { ...columns, name: "mine" });
  assert.equal(mine.name, "mine");
  assert.equal(mine.train.offsets.length - 1, 32);
  assert.match(reportText(mine.report!), /^read from the text \(table\)/);
  assert.equal((await fromCsv(table(), columns)).name, "table");
});

Deno.test("the users of a table keep their ids, in the order of the splits", async () => {
  const { userIds, train, test } = await fromCsv(table("40,3,4000\n"), columns);
  assert.equal(userIds!.train.length, train.offsets.length - 1);
  assert.equal(userIds!.test.length, test.offsets.length - 1);
  const all = [...userIds!.train, ...userIds!.valid, ...userIds!.test].map(Number);
  const kept = Array.from({ length: 40 }, (_, user) => user); // 40 has one behaviour only
  assert.deepEqual(all.sort((a, b) => a - b), kept);
});

Deno.test("an own data set never has the name of a registered one", async () => {
  for (const name of ["books", "Books", "synthetic"]) {
    await rejects(() => fromCsv(table(), { ...columns, name }), /name of a registered data set/);
    await rejects(() => fromSequences(name, [[1]]), /name of a registered data set/);
  }
  await rejects(() => fromCsv("data/books.csv", columns), /name of a registered .*: "books"/);
  for (const name of ["", "../x", "a b", "a/b"]) {
    await rejects(() => fromCsv(table(), { ...columns, name }), /no name: letters/);
  }
});

Deno.test("a name is one that every file system takes", async () => {
  for (const name of ["CON", "nul.shop", "com1"]) {
    await rejects(() => fromSequences(name, [[1]]), /the name of a device on Windows/);
  }
  await rejects(() => fromSequences("𝕏".repeat(64), [[1]]), /more than 200 bytes/);
  for (const name of ["../x", "a/b", "x:y", "a\nb", "n".repeat(300), ".."]) {
    await rejects(() => fromSequences(name, [[1]]), /no name: letters, digits and - _ \. are/);
  }
});

Deno.test("where too few users are left, what is known of the file is said", async () => {
  const lines = (line: (n: number) => string) =>
    `user,item\n${Array.from({ length: 200 }, (_, n) => line(n)).join("\n")}\n`;
  const names = { user: "user", item: "item" };
  const zeros = lines((n) => `${Math.floor(n / 40) % 2 ? "" : "00"}${n % 40},${n % 9}`);
  await rejects(() => fromCsv(zeros, names), /too few users: .* look-alikes: 40 users differ/);
  const missing = lines((n) => `${n % 5 ? "NULL" : n % 40},${n % 9}`);
  await rejects(() => fromCsv(missing, names), /too few users: .* left out 160 events: no user/);
  const sequences = lines((n) => `${n},${n % 9}`);
  await rejects(() => fromCsv(sequences, names), /Every user has one behaviour: .* is a sequence/);
});

Deno.test("the order of month and day is told", async () => {
  const days = Array.from(
    { length: 400 },
    (_, n) => `${n % 40},${n % 12},0${1 + n % 9}/${10 + n % 19}/2017\n`,
  );
  const { report } = await fromCsv(`user,item,at\n${days.join("")}`, columns);
  assert.match(reportText(report!), /times: month\/day\/year, the month first/);
});

Deno.test("an item is a text or a number, and users are no items", async () => {
  const objects = [[{ id: 1 }]] as unknown as number[][];
  await rejects(
    () => fromSequences("shop", objects),
    /sequences of shop: not an item: \{ id: 1 \}/,
  );
  await rejects(() => fromCsv(table(), { user: "user", item: "user" }), /one column for user and/);
  for (const rounded of [2 ** 53, -1e21, Infinity]) {
    await rejects(() => fromSequences("shop", [[rounded]]), /a number that lost its last digits/);
  }
  const exact = [9007199254740992n, 9007199254740993n, "9007199254740994", 2 ** 53 - 1];
  const { labels } = await fromSequences("shop", Array.from({ length: 20 }, () => [...exact, 1.5]));
  assert.deepEqual(new Set(labels), new Set(["", ...exact.map(String), "1.5"]));
});

Deno.test("what people mistype in the columns is said", async () => {
  const wrong: [object, RegExp][] = [
    [{ user: "user" }, /item: Invalid input/],
    [{ ...columns, when: "at" }, /unknown column role: "when"/],
    [{ ...columns, only: { event: 1 } }, /only\.event/],
    [{ ...columns, separator: "" }, /separator/],
  ];
  for (const [names, message] of wrong) {
    await rejects(() => fromCsv(table(), names as typeof columns), message);
  }
});

Deno.test("one user with a great part of all events is told", async () => {
  const users = Array.from({ length: 100 }, (_, u) => `u${u},${u % 9},1\n`.repeat(5)).join("");
  const guest = await fromCsv(`user,item,at\n${users}${"0,3,1\n".repeat(100)}`, columns);
  assert.match(reportText(guest.report!), /one user, "0", has 17 % of all events/);
  assert.match(reportText(guest.report!), /equal times: 499 events are at the time of/);
  assert.doesNotMatch(reportText((await fromCsv(table(), columns)).report!), /one user/);
});

Deno.test("a table of missing values only says so", async () => {
  await rejects(
    () => fromCsv("user,item,at\nNULL,1,1\nnan,2,1\n", columns),
    /nothing is left to read: "left out 2 events \(no user/,
  );
});

Deno.test("missing items in memory are left out and counted; texts count as they are", async () => {
  const sequence = ["a", null, "b", undefined, "NULL", NaN, " a", "", 1];
  const mine = await fromSequences("mine", Array.from({ length: 20 }, () => sequence));
  assert.deepEqual(new Set(mine.labels), new Set(["", "a", "b", "NULL", " a", "1"]));
  assert.equal(mine.report!.drops[0]!.count, 80);
  await rejects(() => fromSequences("mine", [["\ud800"]]), /half a character/);
});
