import assert from "node:assert/strict";
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

Deno.test("what rounds to zero has no sign, and what does not keeps it", () => {
  const signed = table([{ a: -0.001, b: -0.01 }, { a: 1, b: -1 }], { digits: 2 });
  assert.match(signed.toMarkdown(), /\| 0\.00 \| -0\.01 \|/);
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

Deno.test("CSV keeps the numbers as they are and quotes what needs it", () => {
  assert.equal(
    table(rows).toCsv(),
    'method,recall,runs,note\nmade-up | a,1234.5,3,\n"b, ""c""",2,12,\n',
  );
});

Deno.test("means with spreads count as numbers, names with digits do not", () => {
  const html = table([{ a: "36.3 ± 0.4", b: "seed 1" }]).toHtml();
  assert.match(html, /right[^>]*>36\.3 ± 0\.4/);
  assert.match(html, /left[^>]*>seed 1/);
});

Deno.test("no rows and rows with other columns are refused by name", () => {
  assert.throws(() => table([]), /no rows/);
  assert.throws(() => table([{ a: 1 }, { b: 1 }]), /row 1, column.*"b"/);
  assert.throws(() => table([{ a: 1, b: 2 }, { a: 1 }]), /row 1, column.*"b"/);
});
