/**
 * Checks notebooks without executing them: types, lint, format and size of the code cells. Jupyter
 * checks none of these, and Deno's own commands skip the code in notebooks.
 */
import { BadInput } from "../../base/bad_input.ts";
import { readText } from "../../base/disk.ts";
import { projectPath, writeAtomically } from "../../base/files.ts";
import { ownEnding, sweepOrphans } from "../../base/owner.ts";
import { basename, dirname, fromFileUrl, join } from "../../base/paths.ts";
import { type CellModule, cellModule } from "./cell_module.ts";
import { importsResolved } from "../outside.ts";
import { codeCells, formatNotebook, type Notebook, parseNotebook } from "../file/ipynb.ts";
import { withSlides } from "../file/slideshow.ts";

/** Something in a notebook that its author should change. */
export interface Problem {
  readonly file: string;
  /** the code cell's number and the line in it, from 1; null if it is about the whole notebook */
  readonly cell: number | null;
  readonly line: number | null;
  readonly message: string;
}

/** A notebook outside the project is held to the same. */
const CONFIG = ["--config", projectPath("deno.json")];

/** Lines that half of a notebook's code cells may have at most: a cell is a sentence. */
const MEDIAN_LINES = 8;

/** Lines that any code cell may have at most. */
const MOST_LINES = 25;

/** "01_x.ipynb, code cell 3, line 2: what is wrong" */
export function problemText({ file, cell, line, message }: Problem): string {
  const place = [file, cell && `code cell ${cell}`, line && `line ${line}`].filter(Boolean);
  return `${place.join(", ")}: ${message}`;
}

/**
 * All problems of some notebooks, in their order.
 *
 * @param paths the notebook files
 * @throws BadInput if a file is not a notebook or the lint fails; the errors of a type check that
 * are not in a cell
 */
export async function checkNotebooks(paths: readonly string[]): Promise<Problem[]> {
  const modules: WrittenModule[] = [];
  const problems: Problem[] = [];
  for (const folder of new Set(paths.map(dirname))) await sweepOrphans(folder, ".cells-");
  try {
    for (const path of paths) {
      const text = await readText(path);
      const notebook = parseNotebook(text, basename(path));
      problems.push(...kernelProblems(notebook, basename(path)));
      problems.push(...sizeProblems(notebook, basename(path)), ...await formatProblems(text, path));
      modules.push(await writeModule(notebook, path));
    }
    problems.push(...await typeProblems(modules), ...await lintProblems(modules));
  } finally {
    await Promise.all(modules.map((module) => Deno.remove(module.path)));
  }
  const order = paths.map((path) => basename(path));
  const rank = (problem: Problem) =>
    order.indexOf(problem.file) * 1e6 + (problem.cell ?? 0) * 1e3 + (problem.line ?? 0);
  return problems.sort((a, b) => rank(a) - rank(b));
}

/** The cells of a notebook as a module beside it, where its relative imports mean the same. */
interface WrittenModule extends CellModule {
  readonly path: string;
  readonly file: string;
}

async function writeModule(notebook: Notebook, path: string): Promise<WrittenModule> {
  const module = cellModule(notebook);
  const resolved = await importsResolved(path, notebook);
  const file = basename(path);
  const written = join(dirname(path), `.cells-${file}-${ownEnding()}.ts`);
  await Deno.writeTextFile(written, resolved(module.source));
  return { ...module, path: written, file };
}

/** Problems of notebooks that cannot run at all, whatever their style. */
export async function kernelsMissing(paths: readonly string[]): Promise<Problem[]> {
  const found = await Promise.all(paths.map(async (path) => {
    const file = basename(path);
    return kernelProblems(parseNotebook(await readText(path), file), file);
  }));
  return found.flat();
}

/** Jupyter starts, and `deno fmt` formats, what the metadata names. */
function kernelProblems({ metadata }: Notebook, file: string): Problem[] {
  const { language_info, kernelspec } = metadata as Record<string, { name?: unknown } | undefined>;
  if (language_info?.name === "typescript" && kernelspec?.name === "deno") return [];
  const message = "not a Deno notebook. Open it in Jupyter, choose the kernel Deno, and save it";
  return [{ file, cell: null, line: null, message }];
}

function sizeProblems(notebook: Notebook, file: string): Problem[] {
  const sizes = codeCells(notebook).map((cell) => cell.source.split("\n").length);
  const problems: Problem[] = [];
  for (const [i, size] of sizes.entries()) {
    if (size <= MOST_LINES) continue;
    const message = `${size} lines; a cell has at most ${MOST_LINES}. Move the work to lib`;
    problems.push({ file, cell: i + 1, line: null, message });
  }
  const median = sizes.toSorted((a, b) => a - b)[Math.floor((sizes.length - 1) / 2)] ?? 0;
  if (median > MEDIAN_LINES) {
    const message = `half of its code cells have ${median} lines or more; at most ${MEDIAN_LINES}`;
    problems.push({ file, cell: null, line: null, message });
  }
  return problems;
}

