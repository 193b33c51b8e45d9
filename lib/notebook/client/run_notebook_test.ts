/** These tests drive the real kernel; each takes a second or two. */
import assert from "node:assert/strict";
import { type CodeCell, codeCells, formatNotebook, type Notebook } from "../file/ipynb.ts";
import { CellError, runNotebook, type RunOptions } from "./run_notebook.ts";
import { code, notebookOf } from "../../testing/example_notebooks.ts";
import { until } from "../../testing/until.ts";

/** What `await show(...)` does, without the library. */
const SHOW = `async function show(text: string, id = "", update = false) {
  const type = update ? "update_display_data" : "display_data";
  const transient = { display_id: id };
  Deno.jupyter.broadcast(type, { data: { "text/plain": text }, metadata: {}, transient });
  await new Promise((resolve) => setTimeout(resolve, 40));
}`;

function run(sources: string[], options?: RunOptions): Promise<Notebook> {
  const notebook = notebookOf(code(SHOW), ...sources.map((source) => code(source)));
  return runNotebook(notebook, "x.ipynb", Deno.cwd(), options);
}

/** The texts shown under each cell but the first. */
function shown(notebook: Notebook): unknown[] {
  const texts = (cell: CodeCell) =>
    cell.outputs.map((output) =>
      output.output_type === "stream"
        ? `${output.name}: ${output.text}`
        : output.output_type === "error"
        ? output.ename
        : output.data["text/plain"]
    );
  return codeCells(notebook).slice(1).map(texts);
}

async function failure(sources: string[], options?: RunOptions): Promise<CellError> {
  const error = await run(sources, options).then(() => null, (error) => error);
  assert.ok(error instanceof CellError, `${error}`);
  return error;
}

Deno.test("cells share their names, and outputs lie under the cell that made them", async () => {
  const executed = await run([
    "const a: number = 1;",
    "await show(`a is ${a}`);\nawait show('again');",
    "",
    "console.log('x');\nconsole.log('y');\nconsole.error('z');\nawait show('after');",
  ]);
  assert.deepEqual(shown(executed), [
    [],
    ["a is 1", "again"],
    [],
    ["stdout: x\ny\n", "stderr: z\n", "after"],
  ]);
  assert.deepEqual(codeCells(executed).map((cell) => cell.execution_count), [1, 2, 3, null, 4]);
});

Deno.test("an update changes the display where it stands, from a later cell too", async () => {
  const executed = await run([
    "await show('first', 'a');\nawait show('b');\nawait show('second', 'a', true);",
    "await show('third', 'a', true);",
  ]);
  assert.deepEqual(shown(executed), [["third", "b"], []]);
  assert.ok(codeCells(executed).every((cell) => !("transient" in (cell.outputs[0] ?? {}))));
});

Deno.test("an output larger than any buffer arrives whole, or is told not to", async () => {
  // on a busy machine the kernel itself drops parts of a message now and then
  const atOnce = () =>
    run(["await show('x'.repeat(5e6));"]).catch((error: Error) => {
      assert.match(error.message, /an output of 5\.0 MB did not arrive whole/);
      return null;
    });
  const executed = await atOnce() ?? await atOnce() ?? await atOnce();
  assert.ok(executed);
  assert.equal((shown(executed)[0] as string[])[0]?.length, 5e6);
});

Deno.test("an output of 16 MB or more is refused by its size", async () => {
  const error = await failure(["await show('x'.repeat(16e6));"]);
  assert.match(
    error.message,
    /code cell 2: an output of 16\.0 MB; at most 16\.0 MB are shown\. Show less, or write it to a/,
  );
  const printed = await failure(["console.log('x'.repeat(40e6));"]);
  assert.match(printed.message, /code cell 2: an output of 40\.0 MB; at most/);
});

Deno.test("solutions are tried after the last cell; a wrong one fails", async () => {
  const exercise = [
    "const sum: number | null = null; // your answer",
    "if (sum !== null && sum !== 2) throw new Error(`${sum} is wrong`);",
    "await show(`${sum}`);",
  ].join("\n");
  const withSolution = (solution: string) =>
    notebookOf(
      code(SHOW),
      code(exercise),
      `<details>\n\n\`\`\`ts\n${solution}\n\`\`\`\n\n</details>`,
      code("await show(`still ${sum}`);"),
    );
  const executed = await runNotebook(withSolution("const sum = 2;"), "x.ipynb", Deno.cwd());
  assert.deepEqual(shown(executed), [["null"], ["still null"]]);
  await assert.rejects(
    runNotebook(withSolution("const sum = 3;"), "x.ipynb", Deno.cwd()),
    /x\.ipynb, code cell 2: Error: 3 is wrong/,
  );
  const text = exercise.replace(
    "throw new Error(`${sum} is wrong`)",
    "await show(`Not yet, ${sum}`)",
  );
  const said = notebookOf(
    code(SHOW),
    code(text),
    "<details>\n\n```ts\nconst sum = 3;\n```\n\n</details>",
  );
  await assert.rejects(
    runNotebook(said, "x.ipynb", Deno.cwd()),
    /code cell 2: its printed solution is wrong\. Not yet, 3/,
  );
});

