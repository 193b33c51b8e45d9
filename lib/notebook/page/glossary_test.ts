import assert from "node:assert/strict";
import { projectPath } from "../../base/files.ts";
import { basename } from "../../base/paths.ts";
import { readNotebook } from "../file/ipynb.ts";
import { collection } from "../../testing/collection.ts";
import { glossary } from "./glossary.ts";
import { anchorOf, definitions, glossaryHtml, termsHtml } from "./glossary_page.ts";

const places = await Promise.all((await collection()).map(async (path) => {
  const stem = basename(path, ".ipynb");
  return { title: stem, page: `${stem}.html`, terms: definitions(stem, await readNotebook(path)) };
}));

Deno.test("each term stands in the notebook that is said to define it", () => {
  const defined = new Set(places.flatMap(({ terms }) => terms.map(({ term }) => term.name)));
  assert.deepEqual(glossary.map(({ name }) => name).filter((name) => !defined.has(name)), []);
});

Deno.test("no two terms have one place in the page", () => {
  assert.equal(new Set(glossary.map(anchorOf)).size, glossary.length);
});

Deno.test("glossary and notebooks are linked both ways", async () => {
  const html = await glossaryHtml(places);
  for (const { page, terms } of places) {
    for (const { term, cell } of terms) {
      assert.ok(html.includes(`<tr id="${anchorOf(term)}">`), term.name);
      assert.ok(html.includes(`href="${page}#cell-${cell}"`), term.name);
      assert.ok(termsHtml(terms).includes(`href="glossary.html#${anchorOf(term)}"`), term.name);
    }
  }
});

Deno.test("parameters of the notebooks that mean something are in the glossary", async () => {
  const names = new Set(glossary.map(({ name }) => name));
  const symbols = new Set(glossary.map(({ symbol }) => symbol));
  const text = await Deno.readTextFile(projectPath("notebooks", "00_start_here.ipynb"));
  const declared = Array.from(text.matchAll(/const (beta|lambda|K) = /g), ([, name]) => name!);
  assert.ok(declared.length >= 3);
  assert.deepEqual(declared.filter((name) => !names.has(name) && !symbols.has(name)), []);
});
