import assert from "node:assert/strict";
import { marked } from "marked";
import { table } from "./table.ts";

const rows = [
  { method: "made-up | a", recall: 1234.5, runs: 3, note: null },
  { method: 'b, "c"', recall: 2, runs: 12, note: null },
];

Deno.test("markdown aligns numbers right and fixes their digits", () => {
  assert.equal(
    table(rows, { caption: "Made-up" }).toMarkdown(),
    [
      "Made-up",
      "",
      "| method | recall | runs | note |",
      "| :--- | ---: | ---: | ---: |",
      "| made-up \\| a | 1,234.50 | 3 | – |",
      '| b, "c" | 2.00 | 12 | – |',
    ].join("\n"),
  );
});

Deno.test("digits can be set for all columns or for one", () => {
  assert.match(table(rows, { digits: 1 }).toMarkdown(), /1,234\.5 \| 3\.0 /);
  assert.match(table(rows, { digits: { recall: 0 } }).toMarkdown(), /1,235 \| 3 /);
});

Deno.test("what Markdown would read in texts stays words, also above and below", () => {
  const words = "<b>x</b> costs $5 and $6";
  const made = table([{ "a\\|b": "c\\|d", n: 1 }], { caption: words, below: words });
  assert.equal(made.toMarkdown().match(/\\<b>x\\<\/b> costs \\\$5 and \\\$6/g)?.length, 2);
  const html = marked.parse(made.toMarkdown(), { async: false });
  assert.match(html, /<th align="left">a\\\|b<\/th>/);
  assert.match(html, /<td align="left">c\\\|d<\/td>\s*<td align="right">1<\/td>/);
});

Deno.test("numbers near zero have the digits that tell them from it, as far as six", () => {
  const rates = table([{ rate: 0.001, tiny: 1e-9 }, { rate: 0.005, tiny: 1e-8 }]).toMarkdown();
  assert.match(rates, /\| 0\.001 \| 0\.000000 \|\n\| 0\.005 \| 0\.000000 \|/);
  const noisy = table([{ gain: 12.3 }, { gain: 3.1e-17 }]).toMarkdown();
  assert.match(noisy, /\| 12\.30 \|\n\| 0\.00 \|/);
  assert.match(table([{ share: 0.0123 }, { share: 0 }]).toMarkdown(), /\| 0\.01 \|\n\| 0\.00 \|/);
});

Deno.test("what rounds to zero has no sign, and what does not keeps it", () => {
  const signed = table([{ a: -0.001, b: -0.01 }, { a: 1, b: -1 }], { digits: 2 });
  assert.match(signed.toMarkdown(), /\| 0\.00 \| −0\.01 \|/);
  assert.match(signed.toCsv(), /-0\.001/);
});

