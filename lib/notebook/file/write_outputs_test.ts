import assert from "node:assert/strict";
import { join } from "../../base/paths.ts";
import { code, notebookOf, withNotebooks } from "../../testing/example_notebooks.ts";
import { codeCells, formatNotebook, type Notebook, readNotebook, writeNotebook } from "./ipynb.ts";
import { mergeOutputs, writeOutputs } from "./write_outputs.ts";
import { injectParameters } from "./parameters.ts";

const began = notebookOf("# Title", code("const a = 1;", "parameters"), code("b;"), code("c;"));

/** What a run makes of a notebook: every code cell prints its source. */
function ran(notebook: Notebook): Notebook {
  const copy = structuredClone(notebook);
  codeCells(copy).forEach((cell, i) => {
    cell.execution_count = i + 1;
    cell.outputs = [{ output_type: "stream", name: "stdout", text: cell.source }];
  });
  return copy;
}

/** Source and what is printed below, by cell id. */
function shown(notebook: Notebook): [id: string, source: string, printed: string | null][] {
  return codeCells(notebook).map(({ id, source, outputs: [first] }) => [
    id,
    source,
    first?.output_type === "stream" ? first.text : null,
  ]);
}

Deno.test("outputs go to their cells, and what the reader did meanwhile stays", () => {
  const [title, a, b, c] = structuredClone(began.cells);
  const reader = {
    ...began,
    cells: [
      { ...title!, source: "# A better title" },
      { ...c! }, // moved
      { ...code("new;"), id: "added" },
      { ...b!, source: "b + 1;" },
    ], // and a was removed
  };
  const { notebook, leftOut } = mergeOutputs(reader, began, ran(began));
  assert.equal(notebook.cells[0]!.source, "# A better title");
  assert.deepEqual(shown(notebook), [
    [c!.id, "c;", "c;"],
    ["added", "new;", null],
    [b!.id, "b + 1;", null],
  ]);
  assert.deepEqual(leftOut, [a!.source, b!.source]);
});

Deno.test("an edited cell keeps the output it was saved with", () => {
  const reader = ran(structuredClone(began));
  codeCells(reader)[1]!.source = "b + 1;";
  const { notebook } = mergeOutputs(reader, began, ran(began));
  assert.deepEqual(shown(notebook)[1], ["cell-2", "b + 1;", "b;"]);
});

Deno.test("what a notebook outside the project says of itself stays the reader's", () => {
  const reader = { ...ran(began), metadata: { ...began.metadata, title: "Mine" } };
  assert.equal(mergeOutputs(reader, began, ran(began), true).notebook.metadata.title, "Mine");
  assert.equal(mergeOutputs(reader, began, ran(began)).notebook.metadata.title, undefined);
});

Deno.test("given parameters stand under the declared ones, and go with a run without any", () => {
  const reader = structuredClone(began);
  reader.cells[0]!.source = "# Edited";
  const given = injectParameters(began, "x.ipynb", { a: 7 });
  const { notebook, leftOut } = mergeOutputs(reader, began, ran(given));
  assert.match(shown(notebook)[1]![1], /const a = 7;$/);
  assert.deepEqual(shown(notebook).map(([id]) => id).slice(2), ["cell-2", "cell-3"]);
  assert.deepEqual(leftOut, []);

  const other = injectParameters(notebook, "x.ipynb", { a: 8 });
  const again = { ...notebook, cells: [...notebook.cells, { ...code("d;"), id: "d" }] };
  assert.match(shown(mergeOutputs(again, notebook, ran(other)).notebook)[1]![1], /const a = 8;$/);
  const without = injectParameters(notebook, "x.ipynb", {});
  const last = mergeOutputs(again, notebook, ran(without)).notebook;
  assert.deepEqual(shown(last).map(([id]) => id), ["cell-1", "cell-2", "cell-3", "d"]);
});

Deno.test("saves of the reader while outputs are written are not lost", async () => {
  await withNotebooks({ "a.ipynb": began }, async (folder) => {
    const path = join(folder, "a.ipynb");
    const before = await Deno.readTextFile(path);
    const reader = structuredClone(began);
    const saves = (async () => {
      for (let i = 0; i < 10; i++) {
        reader.cells[0]!.source = `# Save ${i}`;
        await writeNotebook(path, reader);
        await new Promise((resolve) => setTimeout(resolve, i));
      }
    })();
    const { changed } = await writeOutputs(path, before, ran(began));
    assert.ok(changed);
    await saves;
    await writeOutputs(path, before, ran(began));
    const last = await readNotebook(path);
    assert.equal(last.cells[0]!.source, "# Save 9");
    assert.deepEqual(shown(last).map(([, , printed]) => printed), ["const a = 1;", "b;", "c;"]);
  });
});

Deno.test("where there is no notebook any more, the outputs are in a copy beside it", async () => {
  await withNotebooks({ "a.ipynb": began }, async (folder) => {
    const path = join(folder, "a.ipynb");
    const before = await Deno.readTextFile(path);
    if (Deno.build.os !== "windows") await Deno.chmod(path, 0o600);
    const { mode } = await Deno.stat(path);
    for (const text of ["<<<<<<< HEAD", null]) {
      if (text === null) await Deno.remove(path);
      else await Deno.writeTextFile(path, text);
      await assert.rejects(
        writeOutputs(path, before, ran(began)),
        /outputs are in a copy: "a\.ipynb\.executed"\. Rename the copy to \.ipynb/,
      );
      const copy = `${path}.executed`;
      assert.equal(await Deno.readTextFile(copy), formatNotebook(ran(began)));
      if (text !== null) assert.equal((await Deno.stat(copy)).mode, mode);
      await Deno.remove(copy);
      if (text !== null) assert.equal(await Deno.readTextFile(path), text);
    }
    const files = await Array.fromAsync(Deno.readDir(folder));
    assert.deepEqual(files, []);
  });
});
