import assert from "node:assert/strict";
import { exercises } from "./file/exercises.ts";
import { codeCells, parseNotebook } from "./file/ipynb.ts";
import { findNotebooks } from "./project_notebooks.ts";

/** Notebooks that a student reads in half an hour. */
const TAUGHT = ["03", "04", "05"];

/** The most that such a notebook holds. */
const MOST = { words: 2000, figures: 12, numbers: 2 } as const;

/** Text without code, formulas and folded answers. */
function read(markdown: string): string {
  return markdown.replace(/<details>.*?<\/details>/gs, "").replace(/```.*?```/gs, "")
    .replace(/\$\$.*?\$\$/gs, "");
}

/** Numbers that a reader has to keep in mind; not those in formulas, code and names. */
function numbersIn(paragraph: string): string[] {
  const plain = paragraph.replace(/\$[^$]*\$|`[^`]*`/g, "").replace(/\b0\d\b|interests? \d/g, "");
  return plain.match(/(?<![\w.@])[−+-]?\d[\d.,]*/g) ?? [];
}

/** Notebooks that hold evidence: short texts around figures and tables. */
const EVIDENCE = ["06", "07", "08", "09", "10"];

/** Words that are read: with a letter or a digit in them. */
function wordsIn(texts: readonly string[]): string[] {
  return texts.join(" ").split(/\s+/).filter((word) => /\p{L}|\d/u.test(word));
}

for (const number of EVIDENCE) { // cells of exercises come on top, their words do not
  Deno.test(`notebook ${number}: at most 15 code cells, 2,000 words`, async () => {
    const [path] = await findNotebooks([number]);
    const notebook = parseNotebook(await Deno.readTextFile(path!), path!);
    const texts = notebook.cells.filter(({ cell_type }) => cell_type === "markdown")
      .map(({ source }) => source);
    const words = texts.join(" ").split(/\s+/).filter(Boolean).length;
    assert.ok(words <= MOST.words, `${words} words`);
    const cells = codeCells(notebook);
    assert.ok(cells.length - exercises(notebook, path!).length <= 15);
    const outputs = cells.flatMap(({ outputs }) => outputs);
    assert.deepEqual(outputs.filter(({ output_type }) => /stream|error/.test(output_type)), []);
  });
}

for (const number of TAUGHT) {
  Deno.test(`notebook ${number} can be read in half an hour`, async () => {
    const [path] = await findNotebooks([number]);
    const notebook = parseNotebook(await Deno.readTextFile(path!), path!);
    const texts = notebook.cells.filter(({ cell_type }) => cell_type === "markdown")
      .map(({ source }) => read(source));
    const words = wordsIn(texts);
    assert.ok(words.length <= MOST.words, `${words.length} words`);
    const outputs = codeCells(notebook).flatMap(({ outputs }) => outputs);
    const figures = outputs.filter((output) =>
      "data" in output && "application/vnd.plotly.v1+json" in output.data
    );
    assert.ok(figures.length <= MOST.figures, `${figures.length} figures`);
    const heavy = texts.flatMap((text) => text.split(/\n\s*\n/))
      .filter((paragraph) => !paragraph.startsWith("- "))
      .filter((paragraph) => numbersIn(paragraph).length > MOST.numbers);
    assert.deepEqual(heavy, []);
    const unwanted = outputs.filter(({ output_type }) => /stream|error/.test(output_type));
    assert.deepEqual(unwanted, []);
  });
}

Deno.test("no line of a code cell is longer than 100 characters", async () => {
  for (const path of await findNotebooks()) {
    const cells = codeCells(parseNotebook(await Deno.readTextFile(path), path));
    const lines = cells.flatMap(({ source }) => source.split("\n"));
    assert.deepEqual(lines.filter((line) => line.length > 100), [], path);
  }
});
