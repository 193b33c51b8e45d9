/** These tests check and run whole notebooks with the real kernel; each takes some seconds. */
import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { findNotebooks, NotebookProblems, runNotebooks } from "./project_notebooks.ts";
import { CellError } from "./client/run_notebook.ts";
import { code, notebookOf, withNotebooks } from "../testing/example_notebooks.ts";

const SHOW = `const data = { "text/plain": \`\${seed}\` };
// deno-lint-ignore no-explicit-any -- foreign: the kernel's own interface
const { broadcast } = (Deno as any).jupyter;
broadcast("display_data", { data, metadata: {}, transient: {} });
await new Promise((resolve) => setTimeout(resolve, 40));`;

const good = notebookOf("# Good", code("const seed = 1;", "parameters"), code(SHOW));

Deno.test("notebooks are found by number, stem or file name, in reading order", async () => {
  const empty = notebookOf();
  await withNotebooks({ "02_b.ipynb": empty, "01_a.ipynb": empty }, async (folder) => {
    const paths = (...stems: string[]) => stems.map((stem) => join(folder, `${stem}.ipynb`));
    assert.deepEqual(await findNotebooks([], folder), paths("01_a", "02_b"));
    assert.deepEqual(await findNotebooks(["02"], folder), paths("02_b"));
    assert.deepEqual(await findNotebooks(["02_b.ipynb", "01"], folder), paths("01_a", "02_b"));
    await assert.rejects(findNotebooks(["3"], folder), /no such notebook: "3"\. There are: 01_a/);
  });
});

Deno.test("a run writes outputs and page; another one changes nothing", async () => {
  await withNotebooks({ "01_a.ipynb": good, "02_b.ipynb": good }, async (folder) => {
    const file = join(folder, "01_a.ipynb");
    const options = { folder, pages: join(folder, "html") };
    const [first, second] = await runNotebooks({ ...options, atOnce: 2 });
    assert.equal(first?.changed, true);
    assert.equal(second?.path, join(folder, "02_b.ipynb"));
    const text = await Deno.readTextFile(file);
    assert.match(text, /"text\/plain": \[\s+"1"/);
    assert.match(await Deno.readTextFile(join(folder, "html", "01_a.html")), />1<\/pre>/);
    assert.equal((await runNotebooks({ ...options, names: ["01"] }))[0]?.changed, false);

    await runNotebooks({ ...options, names: ["01"], parameters: { seed: "7" } });
    assert.match(await Deno.readTextFile(file), /"const seed = 7;"[\s\S]*"7"/);
    await runNotebooks({ ...options, names: ["01"] });
    assert.equal(await Deno.readTextFile(file), text);
    await assert.rejects(
      runNotebooks({ ...options, parameters: { sede: 7 } }),
      /unknown parameter: "sede"\. Known: seed/,
    );
  });
});

Deno.test("a failing cell leaves its notebook as it was", async () => {
  const bad = notebookOf(code("throw new Error('no');"));
  const quoted = notebookOf(code('throw new Error("no");'));
  await withNotebooks({ "bad.ipynb": bad, "quoted.ipynb": quoted }, async (folder) => {
    const options = { folder, pages: join(folder, "html") };
    const before = await Deno.readTextFile(join(folder, "quoted.ipynb"));
    await assert.rejects(runNotebooks({ ...options, names: ["bad"] }), (error) => {
      assert.ok(error instanceof NotebookProblems);
      assert.match(error.message, /^bad\.ipynb, code cell 1: not formatted/);
      return true;
    });
    await assert.rejects(runNotebooks({ ...options, names: ["quoted"] }), (error) => {
      assert.ok(error instanceof CellError);
      assert.match(error.message, /^quoted\.ipynb, code cell 1: Error: no/);
      return true;
    });
    assert.equal(await Deno.readTextFile(join(folder, "quoted.ipynb")), before);
    assert.equal(await exists(join(folder, "html")), false);
  });
});
