/** Outputs of a run brought into a notebook that its reader may have edited meanwhile. */
import { BadInput } from "../../base/bad_input.ts";
import { writeAtomically } from "../../base/files.ts";
import { basename } from "../../base/paths.ts";
import { type Cell, type CodeCell, formatNotebook, type Notebook, parseNotebook } from "./ipynb.ts";
import { stable } from "./stable.ts";

/** What became of a run's outputs. */
export interface Written {
  /** whether the file is another one than before */
  readonly changed: boolean;
  /** first lines of cells that the reader edited or removed since they ran: no output for them */
  readonly leftOut: readonly string[];
}

/** Reader's changes during one write before it is given up. */
const ATTEMPTS = 20;

/** The file is another one than a moment ago. */
class ChangedMeanwhile extends Error {}

/**
 * Writes what a run made into a notebook's file. The file is what its reader saved last: cells that
 * were edited, added, removed or moved since the run began stay so, and outputs go, by the cell's
 * id, to the cells whose source is the one that ran.
 *
 * @param before the file's text when the run began
 * @param executed the notebook with its outputs, of that text
 * @param outside as in {@linkcode stable}
 * @throws {BadInput} if the file is no notebook any more; the outputs are then in a copy beside it
 */
export async function writeOutputs(
  path: string,
  before: string,
  executed: Notebook,
  outside = false,
): Promise<Written> {
  for (let attempt = 1;; attempt++) {
    const text = await textOf(path);
    if (text === null) throw await refused("was removed", path, executed);
    const outcome = merged(text, before, executed, path, outside);
    if (outcome === null) throw await refused("is no notebook any more", path, executed);
    const { notebook, leftOut } = outcome;
    const written = formatNotebook(notebook);
    if (written === text) return { changed: false, leftOut };
    try {
      await writeAtomically(path, written, async () => {
        if (await textOf(path) !== text) throw new ChangedMeanwhile();
      });
      return { changed: true, leftOut };
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      if (attempt === ATTEMPTS) throw await refused("is written all the time", path, executed);
    }
  }
}

/** The reader's notebook with the run's outputs; null if the text is no notebook. */
function merged(
  text: string,
  before: string,
  executed: Notebook,
  path: string,
  outside: boolean,
): { notebook: Notebook; leftOut: string[] } | null {
  if (text === before) return { notebook: executed, leftOut: [] };
  try {
    const began = parseNotebook(before, basename(path));
    return mergeOutputs(parseNotebook(text, basename(path)), began, executed, outside);
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}

/**
 * The reader's notebook with a run's outputs, cell by cell.
 *
 * @param reader the notebook as it is now
 * @param began as it was when the run began
 * @param executed what the run made of that, with parameters injected or taken out
 * @param outside as in {@linkcode stable}
 */
export function mergeOutputs(
  reader: Notebook,
  began: Notebook,
  executed: Notebook,
  outside = false,
): { notebook: Notebook; leftOut: string[] } {
  const ran = byId(executed);
  const old = byId(began);
  const leftOut = new Set(
    executed.cells.filter(({ cell_type, id }) => cell_type === "code" && old.has(id))
      .map(({ id }) => id),
  );
  const cells = reader.cells.flatMap((cell): Cell[] => {
    if (cell.cell_type !== "code") return [cell];
    const done = ran.get(cell.id);
    const isAsRun = isAlike(cell, done);
    if (!isAsRun && !isAlike(cell, old.get(cell.id))) return [cell]; // the reader's
    leftOut.delete(cell.id);
    if (!isAsRun) return done === undefined ? [] : [done]; // parameters that the run changed
    const { outputs, execution_count } = done as CodeCell;
    return [{ ...cell, outputs, execution_count }];
  });
  for (const [i, cell] of executed.cells.entries()) {
    if (old.has(cell.id)) continue; // only cells that the run put in are new
    const after = cells.findIndex(({ id }) => id === executed.cells[i - 1]?.id);
    if (!cells.some(({ id }) => id === cell.id)) cells.splice(after + 1, 0, cell);
  }
  const lines = [...leftOut].map((id) => ran.get(id)!.source.trim().split("\n")[0]!);
  return { notebook: stable({ ...reader, cells }, outside), leftOut: lines };
}

function byId({ cells }: Notebook): Map<string, Cell> {
  return new Map(cells.map((cell) => [cell.id, cell]));
}

/** Whether two cells are the same code. */
function isAlike(cell: Cell, other: Cell | undefined): boolean {
  return other !== undefined && cell.cell_type === other.cell_type && cell.source === other.source;
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The outputs in a copy that is no notebook of the collection, and the error that names it. */
async function refused(why: string, path: string, executed: Notebook): Promise<BadInput> {
  const copy = `${path}.executed`;
  await Deno.copyFile(path, copy).catch(() => {}); // for its permissions, where it is still there
  await writeAtomically(copy, formatNotebook(executed));
  return new BadInput(
    `${why} since its run began, so its outputs are in a copy`,
    path,
    basename(copy),
    "Rename the copy to .ipynb if you want it, or run the notebook again.",
  );
}
