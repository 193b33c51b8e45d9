import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { parsed, parsedTable, rejects, userLines } from "../../testing/parsed.ts";
import { Fields } from "./fields.ts";
import { eachLine, Line } from "./lines.ts";

const columns = { user: "u", item: "i" };

Deno.test("separators and quotes of every kind of table", async () => {
  const tables: [content: string, expected: string[]][] = [
    ['u,i\na,"x, ""y"""\na,z\n', ['a: x, "y" z']],
    ["i;u\nx;a\ny;a\n", ["a: x y"]],
    ["u|i\na|x\n", ["a: x"]],
    ["u::i\na::x\na::y:z\n", ["a: x y:z"]],
    ["u i\na x\n", ["a: x"]],
    ['u, i\na, "x, y"\na ,"z" \n', ["a: x, y z"]],
    ['"u","i"\n"a","line\nbreak"\n"a","two\r\n\r\nbreaks"\n', ["a: line\nbreak two\r\n\r\nbreaks"]],
    ['u\ti\na\t"Weird Al" Yankovic\na\t"Heroes\na\t12" single\n', [
      'a: "Weird Al" Yankovic "Heroes 12" single',
    ]],
    ['u\ti\tn\na\t"two\nlines"\t1\na\t"it\'s ""so"""\t2\n', ['a: two\nlines it\'s "so"']],
    ["# made by hand\n#\nu,i\n#tag,x\n", ["#tag: x"]],
    ["\ufeffu,i\r\na,x\r\n", ["a: x"]],
    ["sep=;\r\nu;i\r\na;x\r\n", ["a: x"]],
    ["u:token\ti:token\tt:float\na\tx\t1\n", ["a: x"]], // RecBole
  ];
  for (const [content, expected] of tables) {
    assert.deepEqual(userLines(await parsedTable(content, columns)), expected, content);
  }
});

