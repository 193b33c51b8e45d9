/** `deno task notebooks [names…] [-P name=value] [--check | --html]` */
import { parseArgs } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { projectRoot } from "../base/files.ts";
import { basename, relative } from "../base/paths.ts";
import { checkNotebooks, problemText } from "../notebook/check_cells.ts";
import { findNotebooks, NotebookProblems, runNotebooks } from "../notebook/notebooks.ts";
import { PAGES, writePages } from "../notebook/page.ts";
import { CellError, type CellProgress } from "../notebook/run.ts";

const USAGE =
  `Executes notebooks with the real Deno kernel, writes them back with their outputs, and
writes a standalone HTML page of each to results/html/.

  deno task notebooks [names…] [options]

  names              "01", "01_multi_interest_matching" or file names; all notebooks if left out
  -P name=value      a parameter, for every chosen notebook that has it; may be repeated
  --at-once N        notebooks at the same time, about 205 MB each (default 1)
  --cell-seconds N   the longest time a cell may take (default 1800)
  --check            only check types, lint, format and size of the code cells
  --html             only write the pages of the notebooks as they are`;

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    parameter: { type: "string", short: "P", multiple: true, default: [] },
    "at-once": { type: "string", default: "1" },
    "cell-seconds": { type: "string", default: "1800" },
    check: { type: "boolean", default: false },
    html: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const ended = new AbortController();

try {
  if (values.help) console.log(USAGE);
  else if (values.check) await check();
  else if (values.html) await pages();
  else await run();
} catch (error) {
  if (ended.signal.aborted) {
    console.error("Stopped. The notebook that was running is unchanged.");
    Deno.exit(130);
  }
  if (error instanceof CellError) {
    console.error(`\n${error.source.replaceAll(/^/gm, "    ")}\n\n${error.message}`);
    console.error(`\n${error.file} is unchanged.`);
  } else if (error instanceof BadInput || error instanceof NotebookProblems) {
    console.error(error.message);
  } else {
    throw error;
  }
  Deno.exitCode = 1;
}

async function check(): Promise<void> {
  const paths = await findNotebooks(positionals);
  const problems = await checkNotebooks(paths);
  for (const problem of problems) console.error(problemText(problem));
  console.log(`${paths.length} notebooks checked, ${problems.length} problems`);
  if (problems.length > 0) Deno.exitCode = 1;
}

async function pages(): Promise<void> {
  const paths = await findNotebooks(positionals);
  await writePages(paths);
  console.log(`${paths.length} pages in ${relative(projectRoot, PAGES)}`);
}

async function run(): Promise<void> {
  Deno.addSignalListener("SIGINT", () => ended.abort());
  const results = await runNotebooks({
    names: positionals,
    parameters: Object.fromEntries(values.parameter.map(parameter)),
    atOnce: positiveInteger("at-once"),
    cellSeconds: positiveInteger("cell-seconds"),
    signal: ended.signal,
    onCell: ({ file, cell, total, line }: CellProgress) => {
      if (cell <= total) console.log(`${file}  ${cell}/${total}  ${line.slice(0, 60)}`);
    },
  });
  for (const { path, seconds, changed } of results) {
    const state = changed ? "written" : "unchanged";
    console.log(`${basename(path)}  ${seconds.toFixed(1)} s, ${state}`);
  }
  console.log(`Pages: ${relative(projectRoot, PAGES)}`);
  Deno.exit(); // the SIGINT listener would keep the process
}

function parameter(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new BadInput("not name=value", "-P", text, "Write for example -P seed=2.");
}

function positiveInteger(option: "at-once" | "cell-seconds"): number {
  const value = Number(values[option]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new BadInput("not a whole number above 0", `--${option}`, values[option], "Try 2.");
}
