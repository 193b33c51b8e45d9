/** The project's notebooks as a whole: found by name, checked, executed, written back. */
import { BadInput } from "../base/bad_input.ts";
import { readText } from "../base/disk.ts";
import { exists, projectPath } from "../base/files.ts";
import { basename, dirname, join, resolve } from "../base/paths.ts";
import { checkNotebooks, kernelsMissing, type Problem, problemText } from "./check/check_cells.ts";
import { whileLocked } from "../base/lock.ts";
import { type Notebook, parseNotebook } from "./file/ipynb.ts";
import { writeOutputs } from "./file/write_outputs.ts";
import { writePages } from "./page/page.ts";
import {
  declaredParameters,
  injectParameters,
  parameterFromText,
  type Parameters,
  unknownParameter,
} from "./file/parameters.ts";
import { type CellProgress, runNotebook } from "./client/run_notebook.ts";
import { importsResolved, isPath, notebookAt, refuseLostImports } from "./outside.ts";

/** What to run, and how. */
export interface NotebooksOptions {
  /**
   * file names in the folder, with or without their ending, or their numbers; or paths, which mean
   * exactly that file, wherever it is; all notebooks of the folder if left out
   */
  readonly names?: readonly string[];
  /**
   * Values for the notebooks' parameters. Each notebook takes those it declares; texts are read as
   * the declared value's type.
   */
  readonly parameters?: Parameters;
  /** notebooks at the same time, each with a kernel of about 205 MB; 1 if left out */
  readonly atOnce?: number;
  /** seconds a cell may take */
  readonly cellSeconds?: number;
  readonly signal?: AbortSignal;
  readonly onCell?: (progress: CellProgress) => void;
  /** told when another process runs a notebook and has to end first */
  readonly onWait?: (message: string) => void;
  /** where the notebooks are; the project's notebooks/ if left out */
  readonly folder?: string;
  /** where the pages go; html/ of the folder of results if left out */
  readonly pages?: string;
}

/** A notebook that ran. */
export interface RunResult {
  readonly path: string;
  readonly seconds: number;
  /** whether the file was changed by the run */
  readonly changed: boolean;
  /** as in Written */
  readonly leftOut: readonly string[];
}

/** Notebooks that break the rules of {@linkcode checkNotebooks}. */
export class NotebookProblems extends Error {
  override name = "NotebookProblems";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problemText).join("\n"));
  }
}

/**
 * The paths of notebooks: those of the folder in reading order, then others in the order given.
 *
 * @param names as in {@linkcode NotebooksOptions}; empty for all
 * @throws BadInput if a name fits no notebook, a path no file, or there are none
 */
export async function findNotebooks(
  names: readonly string[] = [],
  folder: string = projectPath("notebooks"),
): Promise<string[]> {
  const files = await exists(folder) ? await Array.fromAsync(Deno.readDir(folder)) : [];
  const known = files.filter(({ name }) => name.endsWith(".ipynb"))
    .map(({ name }) => basename(name, ".ipynb")).sort();
  const chosen = new Set<string>();
  const others = new Set<string>();
  for (const name of names) {
    if (isPath(name)) {
      const path = await notebookAt(name);
      if (dirname(path) === resolve(folder)) chosen.add(basename(path, ".ipynb"));
      else others.add(path);
      continue;
    }
    const stem = basename(name, ".ipynb");
    const fits = known.find((other) => other === stem || other.startsWith(`${stem}_`));
    if (fits === undefined) {
      throw new BadInput("no such notebook", folder, name, `There are: ${known.join(", ")}.`);
    }
    chosen.add(fits);
  }
  const stems = names.length === 0 ? known : known.filter((stem) => chosen.has(stem));
  if (stems.length + others.size === 0) {
    throw new BadInput(
      "no notebooks",
      folder,
      "*.ipynb",
      "Restore the folder from the repository.",
    );
  }
  return [...stems.map((stem) => join(folder, `${stem}.ipynb`)), ...others];
}

