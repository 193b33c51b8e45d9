import assert from "node:assert/strict";
import { codeCells } from "./ipynb.ts";
import { declaredParameters, injectParameters, parameterFromText } from "./parameters.ts";
import { code, notebookOf } from "../../testing/example_notebooks.ts";

const notebook = notebookOf(
  "# Title",
  code(
    "// what to try\nconst seed = 1;\nconst steps = 20_000; // how long\n" +
      "const rate: number = 1e-3;\n" +
      'const name = "a; // b";\nconst fast = true;\nconst ks = [1, 4];',
    "parameters",
  ),
  code("seed;"),
);

Deno.test("the parameters cell declares names and values", () => {
  assert.deepEqual(Object.fromEntries(declaredParameters(notebook, "x")), {
    seed: 1,
    steps: 20000,
    rate: 0.001,
    name: "a; // b",
    fast: true,
    ks: [1, 4],
  });
  assert.equal(declaredParameters(notebookOf(code("1")), "x").size, 0);
});

Deno.test("a parameters cell with anything else is refused, naming the line", () => {
  const wrong = notebookOf(code("const a = 1;\nconst b = a + 1;", "parameters"));
  assert.throws(() => declaredParameters(wrong, "x.ipynb"), /x\.ipynb, parameter b: .*"a \+ 1"/);
  const call = notebookOf(code("const a = 1;\nrun();", "parameters"));
  assert.throws(() => declaredParameters(call, "x.ipynb"), /parameters cell, line 2/);
});

Deno.test("values go into a cell after the declaration, replace earlier ones, and go away", () => {
  const once = injectParameters(notebook, "x", { seed: 2, name: 'q"' });
  assert.deepEqual(codeCells(once)[1]?.source.split("\n").slice(1), [
    "const seed = 2;",
    'const name = "q\\"";',
  ]);
  assert.equal(once.cells[2]?.id, "injected-parameters");
  const twice = injectParameters(once, "x", { ks: [2] });
  assert.equal(twice.cells.length, notebook.cells.length + 1);
  assert.match(codeCells(twice)[1]!.source, /const ks = \[2\];$/);
  assert.deepEqual(injectParameters(twice, "x", {}), notebook);
});

Deno.test("unknown names and wrong types are refused", () => {
  assert.throws(() => injectParameters(notebook, "x", { sede: 1 }), /"sede"\. Known: seed, steps/);
  assert.throws(() => injectParameters(notebook, "x", { seed: "1" }), /not a number/);
  for (const ks of [["a"], [1, "a"], 1]) {
    assert.throws(() => injectParameters(notebook, "x", { ks }), /not a list of numbers/);
  }
});

Deno.test("an empty list stands for any list, and is one of any", () => {
  const open = notebookOf(code("const ks: number[] = [];", "parameters"));
  for (const ks of [[2, 8], ["a"], []]) {
    const [, injected] = codeCells(injectParameters(open, "x", { ks }));
    assert.ok(injected!.source.endsWith(`\nconst ks = ${JSON.stringify(ks)};`));
  }
  assert.throws(() => injectParameters(open, "x", { ks: 2 }), /not a list: "2"/);
  assert.match(codeCells(injectParameters(notebook, "x", { ks: [] }))[1]!.source, /ks = \[\];$/);
});

Deno.test("a text is read as the declared type", () => {
  assert.equal(parameterFromText("3", 1, "x"), 3);
  assert.equal(parameterFromText("3", "", "x"), "3");
  assert.equal(parameterFromText("false", true, "x"), false);
  assert.deepEqual(parameterFromText("[1, 2]", [0], "x"), [1, 2]);
  assert.equal(parameterFromText("20_000", 1, "x"), 20_000);
  assert.equal(parameterFromText("-1e-3", 1, "x"), -0.001);
  const others = ["1e999", "12345678901234567890", "_5_", "1__0", "-0", "0x10", "[1e999]", "[1,]"];
  for (const text of [...others, "[12345678901234567890]"]) {
    assert.throws(() => parameterFromText(text, text[0] === "[" ? [1] : 1, "-P n"), /-P n: /, text);
  }
  assert.throws(() => parameterFromText("many", 1, "-P seed"), /-P seed: not a parameter's value/);
});
