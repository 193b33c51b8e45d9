import assert from "node:assert/strict";
import { exercises } from "./exercises.ts";
import { readNotebook } from "./ipynb.ts";
import { findNotebooks } from "../project_notebooks.ts";
import { code, notebookOf } from "../../testing/example_notebooks.ts";

const asked = "const sum: number | null = null; // your answer: 1 + 1\nconsole.log(sum);";
const folded = (solution: string) =>
  `<details><summary>Solution</summary>\n\n\`\`\`ts\n${solution}\n\`\`\`\n\nIt is.\n\n</details>`;

Deno.test("the folded line takes the place of the empty answer", () => {
  const notebook = notebookOf(code("const a = 1;"), code(asked), folded("const sum = 2;"));
  const [exercise, ...more] = exercises(notebook, "x.ipynb");
  assert.equal(more.length, 0);
  assert.equal(exercise!.cell, 2);
  assert.equal(exercise!.solved.source, "const sum = 2;\nconsole.log(sum);");
});

Deno.test("an exercise without a solution, or with that of another, is refused", () => {
  for (const after of [[], ["no code"], [folded("const other = 2;")], [code("const sum = 2;")]]) {
    assert.throws(
      () => exercises(notebookOf(code(asked), ...after), "x.ipynb"),
      /x\.ipynb, code cell 1: no solution to this exercise: "const sum/,
    );
  }
});

Deno.test("notebooks 02 to 05 have two exercises each at least", async () => {
  for (const path of await findNotebooks(["02", "03", "04", "05"])) {
    assert.ok(exercises(await readNotebook(path), path).length >= 2, path);
  }
});
