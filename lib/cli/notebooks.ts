/** `deno task notebooks [names…] [-P name=value] [--check | --format | --html]` */
import { BadInput } from "../base/bad_input.ts";
import { isFile, projectPath, projectRoot, shownPath } from "../base/files.ts";
import { positiveInteger } from "../base/number_text.ts";
import { dirname, relative } from "../base/paths.ts";
import { checkNotebooks, formatCells, problemText } from "../notebook/check/check_cells.ts";
import { findNotebooks } from "../notebook/project_notebooks.ts";
import { pagesFolder, writePages } from "../notebook/page/page.ts";
import { CELL_SECONDS, LONGEST_CELL } from "../notebook/client/run_notebook.ts";
import { isPath } from "../notebook/outside.ts";
import { callerPath } from "./caller_path.ts";
import { executeNotebooks } from "./execute.ts";
import { parseArgs, runCommand } from "./main.ts";

const USAGE =
  `Executes notebooks with the real Deno kernel, writes them back with their outputs, and
writes a standalone HTML page of each to results/html/.

  deno task notebooks [names…] [options]

  names              "01", "01_multi_interest_matching" or file names of notebooks/; or the path
                     of any notebook, which means exactly that file: one outside the project runs
                     as it is and gets no page. All of notebooks/ if left out
  -P name=value      a parameter, for every chosen notebook that has it; may be repeated
  --at-once N        notebooks at the same time, 0.5 to 1 GB of memory each (default 1)
  --cell-seconds N   the longest time a cell may take (default ${CELL_SECONDS})
  --check            only check types, lint, format and size of the code cells
  --format           only format the code cells, and say which cells are Jupyter's slides
  --html             only write the pages of the notebooks as they are`;

/** Options that only matter when notebooks are executed. */
const ofRuns = ["parameter", "at-once", "cell-seconds"];

await runCommand(async () => {
  const { values, positionals } = parseArgs({
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
  }, {
    excludes: {
      check: ["format", "html", ...ofRuns],
      format: ["html", ...ofRuns],
      html: ofRuns,
    },
  });
  if (values.help) return console.log(USAGE);
  const names = await Promise.all(positionals.map(meant));
  if (values.check) return await check(names);
  if (values.format) return await format(names);
  if (!values.html) {
    const parameters = parametersOf(values.parameter);
    const atOnce = positiveInteger(values["at-once"], "--at-once");
    const cellSeconds = positiveInteger(values["cell-seconds"], "--cell-seconds", LONGEST_CELL);
    await executeNotebooks({ names, parameters, atOnce, cellSeconds }, console.log);
  } else {
    const paths = await findNotebooks(names);
    refuseOutside(paths);
    await writePages(paths);
  }
  const own = (name: string) => !isPath(name) || dirname(name) === projectPath("notebooks");
  if (names.length === 0 || names.some(own)) console.log(`Pages: ${shownPath(pagesFolder())}`);
});

/** What the caller can see from where the command was called is meant as a path. */
async function meant(name: string): Promise<string> {
  const path = callerPath(name);
  return isPath(name) || name.endsWith(".ipynb") && await isFile(path) ? path : name;
}

/** Pages are linked with each other, so that they are of notebooks of one folder. */
function refuseOutside(paths: readonly string[]): void {
  const outside = paths.find((path) => dirname(path) !== projectPath("notebooks"));
  if (outside === undefined) return;
  const remedy = "Pages are made of the project's notebooks/.";
  throw new BadInput("a notebook outside the project", "--html", outside, remedy);
}

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

function parametersOf(texts: readonly string[]): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf("=");
    const [name, value] = [text.slice(0, at), text.slice(at + 1)];
    if (at <= 0 || value === "") {
      throw new BadInput("not name=value", "-P", text, "Write for example -P seed=2.");
    }
    if (parameters.has(name)) {
      throw new BadInput("a parameter that is given twice", "-P", text, "Leave one of them out.");
    }
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}
