import assert from "node:assert/strict";
import { join } from "../../base/paths.ts";
import { cellModule } from "./cell_module.ts";
import { checkNotebooks, formatCells, problemText } from "./check_cells.ts";
import { type Notebook, parseNotebook } from "../file/ipynb.ts";
import { code, notebookOf, withNotebooks } from "../../testing/example_notebooks.ts";

/** The problems of a notebook, as text; the folder must be left as it was. */
async function problems(notebook: Notebook): Promise<string[]> {
  let found: string[] = [];
  await withNotebooks({ "x.ipynb": notebook }, async (folder) => {
    found = (await checkNotebooks([join(folder, "x.ipynb")])).map(problemText);
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assert.deepEqual(left, ["x.ipynb"]);
  });
  return found;
}

Deno.test("lines of the module lead back to their cells", () => {
  const notebook = notebookOf(
    "text",
    code("a;\nb;"),
    code("injected;", "injected-parameters"),
    code("c;"),
  );
  const { source, lineOf } = cellModule(notebook);
  const lines = source.split("\n");
  assert.deepEqual(lineOf(lines.indexOf("b;") + 1), { cell: 1, line: 2 });
  assert.deepEqual(lineOf(lines.indexOf("c;") + 1), { cell: 3, line: 1 });
  assert.equal(lineOf(1), null);
  assert.ok(!source.includes("injected"));
});

Deno.test("a good notebook has no problems; names live on from cell to cell", async () => {
  const notebook = notebookOf(
    "# Title",
    code("const seed = 1;", "parameters"),
    code("const seed = 2;", "injected-parameters"),
    code("const double = (x: number) => 2 * x;\nawait Promise.resolve(double(seed));"),
    code("if (seed > 1) await Promise.resolve();"),
  );
  assert.deepEqual(await problems(notebook), []);
});

Deno.test("type errors, redeclarations and unused names are found where they are", async () => {
  const found = await problems(notebookOf(
    code("const a = 1;\nconst unused = 1;"),
    code("const text: string = a;\nawait Promise.resolve(text);"),
    code("const a = 2;"),
    code('import { nothing } from "./missing.ts";\nawait Promise.resolve(nothing);'),
  ));
  assert.match(found.join("\n"), /^x\.ipynb, code cell 1, line 1: .*redeclare.*'a'/m);
  assert.match(found.join("\n"), /^x\.ipynb, code cell 1, line 2: `unused` is never used/m);
  assert.match(
    found.join("\n"),
    /^x\.ipynb, code cell 2, line 1: Type 'number' is not assignable/m,
  );
  assert.match(found.join("\n"), /^x\.ipynb, code cell 3, line 1: .*redeclare/m);
  assert.match(found.join("\n"), /^x\.ipynb, code cell 4, line 1: .*[Mm]odule/m);
});

Deno.test("a syntax error is a problem of its cell", async () => {
  const found = await problems(notebookOf(code("await Promise.resolve();"), code("const = 1;")));
  assert.match(found.join("\n"), /^x\.ipynb, code cell 2, line 1: /m);
});

Deno.test("what is shown must be awaited", async () => {
  const found = await problems(notebookOf(
    code("const a = [1];\na;"),
    code("a.push(2);\nconst b = 1;"),
    code("a.push(b);"),
    code('console.log("x");\nawait Promise.resolve();'),
  ));
  const expected = [
    "x.ipynb, code cell 1, line 2: a cell ends with an expression that is not awaited",
    "x.ipynb, code cell 3, line 1: a cell ends with an expression that is not awaited",
    "x.ipynb, code cell 4, line 1: `console` usage is not allowed",
  ];
  assert.equal(found.length, expected.length);
  expected.forEach((start, i) => assert.ok(found[i]!.startsWith(start), `${found[i]}`));
});

Deno.test("cells are formatted and short, and the notebook names its kernel", async () => {
  const long = (name: string) =>
    code(Array.from({ length: 26 }, (_, i) => `const ${name}${i} = 1;`).join("\n"));
  const notebook = notebookOf(code("const   a = 1;"), long("b"), long("c"));
  notebook.metadata.kernelspec = { name: "python3" };
  const found = (await problems(notebook)).filter((text) => !text.includes("never used"));
  assert.match(found[0]!, /^x\.ipynb: not a Deno notebook/);
  assert.match(found[1]!, /^x\.ipynb: half of its code cells have 26 lines or more; at most 8/);
  assert.match(found[2]!, /^x\.ipynb, code cell 1: not formatted/);
  assert.match(found[3]!, /^x\.ipynb, code cell 2: 26 lines; a cell has at most 25/);
});

Deno.test("formatting changes code cells only, and once", async () => {
  const notebook = notebookOf("a  title", code("const   a = 1;\nconsole.log( a )"));
  await withNotebooks({ "x.ipynb": notebook }, async (folder) => {
    const path = join(folder, "x.ipynb");
    assert.equal(await formatCells(path), true);
    assert.equal(await formatCells(path), false);
    const { cells } = parseNotebook(await Deno.readTextFile(path), "x.ipynb");
    assert.deepEqual(cells.map((cell) => cell.source), [
      "a  title",
      "const a = 1;\nconsole.log(a);",
    ]);
  });
});