async function formatProblems(text: string, path: string): Promise<Problem[]> {
  const file = basename(path);
  try {
    const formatted = await formattedSources(text, path);
    const message = "not formatted. `deno task notebooks --format` formats the code cells";
    return codeCells(parseNotebook(text, file)).flatMap((cell, i) =>
      cell.source === formatted[i] ? [] : [{ file, cell: i + 1, line: null, message }]
    );
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return [{ file, cell: null, line: null, message: error.message }];
  }
}

/**
 * The code cells as `deno fmt` writes them. Called on the file itself it would want every cell,
 * prose included, to end in an empty line, which Jupyter never writes.
 */
async function formattedSources(text: string, path: string): Promise<string[]> {
  const { code, stdout, stderr } = await deno(
    ["fmt", "--ext", "ipynb", ...CONFIG, "-"],
    dirname(path),
    text,
  );
  if (code === 0) return codeCells(parseNotebook(stdout, basename(path))).map((c) => c.source);
  const [reason] = stderr.trim().split("\n");
  throw new BadInput("cannot be formatted", path, reason, "Correct the cell's syntax.");
}

/**
 * Formats the code cells of a notebook file, and says in the metadata which cells are slides.
 *
 * @returns whether anything changed
 * @throws {BadInput} if a cell is not TypeScript, or the file was saved meanwhile
 */
export async function formatCells(path: string): Promise<boolean> {
  const text = await readText(path);
  const notebook = parseNotebook(text, basename(path));
  const formatted = await formattedSources(text, path);
  codeCells(notebook).forEach((cell, i) => cell.source = formatted[i]!);
  const written = formatNotebook(withSlides(notebook));
  if (written === text) return false;
  await writeAtomically(path, written, async () => {
    if (await readText(path) === text) return;
    throw new BadInput("was saved meanwhile", path, undefined, "Format it again.");
  });
  return true;
}

async function typeProblems(modules: readonly WrittenModule[]): Promise<Problem[]> {
  if (modules.length === 0) return [];
  const paths = modules.map((module) => module.path);
  const { code, stderr } = await deno(
    ["check", "--quiet", ...CONFIG, ...paths],
    dirname(paths[0]!),
  );
  if (code === 0) return [];
  // An error is a paragraph: "TS2322 [ERROR]: message", more lines, "    at file:///…:line:column".
  const problems = stderr.split(/\n(?=TS\d+ \[ERROR\])/).flatMap((paragraph): Problem[] => {
    const [, message] = paragraph.match(/^(?:TS\d+ \[ERROR\]|error): (.*)/m) ?? [];
    const [, url, line] = paragraph.match(/^ +at (file:\S+):(\d+):\d+/m) ?? [];
    if (!message || !url || !line) return [];
    const problem = problemAt(modules, url, Number(line), message);
    return problem === null ? [] : [problem];
  });
  if (problems.length > 0) return problems;
  throw new BadInput(
    "the library does not pass the type check",
    "lib",
    firstLines(stderr),
    "`deno task check` says more.",
  );
}

async function lintProblems(modules: readonly WrittenModule[]): Promise<Problem[]> {
  if (modules.length === 0) return [];
  const config = fromFileUrl(new URL("lint_cells.json", import.meta.url));
  const paths = modules.map((module) => module.path);
  const args = ["lint", "--json", "--config", config, ...paths];
  const { stdout, stderr } = await deno(args, dirname(paths[0]!));
  if (stdout === "") {
    throw new BadInput("deno lint fails", config, firstLines(stderr), "Correct what it names.");
  }
  const report = JSON.parse(stdout) as LintReport;
  const findings = report.diagnostics.map(({ filename, range, message, hint }) =>
    problemAt(modules, filename, range.start.line, [message, hint].filter(Boolean).join(". "))
  );
  return findings.filter((problem) => problem !== null);
}

/** What `deno lint --json` prints, as far as it is used. */
interface LintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly message: string;
    readonly hint: string | null;
  }[];
}

/** A finding in a module as a problem of its notebook; null if it is in another file. */
function problemAt(
  modules: readonly WrittenModule[],
  url: string,
  moduleLine: number,
  message: string,
): Problem | null {
  const module = modules.find(({ path }) => path === fromFileUrl(url));
  if (module === undefined) return null;
  const place = module.lineOf(moduleLine);
  return { file: module.file, cell: place?.cell ?? null, line: place?.line ?? null, message };
}

/** As much of what a command said as an error can show. */
function firstLines(text: string): string {
  return text.trim().split("\n").slice(0, 6).join("\n");
}

/** Runs this Deno, with a text as its input if there is one. */
async function deno(
  args: readonly string[],
  cwd: string,
  input: string | null = null,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: input === null ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (input !== null) await new Blob([input]).stream().pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  const utf8 = new TextDecoder();
  return { code, stdout: utf8.decode(stdout), stderr: utf8.decode(stderr) };
}