Deno.test("HTML suits every theme: neither background nor colour, explicit alignment", () => {
  const html = table(rows, { runs: [] }).toHtml();
  assert.doesNotMatch(html, /background|[^-]color:|<style/);
  for (const [cell] of html.matchAll(/<t[hd] [^>]*>/g)) {
    assert.match(cell, /text-align:(left|right)/);
  }
  assert.match(html, /<td style="text-align:right[^>]*>1,234\.50</);
  assert.match(html, /b, &quot;c&quot;/);
  assert.match(html, /from this notebook's own run/);
});

Deno.test("folded columns are hidden in HTML only, what is lacking stands under the table", () => {
  const made = table([{ method: "a", recall: 1, hr: 2 }], {
    below: "No run yet of b.",
    folded: { summary: "Hit rates", columns: ["hr"] },
  });
  const [before, after] = made.toHtml().split("<details><summary>Hit rates</summary>");
  assert.doesNotMatch(before!, />hr</);
  assert.match(after!, />method<.*>hr<.*>a<.*>2<.*<\/details><div[^>]*>No run yet of\sb\.</);
  assert.doesNotMatch(after!, />recall</);
  assert.match(made.toMarkdown(), /\| a \| 1 \| 2 \|\n\nNo run yet of b\.$/);
  assert.equal(made.toCsv(), "method,recall,hr\na,1,2\n");
});

Deno.test("CSV keeps the numbers as they are and quotes what needs it", () => {
  assert.equal(
    table(rows).toCsv(),
    'method,recall,runs,note\nmade-up | a,1234.5,3,\n"b, ""c""",2,12,\n',
  );
});

Deno.test("texts of numbers stand on the right, whole; names with digits do not", () => {
  const html = table([
    { a: "36.3 ± 0.4", b: "seed 1", c: "11.1 (−0.8 to 11.4; 3)", d: "≈ 98 %", e: "1 to 4 items" },
  ]).toHtml();
  assert.match(html, /right;white-space:nowrap[^>]*>36\.3\s±\s0\.4</);
  assert.match(html, /left[^>]*>seed\s1</);
  assert.match(html, /right[^>]*>11\.1 \(−0\.8 to 11\.4; 3\)</);
  assert.match(html, /right[^>]*>≈\u00a098\u00a0%</);
  assert.match(html, /left[^>]*>1 to 4\u00a0items</);
});

Deno.test("one minus sign in words too, none in the numbers of a file", () => {
  const made = table([{ gain: "-0.5 (-1 to 0)", seeds: -3 }]);
  assert.match(made.toMarkdown(), /−0\.5 \(−1 to 0\) \| −3 /);
  assert.match(made.toCsv(), /,-3\n/);
});

Deno.test("no rows and rows with other columns are refused by name", () => {
  assert.throws(() => table([]), /no rows/);
  assert.throws(() => table([{ a: 1 }, { b: 1 }]), /row 1, column.*"b"/);
  assert.throws(() => table([{ a: 1, b: 2 }, { a: 1 }]), /row 1, column.*"b"/);
});

Deno.test("cells from people's data are shown as they are, and computed by no spreadsheet", () => {
  const item = "<b>x</b> | $a^{$ [y](javascript:1)\n`z` &lt; \0";
  const made = table([
    { item, "=1": "=cmd|' /C calc'!A0", n: -1 },
    { item: "@SUM(1)", "=1": "-x", n: 1 },
    { item: "+ IHN", "=1": "+1.2", n: 1 },
    { item: "-1+cmd|' /C calc'!A0", "=1": "-.5e-3", n: 1 },
    { item: "+1-1", "=1": "-12.3 ▼", n: 1 },
  ]);
  const html = made.toHtml();
  assert.match(
    html,
    /&lt;b&gt;x&lt;\/b&gt; \| \$a\^\{\$ \[y\]\(javascript:1\) `z` &amp;lt; \ufffd</,
  );
  assert.match(
    made.toMarkdown(),
    /^\| \\<b>x\\<\/b> \\\| \\\$a\^\{\\\$ \\\[y\]\(javascript:1\) \\`z\\` \\&lt; \ufffd \|/m,
  );
  const [head, first, second, third, fourth, fifth] = made.toCsv().replace(/\n(?=`z)/, " ").split(
    "\n",
  );
  assert.equal(head, "item,'=1,n");
  assert.match(first!, /,'=cmd\|' \/C calc'!A0,-1$/);
  assert.equal(second, "'@SUM(1),'-x,1");
  assert.equal(third, "'+ IHN,+1.2,1");
  assert.equal(fourth, "'-1+cmd|' /C calc'!A0,-.5e-3,1");
  assert.equal(fifth, "'+1-1,-12.3 ▼,1");
});

Deno.test("what is undefined is a dash, what is no cell is refused, in rows and in frames", () => {
  const both = (value: unknown) => [
    () => table([{ a: value as number, b: 1 }]),
    () => table({ columns: ["a", "b"], values: [[value, 1]] }),
  ];
  for (const made of both(undefined)) assert.match(made().toMarkdown(), /\| – \| 1 \|$/);
  for (const made of both(5n)) assert.match(made().toMarkdown(), /\| 5 \| 1 \|$/);
  for (const value of [{ x: 1 }, [1, 2], () => 1, Symbol("a")]) {
    for (const made of both(value)) assert.throws(made, /row 0, column "a": neither text nor num/);
  }
});

Deno.test("a frame's rows are as wide as its columns, which may have one name", () => {
  const columns = ["x", "x"];
  assert.match(table({ columns, values: [[1, 2]] }).toMarkdown(), /\| 1 \| 2 \|$/);
  for (const row of [[3], [3, 4, 5]]) {
    const ragged = () => table({ columns, values: [[1, 2], row] });
    assert.throws(ragged, /table, row 1: not a cell for each column/);
  }
});

Deno.test("digits and folding are of columns that there are", () => {
  const rows = [{ recall: 1.25 }];
  assert.throws(() => table(rows, { digits: { recal: 1 } }), /digits: .*did you mean recall/);
  const folded = { summary: "more", columns: ["nix"] };
  assert.throws(
    () => table(rows, { folded }),
    /folded: no such column: "nix"\. There are "recall"/,
  );
  assert.match(table([{ constructor: 1.5 }], { digits: {} }).toMarkdown(), /1\.50/);
});
