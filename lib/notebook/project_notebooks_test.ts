/** These tests check and run whole notebooks with the real kernel; each takes some seconds. */
import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { findNotebooks, NotebookProblems, runNotebooks } from "./project_notebooks.ts";
import { CellError } from "./client/run_notebook.ts";
import { code, notebookOf, withNotebooks } from "../testing/example_notebooks.ts";
import { until } from "../testing/until.ts";
import { whileLocked } from "../base/lock.ts";

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

Deno.test("a notebook saved while it runs keeps the edit; a second run waits", async () => {
  const slow = notebookOf("# Slow", code("const seed = 1;", "parameters"), code(SHOW));
  await withNotebooks({ "01_a.ipynb": slow }, async (folder) => {
    const file = join(folder, "01_a.ipynb");
    const waited: string[] = [];
    let saved = false;
    const options = {
      folder,
      pages: join(folder, "html"),
      onWait: (message: string) => void waited.push(message),
      onCell: () => {
        if (saved) return;
        saved = true;
        const text = Deno.readTextFileSync(file).replace("# Slow", "# Edited");
        Deno.writeTextFileSync(file, text);
      },
    };
    const runs: ReturnType<typeof runNotebooks>[] = [];
    await whileLocked(`${file}.lock`, async () => {
      runs.push(runNotebooks(options), runNotebooks(options));
      await until(() => waited.length === 2, "two that wait", 60);
    });
    const both = await Promise.all(runs);
    assert.deepEqual(both.flat().map(({ leftOut }) => leftOut), [[], []]);
    for (const message of waited) {
      assert.match(message, /^01_a\.ipynb is run by .*; waiting until that is done$/);
    }
    const text = await Deno.readTextFile(file);
    assert.match(text, /# Edited/);
    assert.match(text, /"text\/plain": \[\s+"1"/);
    assert.equal(await exists(`${file}.lock`), false);
  });
});

Deno.test("an abort that came before ends the wait for a notebook that another runs", async () => {
  await withNotebooks({ "01_a.ipynb": good }, async (folder) => {
    const waited: string[] = [];
    const onWait = (message: string) => void waited.push(message);
    const signal = AbortSignal.abort(new Error("stopped"));
    await whileLocked(join(folder, "01_a.ipynb.lock"), async () => {
      let error: unknown;
      runNotebooks({ folder, signal, onWait }).catch((reason) => error = reason);
      await until(() => error === signal.reason, "the end of the wait", 60);
      assert.deepEqual(waited, []);
    });
  });
});

Deno.test("more at once than there are notebooks are as many as there are", async () => {
  await withNotebooks({ "01_a.ipynb": good }, async (folder) => {
    const options = { folder, pages: join(folder, "html"), atOnce: Number.MAX_SAFE_INTEGER };
    assert.equal((await runNotebooks(options)).length, 1);
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

Deno.test("a path means exactly that file, a name the one of the folder", async () => {
  const empty = notebookOf();
  await withNotebooks(
    { "01_a.ipynb": empty },
    (inside) =>
      withNotebooks({ "01_a.ipynb": empty }, async (outside) => {
        const [own, other] = [join(inside, "01_a.ipynb"), join(outside, "01_a.ipynb")];
        assert.deepEqual(await findNotebooks(["01_a"], inside), [own]);
        assert.deepEqual(await findNotebooks([other], inside), [other]);
        assert.deepEqual(await findNotebooks([other, own, "01"], inside), [own, other]);
        await assert.rejects(
          findNotebooks([join(outside, "x", "01_a.ipynb")], inside),
          /no such file: .*x.01_a\.ipynb/,
        );
        await assert.rejects(findNotebooks([join(outside, "01_a")], inside), /no such file/);
        await assert.rejects(findNotebooks([outside], inside), /not a notebook/);
      }),
  );
});

Deno.test("a notebook outside runs as it is: the library, its own folder, no page", async () => {
  const unformatted = `import { userCount } from '../lib/mod.ts'
const size = userCount({ offsets: Uint32Array.of(0, 1, 2), items: Uint32Array.of(1, 1) })
await Deno.writeTextFile("written.txt", String(size))
console.log(Deno.cwd())
size + 40`;
  const mine = notebookOf("# Mine", code(unformatted));
  await withNotebooks({ "00_start_here.ipynb": mine }, async (folder) => {
    const pages = join(folder, "html");
    const path = join(folder, "00_start_here.ipynb");
    const [result] = await runNotebooks({ names: [path], pages });
    assert.equal(result?.path, path);
    assert.equal(result?.changed, true);
    assert.equal(await Deno.readTextFile(join(folder, "written.txt")), "2");
    assert.match(await Deno.readTextFile(path), /"text\/plain": \[\s+"42"/);
    assert.equal(await exists(pages), false);
  });
});

Deno.test("a notebook outside imports from beside itself too; a lost one is said", async () => {
  const both = code(
    `import { own } from "./own.ts";\nimport { Random } from "../lib/mod.ts";
await Deno.writeTextFile("o.txt", own + new Random(1).below(1));`,
  );
  const lost = code('import { data } from "../library/mod.ts";');
  const notebooks = { "both.ipynb": notebookOf(both), "lost.ipynb": notebookOf(lost) };
  await withNotebooks(notebooks, async (folder) => {
    await Deno.writeTextFile(join(folder, "own.ts"), 'export const own = "mine";');
    await runNotebooks({ names: [join(folder, "both.ipynb")] });
    assert.equal(await Deno.readTextFile(join(folder, "o.txt")), "mine0");
    await assert.rejects(
      runNotebooks({ names: [join(folder, "lost.ipynb")] }),
      /lost\.ipynb: it imports a file that is not there: "\.\.\/library\/mod\.ts"/,
    );
  });
});