/**
 * Checks and executes notebooks, writes the outputs of each into its file when all its cells are
 * fine, and its page. What a reader saves meanwhile stays, and a notebook that another process runs
 * is waited for. The first failure ends the run; notebooks that failed or did not run stay as they
 * were. A notebook outside the folder runs as it is: it is not held to the folder's rules and gets
 * no page.
 *
 * @throws NotebookProblems if the check finds something, CellError if a cell fails, BadInput for a
 *         wrong name, parameter or file, the signal's reason if it was aborted
 */
export async function runNotebooks(options: NotebooksOptions = {}): Promise<RunResult[]> {
  const { names, folder, parameters = {}, atOnce = 1 } = options;
  const paths = await findNotebooks(names, folder);
  await checkParameters(paths, parameters);
  const problems = [
    ...await checkNotebooks(paths.filter((path) => isInside(path, folder))),
    ...await kernelsMissing(paths.filter((path) => !isInside(path, folder))),
  ];
  if (problems.length > 0) throw new NotebookProblems(problems);

  const results: RunResult[] = [];
  const failure = new AbortController(); // one worker's failure stops the others
  const signal = AbortSignal.any([failure.signal, ...options.signal ? [options.signal] : []]);
  const queue = [...paths];
  const work = async () => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      results.push(await runAlone(path, { ...options, signal }));
    }
  };
  const length = Math.min(atOnce, paths.length);
  const workers = Array.from({ length }, () =>
    work().catch((error) => {
      failure.abort(error);
      throw error;
    }));
  await Promise.allSettled(workers);
  await Promise.all(workers); // the first failure, after every kernel has ended
  return results.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Whether a notebook is one of the folder's. */
function isInside(path: string, folder: string = projectPath("notebooks")): boolean {
  return dirname(resolve(path)) === resolve(folder);
}

/** Runs a notebook while no other process does; an abort ends the wait. */
async function runAlone(path: string, options: NotebooksOptions): Promise<RunResult> {
  const { signal, onWait } = options;
  signal?.throwIfAborted();
  let waiting = true;
  const waits = (holder = "another process") =>
    onWait?.(`${basename(path)} is run by ${holder}; waiting until that is done`);
  const run = whileLocked(`${path}.lock`, () => {
    waiting = false;
    signal?.throwIfAborted();
    return runFile(path, options);
  }, waits);
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = () => waiting && reject(signal!.reason);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
  return await Promise.race([run, givenUp]);
}

async function runFile(path: string, options: NotebooksOptions): Promise<RunResult> {
  const start = performance.now();
  const before = await readText(path); // as it is when its turn comes
  const { notebook } = withOwn(before, path, options.parameters ?? {});
  const inside = isInside(path, options.folder);
  if (!inside) await refuseLostImports(path, notebook);
  const executed = await runNotebook(notebook, basename(path), dirname(path), {
    ...options,
    ...(!inside && { outside: await importsResolved(path, notebook) }),
  });
  const written = await writeOutputs(path, before, executed, !inside);
  if (inside) await writePages([path], options.pages);
  return { path, seconds: (performance.now() - start) / 1000, ...written };
}

/** A notebook in its text with the parameters it declares, and the names of all it declares. */
function withOwn(
  text: string,
  path: string,
  parameters: Parameters,
): { notebook: Notebook; names: string[] } {
  const file = basename(path);
  const notebook = parseNotebook(text, path);
  const own: Record<string, Parameters[string]> = {};
  const names: string[] = [];
  for (const [name, example] of declaredParameters(notebook, file)) {
    names.push(name);
    const value = parameters[name];
    if (value === undefined) continue;
    own[name] = typeof value === "string"
      ? parameterFromText(value, example, `${file}, parameter ${name}`)
      : value;
  }
  return { notebook: injectParameters(notebook, file, own), names };
}

/** Refuses notebooks that are none, and parameters that fit none of them. */
async function checkParameters(paths: readonly string[], parameters: Parameters): Promise<void> {
  const known = new Set<string>();
  for (const path of paths) {
    const { names } = withOwn(await readText(path), path, parameters);
    for (const name of names) known.add(name);
  }
  const wrong = Object.keys(parameters).find((name) => !known.has(name));
  if (wrong === undefined) return;
  const files = paths.map((path) => basename(path)).join(", ");
  throw unknownParameter(wrong, files, [...known]);
}
