import assert from "node:assert/strict";
import { join } from "../../base/paths.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { parsedTable, rejects, userLines } from "../../testing/parsed.ts";
import { itemsOf } from "../interactions.ts";
import { readComirecSplit } from "./comirec_split.ts";

const columns = { user: "u", item: "i", time: "t", order: "o" };

/** The same events as separated lines and as JSON objects, a text each. */
function tables(orders: readonly unknown[], time = "2017-08-25"): string[] {
  const item = (n: number) => "abcdef"[n]!;
  const lines = orders.map((order, n) => `1,${item(n)},${time},${order}\n`);
  const objects = orders.map((order, n) =>
    `{"u": 1, "i": "${item(n)}", "t": "${time}", "o": ${order === "" ? "null" : order}}\n`
  );
  return [`u,i,t,o\n${lines.join("")}`, objects.join("")];
}

Deno.test("an order is exact to the last digit, beside a time and without one", async () => {
  const { time: _, ...untimed } = columns;
  const orders: [orders: unknown[], expected: string][] = [
    [[0.3, 0.2, 0.1], "1: c b a"],
    [[-0.5, -1.5, -1.25], "1: b c a"],
    [["1600000000000000002", "1600000000000000001", "1600000000000000003"], "1: b a c"],
    [["1600000000.123456789", "1600000000.123456788", "1600000000.5"], "1: b a c"],
    [["1e3", "2e-1", 30], "1: b c a"],
  ];
  for (const [values, expected] of orders) {
    for (const text of tables(values)) {
      for (const names of [columns, untimed]) {
        assert.deepEqual(userLines(await parsedTable(text, names)), [expected], text);
      }
    }
  }
});

Deno.test("an event whose order is missing is left out and counted", async () => {
  const { time: _, ...untimed } = columns;
  for (const text of tables([3, "", 1])) {
    for (const names of [columns, untimed]) {
      const events = await parsedTable(text, names);
      assert.deepEqual(userLines(events), ["1: c a"]);
      const [drop, ...others] = events.allDrops();
      assert.equal(others.length, 0);
      assert.equal(drop!.count, 1);
      assert.match(drop!.why, /^no order: the field is empty/);
    }
  }
});

Deno.test("an order is a number: dates, times and words are refused", async () => {
  for (
    const order of [
      "02/01/2017",
      "2017-08-25",
      "12:30",
      "first",
      "Infinity",
      "1,5",
      "9".repeat(400),
    ]
  ) {
    const [lines, objects] = tables([`"${order}"`]) as [string, string];
    await rejects(() => parsedTable(lines, columns), /line 2: not a number in column 4: .* dates/);
    await rejects(() => parsedTable(objects, columns), /line 1: not a number in field o: /);
  }
});

Deno.test("an index of a split is exact to its last digit, and never missing", () =>
  inFolder(async (folder) => {
    const read = async (train: string) => {
      for (const [part, text] of Object.entries({ train, valid: "1,2,0\n", test: "2,3,0\n" })) {
        await Deno.writeTextFile(join(folder, `x_${part}.txt`), text);
      }
      return await readComirecSplit("x", folder);
    };
    const stamps = "0,1,1600000000000000002\n0,2,1600000000000000001\n0,3,1600000000000000003\n";
    assert.deepEqual([...itemsOf((await read(stamps)).train, 0)], [2, 1, 3]);
    await rejects(() => read("0,1,\n"), /x_train\.txt, line 1: missing number in column 3/);
    await rejects(() => read("0,1,2017-08-25\n"), /x_train\.txt, line 1: not a number in column 3/);
  }));
