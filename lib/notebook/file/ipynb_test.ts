import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { BadInput } from "../../base/bad_input.ts";
import { formatNotebook, hasTag, type Output, parseNotebook } from "./ipynb.ts";
import { stable } from "./stable.ts";
import { code, notebookOf } from "../../testing/example_notebooks.ts";

Deno.test("a file reads back as it was written, ids and tags included", () => {
  const outputs: Output[] = [
    { output_type: "stream", name: "stdout", text: "a\nb" },
    {
      output_type: "display_data",
      metadata: {},
      data: {
        "text/plain": "x\ny\n",
        "application/vnd.plotly.v1+json": { data: [], layout: { title: { text: "one\ntwo" } } },
        "application/json": ["a", "b"],
      },
    },
  ];
  const notebook = notebookOf("# Title\n\nText", { ...code("const a = 1;\n", "tag"), outputs });
  const read = parseNotebook(formatNotebook(notebook), "x.ipynb");
  assert.deepEqual(read, notebook);
  assert.ok(hasTag(read.cells[1]!, "tag"));
});

Deno.test("the file has sorted keys, one space of indentation, texts as lines", () => {
  const text = formatNotebook(notebookOf(code("const a = 1;\na;")));
  assert.match(
    text,
    /^{\n "cells": \[\n {2}{\n {3}"cell_type": "code",\n {3}"execution_count": null/,
  );
  assert.match(text, /"source": \[\n {4}"const a = 1;\\n",\n {4}"a;"\n {3}\]/);
  assert.ok(text.endsWith(` "nbformat": 4,\n "nbformat_minor": 5\n}\n`));
});

Deno.test("numbers are written as Python writes them", () => {
  const numbers = [1, -2.5, 0.0001, 0.00002, 2.5e-9, -1e-27, 0, 1e21];
  const data = { "application/json": { numbers, text: "0.00002", key: 1e-5 } };
  const output: Output = { output_type: "display_data", metadata: {}, data };
  const text = formatNotebook(notebookOf({ ...code(""), outputs: [output] }));
  const list = text.match(/"numbers": \[([^\]]*)\]/)![1]!;
  assert.equal(list.replace(/\s/g, ""), "1,-2.5,0.0001,2e-05,2.5e-09,-1e-27,0,1e+21");
  assert.match(text, /"key": 1e-05,\n +"numbers"/);
  assert.match(text, /"text": "0.00002"/);
});

Deno.test("an output of any size is written: a picture of 12 million letters", () => {
  const data = { "image/png": "a".repeat(12e6), "application/json": { size: 0.00001 } };
  const output: Output = { output_type: "display_data", metadata: {}, data };
  const notebook = notebookOf({ ...code(""), outputs: [output] });
  const text = formatNotebook(notebook);
  assert.match(text.slice(0, 2000), /"size": 1e-05/);
  assert.ok(isDeepStrictEqual(parseNotebook(text, "x"), notebook));
});

Deno.test("what is no notebook is refused with the file and the place", () => {
  const old = formatNotebook(notebookOf("x")).replace(`"nbformat_minor": 5`, `"nbformat_minor": 4`);
  for (
    const [text, pattern] of [
      ["{", /x\.ipynb: not a notebook/],
      [old, /x\.ipynb: not a notebook of format 4\.5 at nbformat_minor/],
      [formatNotebook(notebookOf("x")).replace("markdown", "prose"), /at cells\.0/],
    ] as const
  ) {
    assert.throws(() => parseNotebook(text, "x.ipynb"), (error) => {
      assert.ok(error instanceof BadInput);
      assert.match(error.message, pattern);
      return true;
    });
  }
});

Deno.test("the stable form counts executions anew and drops what editors add", () => {
  const run = { ...code("1", "tag"), execution_count: 17 };
  const timed = {
    ...run,
    metadata: { tags: ["tag"], execution: { started: "now" }, scrolled: true },
  };
  const notebook = stable({ ...notebookOf(timed, code(""), run), metadata: { widgets: {} } });
  assert.deepEqual(
    notebook.cells.map((
      cell,
    ) => [cell.metadata, "execution_count" in cell && cell.execution_count]),
    [[{ tags: ["tag"] }, 1], [{}, null], [{ tags: ["tag"] }, 2]],
  );
  assert.deepEqual(Object.keys(notebook.metadata), ["kernelspec", "language_info"]);
  const authors = [{ name: "Ada" }];
  const foreign = stable({ ...notebookOf(run), metadata: { authors, kernelspec: {} } }, true);
  assert.deepEqual(foreign.metadata, { ...notebook.metadata, authors });
  const { version } = notebook.metadata.language_info as { version: string };
  assert.equal(version, Deno.version.typescript); // as the kernel says: opening adds nothing
});
