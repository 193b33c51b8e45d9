import assert from "node:assert/strict";
import { parsed, parsedTable, rejects, userLines } from "../../testing/parsed.ts";
import { lookAlikes } from "../look_alikes.ts";

const columns = { user: "u", item: "i" };

Deno.test("blanks around an id do not count, of whatever kind", async () => {
  const blanks = [
    " 7",
    "7 ",
    "\u00a07\u00a0",
    "\t7",
    '" 7 "',
    ' "7" ',
    "\u30007",
    "\ufeff7",
    "7\u2009",
  ];
  const events = await parsedTable("u,i\n" + blanks.map((id) => `${id},x\n`).join(""), columns);
  assert.deepEqual(userLines(events), [`7: ${"x ".repeat(blanks.length).trim()}`]);
});

Deno.test("spellings of missing values are left out and counted, and are no user", async () => {
  const missing = [
    "",
    " ",
    "NULL",
    "null",
    "NaN",
    "nan",
    "None",
    "NaT",
    "\\N",
    "NA",
    "N/A",
    "<NA>",
    '""',
    '"NULL"',
  ];
  const lines = missing.map((id) => `${id},x\n1,${id}\n`).join("");
  const events = await parsedTable(`u,i\n${lines}1,x\n`, columns);
  assert.deepEqual(userLines(events), ["1: x"]);
  assert.deepEqual(events.allDrops().map(({ count, what }) => [count, what]), [
    [missing.length, "events"],
    [missing.length, "events"],
  ]);
  const like = await parsedTable("u,i\nNullarbor,nano\nNancy,nonesuch\n0,#1\n-1,-\n", columns);
  assert.deepEqual(userLines(like), ["Nullarbor: nano", "Nancy: nonesuch", "0: #1", "-1: -"]);
  const sequence = await parsed("a.txt", "1 nan 2\n3 NULL 4\n");
  assert.deepEqual(userLines(sequence), ["1: 1 2", "2: 3 4"]);
  const json = await parsedTable(
    '{"u":null,"i":"x"}\n{"u":"1","i":"NaN"}\n{"u":1,"i":"x"}\n',
    columns,
  );
  assert.deepEqual(userLines(json), ["1: x"]);
});

Deno.test("bytes that are no UTF-8 are refused where they are ids, and only there", async () => {
  const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const text = "u,i,title\n1,caf\u00e9,x\n1,caf\u00e8,x\n";
  await rejects(
    () => parsedTable(latin1(text), columns),
    /line 2: an id that is not UTF-8 .* in column 2: .* iconv -f WINDOWS-1252 -t UTF-8/,
  );
  const elsewhere = await parsedTable(latin1("u,i,title\n1,a,caf\u00e9\n"), columns);
  assert.deepEqual(userLines(elsewhere), ["1: a"]);
  assert.deepEqual(userLines(await parsedTable("u,i\n1,caf\u00e9\n", columns)), ["1: caf\u00e9"]);
  await rejects(
    () => parsed("s.txt", latin1("1 caf\u00e9\n2 3\n")),
    /line 1: an id that is not UTF-8/,
  );
  await rejects(
    () => parsedTable("u,i\n" + "1,2\n".repeat(20_000) + "1,a\0b\n", columns),
    /line 20002: a NUL byte/,
  );
  await rejects(
    () => parsedTable(`u,i\n1,${"x".repeat(70_000)}\n`, columns),
    /an id of 70000 bytes/,
  );
  await rejects(
    () => parsedTable('{"u":"1","i":"\\ud800"}\n', columns),
    /line 1: an id that is half a c/,
  );
});

Deno.test("ids that a spreadsheet rounded are refused, with a decimal comma, too", async () => {
  const rounded = ["9.01E+15", "9,01E+15", "9E+15", "9.E+15", "-9,01e+15", "1E+100", " 9E+15 "];
  for (const id of rounded) {
    const quoted = `"${id}"`;
    for (const text of [`u;i\n${id};x\n`, `u,i\n${quoted},x\n`, `{"u":${quoted},"i":"x"}\n`]) {
      await rejects(() => parsedTable(text, columns), /an id that lost its last digits.*as text/);
    }
  }
  const others = ["9e15", "3E10", "a+15", "9.01E15", "1+1", "+49", "e+15", "10E+15", "9.1.E+15"];
  const kept = await parsedTable(`u;i\n${others.map((id) => `${id};x\n`).join("")}`, columns);
  assert.deepEqual(userLines(kept), others.map((id) => `${id}: x`));
});

Deno.test("long whole numbers of JSON stay apart", async () => {
  const text = '{"u":1,"i":12345678901234567890}\n{"u":1,"i":12345678901234567891}\n';
  assert.deepEqual(userLines(await parsedTable(text, columns)), [
    "1: 12345678901234567890 12345678901234567891",
  ]);
  await rejects(() => parsedTable('{"u":1,"i":1.5}\n', columns), /line 1: field i is no id/);
});

Deno.test("ids that differ only in how they are written are told", async () => {
  const notes = async (...items: string[]) =>
    lookAlikes(await parsedTable("u,i\n" + items.map((item) => `a,${item}\n`).join(""), columns));
  for (
    const pair of [["1", "1.0"], ["7", "007"], ["caf\u00e9", "cafe\u0301"], ["01", "001"], [
      "ab",
      "a\u200bb",
    ]]
  ) {
    const [note, ...others] = await notes(...pair);
    assert.match(note ?? "", /^look-alikes: 1 items differ/, pair.join(" "));
    assert.deepEqual(others, []);
  }
  assert.deepEqual(await notes("1", "10", "0", "01a", "1.5", "caf\u00e9", "1.50"), []);
});
