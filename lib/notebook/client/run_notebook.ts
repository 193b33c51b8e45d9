/** Executing a notebook's cells in order, strictly: what Jupyter forgives silently, fails here. */
import { homeFolder, projectPath, projectRoot } from "../../base/files.ts";
import { dirname, join } from "../../base/paths.ts";
import { saysNotYet } from "../../show/answer.ts";
import { exercises } from "../file/exercises.ts";
import { type Cell, type CodeCell, codeCells, type Notebook, type Output } from "../file/ipynb.ts";
import { type ExecuteReply, Kernel, KernelError } from "./kernel_client.ts";
import { OutputFile } from "./cell_outputs.ts";
import { hasInjectedParameters } from "../file/parameters.ts";
import { stable } from "../file/stable.ts";

/** A cell that failed: an error, output lost or misplaced, a dead kernel, or too long a time. */
export class CellError extends Error {
  override name = "CellError";

  /**
   * @param file the notebook's name
   * @param cell the code cell's number, from 1
   * @param source its code
   * @param why what went wrong, with the stack of an error
   */
  constructor(
    readonly file: string,
    readonly cell: number,
    readonly source: string,
    readonly why: string,
  ) {
    super(`${file}, code cell ${cell}: ${why}`);
  }
}

/** A cell that is about to be executed, or (`total + 1`) the end. */
export interface CellProgress {
  readonly file: string;
  /** the code cell's number, from 1 */
  readonly cell: number;
  /** code cells of the notebook, empty ones included */
  readonly total: number;
  /** the first line of the cell */
  readonly line: string;
}

/** How to run a notebook. */
export interface RunOptions {
  /** seconds a cell may take, at most {@linkcode LONGEST_CELL} */
  readonly cellSeconds?: number;
  /** ends the run: the cell is interrupted as by Jupyter's stop button, then the kernel ended */
  readonly signal?: AbortSignal;
  readonly onCell?: (progress: CellProgress) => void;
  /**
   * of a notebook outside the project: its code as a kernel of the project gets it; its cells may
   * end with an expression, and name any folder
   */
  readonly outside?: (source: string) => string;
}

/** Seconds a cell may take: a training to convergence is for the train command. */
export const CELL_SECONDS = 1800;

/** Seconds of the longest time that a timer can wait, more than three weeks. */
export const LONGEST_CELL = Math.floor((2 ** 31 - 1) / 1000);

/** Milliseconds for output inside the kernel to come out, on a busy machine too, after a cell. */
const SETTLING = 30;

/** Milliseconds after that in which a cell's timers must not show anything any more. */
const QUIET = 50;

/** Milliseconds an interrupted cell has to save its state. */
const INTERRUPTED = 5000;

/**
 * Executes a notebook in a new kernel and returns it with its outputs, in the stable form of
 * {@linkcode stable}. The given notebook is not changed. After its last cell the solutions of its
 * exercises are tried, which leaves nothing behind; not with parameters from outside, with which
 * another answer may be right.
 *
 * @param file the notebook's name, for errors and progress
 * @param folder the folder its cells work in
 * @throws CellError if a cell or a solution fails, BadInput if an exercise has no solution, the
 *         signal's reason if it was aborted, KernelError if no kernel starts
 */
export async function runNotebook(
  notebook: Notebook,
  file: string,
  folder: string,
  options: RunOptions = {},
): Promise<Notebook> {
  const { cellSeconds = CELL_SECONDS, signal, onCell, outside } = options;
  signal?.throwIfAborted();
  const cells = codeCells(notebook);
  const solutions = hasInjectedParameters(notebook) ? [] : exercises(notebook, file);
  const executed = new Map<Cell, CodeCell>();
  const outputs = new OutputFile(outside !== undefined);

  await using kernel = await Kernel.start(folder, outside && projectPath("notebooks"), signal);
  kernel.onPublished = (message) => outputs.hear(message);
  let killer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    kernel.interrupt();
    killer = setTimeout(() => kernel.shutdown(), INTERRUPTED);
  };
  signal?.addEventListener("abort", stop);
  const run = async (cell: CodeCell, number: number) => {
    signal?.throwIfAborted();
    const fail = (why: string) => new CellError(file, number, cell.source, why);
    const line = cell.source.trim().split("\n")[0]!;
    onCell?.({ file, cell: number, total: cells.length, line });
    const sent = outside?.(cell.source) ?? cell.source;
    const done = await runCell(kernel, cell, sent, outputs, cellSeconds).catch((error) => {
      signal?.throwIfAborted();
      throw error instanceof KernelError ? fail(error.message) : error;
    });
    signal?.throwIfAborted();
    const problem = problemOf(done.reply, outputs.problems, done.cell.outputs) ??
      (outside === undefined ? placeNamed(done.cell.outputs) : null);
    if (problem !== null) throw fail(problem);
    return done.cell;
  };
  try {
    for (const [i, cell] of cells.entries()) {
      if (cell.source.trim() === "") continue; // Jupyter does not send it either
      executed.set(cell, await run(cell, i + 1));
    }
    for (const { solved, cell } of solutions) {
      const { outputs, source } = await run(solved, cell);
      const wrong = texts(outputs).find(saysNotYet);
      if (wrong) throw new CellError(file, cell, source, `its printed solution is wrong. ${wrong}`);
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    clearTimeout(killer);
  }
  onCell?.({ file, cell: cells.length + 1, total: cells.length, line: "" });
  return stable({
    ...notebook,
    cells: notebook.cells.map((cell) => executed.get(cell) ?? withoutOutputs(cell)),
  }, outside !== undefined);
}

async function runCell(
  kernel: Kernel,
  cell: CodeCell,
  source: string,
  file: OutputFile,
  seconds: number,
): Promise<{ cell: CodeCell; reply: ExecuteReply }> {
  let outputs: Output[] = [];
  const reply = await kernel.execute(source, seconds, (id) => {
    outputs = file.open(id);
  });
  await new Promise((resolve) => setTimeout(resolve, SETTLING));
  await kernel.settle();
  await kernel.fence(QUIET);
  return { cell: { ...cell, outputs, execution_count: reply.executionCount }, reply };
}

function problemOf(
  reply: ExecuteReply,
  problems: readonly string[],
  outputs: readonly Output[],
): string | null {
  if (reply.error !== null) {
    const { name, message, stack } = reply.error;
    if (message === "Execution failed") {
      return "it could not be compiled. `deno task check` says why";
    }
    return stack.includes(message) ? stack : `${name}: ${message}`;
  }
  if (problems.length > 0) return problems.join("; ");
  const unawaited = outputs.find((output) => output.output_type === "error");
  if (unawaited) return `an error that nothing awaited: ${unawaited.traceback.join("\n")}`;
  return null;
}

/** Its output is published with the project. */
function placeNamed(outputs: readonly Output[]): string | null {
  const shown = texts(outputs);
  const place = ownFolders().find((folder) => shown.some((text) => text.includes(folder)));
  if (place) return `its output names a folder of this machine (${place}); show a relative path`;
  return null;
}

/** Folders whose names tell whose machine this is; a file system's root is none. */
function ownFolders(): string[] {
  const home = homeFolder();
  const named = home !== undefined && dirname(home) !== home;
  return [projectRoot, ...(named ? [join(home, "/")] : [])];
}

/** Every text inside a value, without embedded pictures. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value.replace(/base64,[A-Za-z0-9+/=]+/g, "")];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(texts);
}

function withoutOutputs(cell: Cell): Cell {
  return cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell;
}