Deno.test("two runs give the same bytes", async () => {
  const sources = [
    "await show(`${1 / 3}`, crypto.randomUUID());",
    "console.log(1);\nawait show('');",
  ];
  assert.equal(formatNotebook(await run(sources)), formatNotebook(await run(sources)));
});

Deno.test("an error fails, naming notebook, cell and error", async () => {
  const error = await failure([
    "const a = 1;",
    "function f() {\n  throw new TypeError('no');\n}\nf();",
  ]);
  assert.equal(error.cell, 3);
  assert.match(error.message, /^x\.ipynb, code cell 3: TypeError: no\n/);
  assert.match(error.source, /^function f/);
});

Deno.test("code that does not compile fails", async () => {
  assert.match((await failure(["const = 1;"])).message, /code cell 2: it could not be compiled/);
});

Deno.test("a bare last expression fails", async () => {
  assert.match((await failure(["const a = 1;\na;"])).message, /ends with an expression/);
});

Deno.test("output that is late for its cell fails", async () => {
  const error = await failure(["setInterval(() => console.log('late'), 20);\nawait show('');"]);
  assert.match(error.message, /code cell 2: some output \(stream\) came after the cell had ended/);
});

Deno.test("an update of what was never shown fails", async () => {
  assert.match((await failure(["await show('x', 'nobody', true);"])).message, /never shown/);
});

Deno.test("output that names this machine's folders fails", async () => {
  const error = await failure(["await show(`in ${Deno.cwd()}/lib`);"]);
  assert.match(error.message, /names a folder of this machine/);
  const before = Deno.env.get("HOME");
  try {
    for (const home of ["/", ""]) { // as in containers: no folder that tells anything
      Deno.env.set("HOME", home);
      await run(["await show('a/b and /usr/bin');"]);
    }
  } finally {
    if (before === undefined) Deno.env.delete("HOME");
    else Deno.env.set("HOME", before);
  }
});

Deno.test("a cell that takes too long fails, and the error says why it may", async () => {
  const loop = await failure(["while (true) {}"], { cellSeconds: 5 });
  assert.match(
    loop.message,
    /code cell 2: the cell did not end within 5 seconds\. Its process lives/,
  );
});

Deno.test("an error that nothing awaits fails: in a timer, a promise, after the cell", async () => {
  const timer = "setTimeout(() => {\n  throw new TypeError('no');\n}, 1);\nawait show('');";
  assert.match((await failure([timer])).message, /code cell 2: .*nothing awaited: TypeError: no\n/);
  const promise = "(async () => {\n  throw new TypeError('no');\n})();\nawait show('');";
  assert.match(
    (await failure([promise])).message,
    /code cell 2: .*nothing awaited: TypeError: no\n/,
  );
  const later = "setInterval(() => {\n  throw new TypeError('no');\n}, 60);\nawait show('');";
  assert.match((await failure([later])).message, /code cell 2: .*TypeError: no/);
});

Deno.test("a kernel that dies fails at once", async () => {
  const error = await failure(["Deno.exit(3);"]);
  assert.match(error.message, /code cell 2: the kernel's process ended \(code 3\)/);
});

Deno.test("an abort interrupts the cell as the stop button does, and ends the run", async () => {
  const stop = new AbortController();
  const file = await Deno.makeTempFile();
  const write = (text: string) => `Deno.writeTextFileSync(${JSON.stringify(file)}, "${text}")`;
  const cell = `Deno.addSignalListener("SIGINT", () => ${write("saved")});
${write("listens")};
await new Promise((resolve) => setTimeout(resolve, 60_000));`;
  try {
    const ended = assert.rejects(run([cell], { signal: stop.signal }), /^Error: stopped$/);
    await until(async () => await Deno.readTextFile(file) === "listens", "the listener", 60);
    stop.abort(new Error("stopped"));
    await ended;
    assert.equal(await Deno.readTextFile(file), "saved");
  } finally {
    await Deno.remove(file);
  }
});
