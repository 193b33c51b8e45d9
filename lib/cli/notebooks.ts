/** `deno task notebooks [names…] [-P name=value] [--check | --format | --html]` */
import { BadInput } from "../base/bad_input.ts";
import { projectRoot } from "../base/files.ts";
import { relative } from "../base/paths.ts";
import { checkNotebooks, formatCells, problemText } from "../notebook/check/check_cells.ts";
import { findNotebooks } from "../notebook/project_notebooks.ts";
import { PAGES, writePages } from "../notebook/page/page.ts";
import { CELL_SECONDS } from "../notebook/client/run_notebook.ts";
import { executeNotebooks } from "./execute.ts";
import { parseArgs, positiveInteger, runCommand } from "./main.ts";

const USAGE =
  `Executes notebooks with the real Deno kernel, writes them back with their outputs, and
writes a standalone HTML page of each to results/html/.

  deno task notebooks [names…] [options]

  names              "01", "01_multi_interest_matching" or file names; all notebooks if left out
  -P name=value      a parameter, for every chosen notebook that has it; may be repeated
  --at-once N        notebooks at the same time, 0.5 to 1 GB of memory each (default 1)
  --cell-seconds N   the longest time a cell may take (default ${CELL_SECONDS})
  --check            only check types, lint, format and size of the code cells
  --format           only format the code cells
  --html             only write the pages of the notebooks as they are`;

await runCommand(async () => {
  const { values, positionals: names } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      parameter: { type: "string", short: "P", multiple: true, default: [] },
      "at-once": { type: "string", default: "1" },
      "cell-seconds": { type: "string", default: String(CELL_SECONDS) },
      check: { type: "boolean", default: false },
      format: { type: "boolean", default: false },
      html: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.check) return await check(names);
  if (values.format) return await format(names);
  if (!values.html) {
    const parameters = Object.fromEntries(values.parameter.map(parameter));
    const atOnce = positiveInteger(values["at-once"], "--at-once");
    const cellSeconds = positiveInteger(values["cell-seconds"], "--cell-seconds");
    await executeNotebooks({ names, parameters, atOnce, cellSeconds }, console.log);
  } else await writePages(await findNotebooks(names));
  console.log(`Pages: ${relative(projectRoot, PAGES)}`);
});

async function check(names: readonly string[]): Promise<void> {
  const paths = await findNotebooks(names);
  const problems = await checkNotebooks(paths);
  for (const problem of problems) console.error(problemText(problem));
  console.log(`${paths.length} notebooks checked, ${problems.length} problems`);
  if (problems.length > 0) Deno.exitCode = 1;
}

async function format(names: readonly string[]): Promise<void> {
  for (const path of await findNotebooks(names)) {
    if (await formatCells(path)) console.log(`formatted ${relative(projectRoot, path)}`);
  }
}

function parameter(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new BadInput("not name=value", "-P", text, "Write for example -P seed=2.");
}
