/** A small notebook run again and again while every core computes: is each output in its place? */
import { projectPath } from "../base/files.ts";
import { runNotebook } from "../notebook/client/run_notebook.ts";
import { codeCells, type Notebook } from "../notebook/file/ipynb.ts";
import { code, notebookOf } from "./example_notebooks.ts";

const CELLS = 8;

/** Cells that print and show their own number, some after a pause. */
const notebook = notebookOf(
  code('import { show, table } from "../lib/mod.ts";'),
  ...Array.from({ length: CELLS }, (_, c) =>
    code(
      `for (let i = 0; i < 20; i++) console.log("cell ${c}");
await new Promise((resolve) => setTimeout(resolve, ${(7 * c) % 20}));
await show(table([{ cell: ${c} }]));
const view${c} = await show.live("cell x");
await view${c}.update("cell ${c}");
console.log("cell ${c}");
await show("cell ${c}");`,
    )),
);

/** What each cell must have: its print, its table, its replaced text, its print, its text. */
function isRight(executed: Notebook): boolean {
  const [, ...cells] = codeCells(executed);
  return cells.every(({ outputs }, c) => {
    const texts = outputs.map((output) =>
      output.output_type === "stream" ? output.text : "data" in output && output.data["text/plain"]
    );
    const line = `cell ${c}\n`;
    const table = `| cell |\n| ---: |\n| ${c} |`;
    const expected = [line.repeat(20), table, `cell ${c}`, line, `cell ${c}`];
    return texts.length === expected.length && texts.every((text, i) => text === expected[i]);
  });
}

/**
 * Runs the notebook so often while every core is busy.
 *
 * @returns what was wrong, a line a run; empty if every output was in its place each time
 */
export async function runOften(times: number): Promise<string[]> {
  // processes, because a worker that computes without a pause outlives its termination
  const busy = Array.from(
    { length: navigator.hardwareConcurrency },
    () => new Deno.Command(Deno.execPath(), { args: ["eval", "for (;;);"] }).spawn(),
  );
  const wrong: string[] = [];
  try {
    for (let run = 1; run <= times; run++) {
      try {
        const executed = await runNotebook(notebook, "often.ipynb", projectPath("notebooks"));
        if (!isRight(executed)) wrong.push(`run ${run}: ${JSON.stringify(codeCells(executed))}`);
      } catch (error) {
        wrong.push(`run ${run}: ${error}`);
      }
    }
  } finally {
    for (const process of busy) {
      process.kill("SIGKILL");
      await process.status;
    }
  }
  return wrong;
}

if (import.meta.main) {
  const times = Number(Deno.args[0] ?? 50);
  const wrong = await runOften(times);
  for (const line of wrong) console.error(line);
  console.log(`${times - wrong.length} of ${times} runs with every output in its place`);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