Deno.test("what is wrong with a table is said with its line", async () => {
  const wrong: [content: string, message: RegExp][] = [
    ["u,i\na,b,c\n", /line 2: 3 columns, but the header line has 2/],
    ["u\na\n", /line 1: the first line has one column only/],
    ["u,j\na,x\n", /line 1: no column "i" in the header line: "u, j"/],
    ["u,I\na,x\n", /line 1: no column "i" in the header line, did you mean I: "u, I"/],
    ["u:token\ti:token_seq\na\tx y\n", /no column "i" in the header line/],
    ["", /an empty file/],
    ["u,i\n9.01E+15,x\n", /line 2: an id that lost its last digits in column 1: "9\.01E\+15"/],
    ['{"u": "1.2e+17", "i": 2}\n', /line 1: an id that lost its last digits: "1\.2e\+17"/],
    ['{"u": 1, "i": [2, 3]}\n', /field i is no id: "\[2,3\]".*jq -c '\. as \$all \| \.i\[\]/],
    ['{"u": {"id": 1}, "i": 2}\n', /field u is no id.*such as "u\.id".*orient="records"/],
    ["u,i,i\na,x,y\n", /line 1: more than one column "i"/],
    ['u,i\na,"x\nb,y\n', /line 2: a quoted field begins here and does not end/],
    [`u,i\na,"x\n${"b,y\n".repeat(5000)}`, /line 2: a quoted field begins here and does not end/],
    ['u,i\na,"x" y\n', /line 2: text after the quoted part of column 2/],
    ["196\t242\n", /no column "u" .* by their positions, as in \{ user: 1/],
    ['{"u": 1, "i": 2}\n{"u": 1\n', /line 2: neither JSON nor/],
    ['{"u": 1, "item": 2}\n', /no object has this name: "i"\. The first has u, item/],
  ];
  for (const [content, message] of wrong) {
    await rejects(() => parsedTable(content, columns), message);
  }
});

Deno.test("blank lines before a table are no comments, and count as lines", async () => {
  const events = await parsedTable("\n\nu,i\na,x\n", columns);
  assert.deepEqual(userLines(events), ["a: x"]);
  assert.deepEqual(events.drops.map(({ count, what }) => [count, what]), [[2, "blank lines"]]);
  await rejects(() => parsedTable("\n\nu\na\n", columns), /line 3: the first line has one/);
});

Deno.test("every line of a record of many is looked at once", async () => {
  const lines = [
    'a,"one', // a field over three lines, then another over two, then one in the last
    'two ""2""',
    "",
    'three","four',
    'five",6',
  ];
  for (const end of ["\n", "\r\n"]) {
    const fields = new Fields(",");
    const seen: [added: number, end: number][] = [];
    const arrays = new Set<Uint8Array>();
    let texts: string[] = [];
    await eachLine({ name: "text", text: lines.join(end) }, (line) => {
      fields.split(line);
      texts = Array.from({ length: fields.count }, (_, n) => fields.text(n));
    }, (line, added) => {
      seen.push([added, line.end]);
      arrays.add(line.bytes);
      const before = line.bytes.slice();
      line.bytes.fill(34, line.start, added); // what was looked at before does not count
      const isOpen = fields.isOpen(line, added);
      line.bytes.set(before);
      return isOpen;
    });
    assert.deepEqual(texts, ["a", `one${end}two "2"${end}${end}three`, `four${end}five`, "6"]);
    assert.deepEqual(seen.map(([added, end]) => end - added), lines.map(({ length }) => length));
    assert.equal(arrays.size, 2); // the file's, and the record's
  }
});

Deno.test("records of many lines are what a scan of the whole says, whatever they contain", () => {
  const random = new Random(7);
  for (const separator of [",", "\t", "::"]) {
    const pieces = ['"', '""', separator, "a", " ", '"a"', `${separator}"`, `"${separator}`];
    for (let round = 0; round < 3000; round++) {
      const line = new Line("made up");
      const [resuming, whole] = [new Fields(separator), new Fields(separator)];
      resuming.expected = whole.expected = 4;
      let [text, isOpen] = ["", true];
      for (let count = 0; count < 6 && isOpen; count++) {
        const added = text.length + Number(count > 0);
        const words = Array.from({ length: random.below(7) }, () => pieces[random.below(8)]);
        text += `${count > 0 ? "\n" : ""}${words.join("")}`;
        line.bytes = new TextEncoder().encode(text);
        line.end = text.length;
        isOpen = whole.isOpen(line);
        assert.equal(resuming.isOpen(line, added), isOpen, JSON.stringify(text));
      }
    }
  }
});

Deno.test("a header line may have very many names, each of which is there once", async () => {
  const names = Array.from({ length: 100_000 }, (_, n) => `column ${n}:token`);
  const row = names.map((_, n) => n);
  const text = `${names.join(",")},twice,twice\n${row.join(",")},x,y\n`;
  const wanted = { user: "column 77777", item: "column 99999:token" };
  assert.deepEqual(userLines(await parsedTable(text, wanted)), ["77777: 99999"]);
  await rejects(
    () => parsedTable(text, { user: "twice", item: "column 1" }),
    /more than one column "twice"/,
  );
});

Deno.test("columns by position: u.data, MovieLens, Taobao with its behaviour type", async () => {
  const byPosition = { user: 1, item: 2, time: 4 };
  for (const separator of ["\t", "::", ","]) {
    const line = (...values: string[]) => values.join(separator) + "\n";
    const text = line("196", "242", "3", "881250949") + line("196", "51", "3", "881250940");
    assert.deepEqual(userLines(await parsedTable(text, byPosition)), ["196: 51 242"]);
  }
  const taobao = "1,22,9,pv,1511544070\n1,23,9,buy,1511544071\n1,24,9,pv,1511544069\n2,1,9,fav,1\n";
  const views = { user: 1, item: 2, time: 5, only: { 4: "pv" } };
  const events = await parsedTable(taobao, views);
  assert.deepEqual(userLines(events), ["1: 24 22"]);
  assert.deepEqual(events.drops, [{ count: 2, what: "lines", why: "not 4 pv" }]);
  const both = await parsedTable(taobao, { user: 1, item: 2, only: { 4: ["pv", "buy"] } });
  assert.deepEqual(userLines(both), ["1: 22 23 24"]);
  const wrong: [Parameters<typeof parsedTable>[1], RegExp][] = [
    [
      { user: 1, item: 2, only: { 4: "view" } },
      /not in column 4 of any line: "view"\. It has pv, b/,
    ],
    [{ user: 0, item: 1 }, /no such column: 0\. There are 5 columns, counted from 1/],
    [{ user: 1, item: 6 }, /no such column: 6/],
    [{ user: 1, item: "i" }, /some columns are named and some are numbered/],
    [
      { user: 1, item: 2, only: { event: "pv" } },
      /some columns are named and some are numbered: "1, 2, event"\. .* number all if/,
    ],
    [{ user: 1, item: 2, only: { 9: "pv" } }, /no such column: 9\. There are 5 columns/],
  ];
  for (const [names, message] of wrong) await rejects(() => parsedTable(taobao, names), message);
  await rejects(
    () => parsedTable("user_id,item_id\n1,2\n", { user: 1, item: 2 }),
    /line 1: the first line looks like names of columns/,
  );
});

Deno.test("doubled quotes are one wherever they stand, and two in errors", async () => {
  const quoted = '"The ""Big"" One"';
  const byPosition = { user: 1, item: 2, time: 3 };
  const first = await parsedTable(`1,${quoted},5\n1,b,4\n1,"""",6\n`, byPosition);
  assert.deepEqual(userLines(first), ['1: b The "Big" One "']);
  const both = await parsedTable(`${quoted};${quoted}\na;"b""c"\n`, { user: 2, item: 1 });
  assert.deepEqual(userLines(both), ['The "Big" One: The "Big" One', 'b"c: a']);
  const named = await parsedTable(`"u ""x""",i\na,b\n`, { user: 'u "x"', item: "i" });
  assert.deepEqual(userLines(named), ["a: b"]);
  const only = { user: 1, item: 3, only: { 2: 'The "Big" One' } };
  assert.deepEqual(userLines(await parsedTable(`1,${quoted},5\n1,b,4\n`, only)), ["1: 5"]);
  await rejects(
    () => parsedTable(`1,${quoted},5\n1,${quoted}\n`, byPosition),
    /line 2: 2 columns, .* has 3: .*The \W\W+Big\W\W+ One/,
  );
});

Deno.test("JSON objects, with names inside objects", async () => {
  const goodreads = (time: string, book: string) =>
    `{"user_id": "u", "book_id": "${book}", "date_added": "${time}"}\n`;
  const events = await parsedTable(
    goodreads("Fri Aug 25 13:55:02 -0700 2017", "1") +
      goodreads("Thu Aug 24 13:55:02 -0700 2017", "2"),
    { user: "user_id", item: "book_id", time: "date_added" },
  );
  assert.deepEqual(userLines(events), ["u: 2 1"]);
  const tweet = (id: string, kind: string) =>
    JSON.stringify({ user: { id_str: id }, kind, to: "x" });
  const tweets = await parsedTable([tweet("7", "like"), tweet("8", "reply")].join("\n"), {
    user: "user.id_str",
    item: "to",
    only: { kind: "like" },
  });
  assert.deepEqual(userLines(tweets), ["7: x"]);
  const text = '{"u": 1, "i": 2, "event": "view", "kind": "a"}\n' +
    '{"u": 1, "i": 2, "event": "buy", "kind": "b"}\n';
  const wrong: [only: Record<string, string>, message: RegExp][] = [
    [{ event: "viev" }, /: not in column event of any line: "viev"\. It has view, buy\./],
    [{ evnt: "view" }, /: no object has this name: "evnt"\. The first has u, i, event, kind\./],
  ];
  for (const [only, message] of wrong) {
    await rejects(() => parsedTable(text, { ...columns, only }), message);
    await rejects(() => parsedTable(text, { user: "id", item: "i", only }), message);
  }
  const only = { event: "view" };
  await rejects(() => parsedTable(text, { user: "id", item: "i", only }), /this name: "id"\. The/);
  const never = await parsedTable(text, { ...columns, only: { event: "view", kind: "b" } });
  assert.equal(never.length, 0);
  assert.deepEqual(never.drops.map(({ count }) => count), [2]);
});

Deno.test("a separator of JSON objects is refused", () =>
  rejects(
    () => parsedTable('{"u": 1, "i": 2}\n', { ...columns, separator: ";" }),
    /columns of .*: JSON objects have no separator: ";"/,
  ));

Deno.test("sequences and their neighbours are told apart", async () => {
  const lightgcn = "0 5 7 9\n1 5\n2\n3 7 5 \n";
  assert.deepEqual(userLines(await parsed("train.txt", lightgcn)), [
    "0: 5 7 9",
    "1: 5",
    "2: ",
    "3: 7 5",
  ]);
  assert.deepEqual(userLines(await parsed("kgat.txt", "1 5\n2 6\n3 7\n")), [
    "1: 5",
    "2: 6",
    "3: 7",
  ]);
  const commented = await parsed("s.txt", "# users: 2\n#\n7 3 7\n9 3\n");
  assert.deepEqual(userLines(commented), ["3: 7 3 7", "4: 9 3"]);
  assert.deepEqual(commented.drops, [{
    count: 2,
    what: "comment lines",
    why: "they begin with #",
  }]);
  assert.deepEqual(userLines(await parsed("tags.txt", "#a #b\n#b #c #a\n")), [
    "1: #a #b",
    "2: #b #c #a",
  ]);
  await rejects(
    () => parsed("s.txt", "7 3 7\n9 3,4\n"),
    /line 2: "," in a line of ids .* column 2: "3,4"/,
  );
  await rejects(() => parsed("s.txt", "7 3 7\n9\t3\n"), /line 2: a tab in a line of ids/);
  const gowalla = "# from the web\n0\t2010-10-19T23:55:27Z\t30.2\t-97.7\t22\n";
  assert.deepEqual(userLines(await parsed("checkins.txt", gowalla)), ["0: 22"]);
});
