/** A notebook's code cells as one module, and the way back from its lines to the cells. */
import { CELL_MARK } from "./lint_awaited_last.ts";
import { codeCells, hasTag, type Notebook } from "../file/ipynb.ts";

/** A line of a code cell; both count from 1. */
export interface CellLine {
  readonly cell: number;
  readonly line: number;
}

/** A module with the source of all code cells, in order. */
export interface CellModule {
  readonly source: string;
  /** the cell line in a line of the module (from 1); null for lines that no cell has */
  lineOf(moduleLine: number): CellLine | null;
}

/**
 * Joins the code cells. Injected parameters are left out: they declare the parameters again, and
 * their types were compared when they were injected.
 */
export function cellModule(notebook: Notebook): CellModule {
  const lines: string[] = [];
  const places: (CellLine | null)[] = [];
  for (const [i, cell] of codeCells(notebook).entries()) {
    if (hasTag(cell, "injected-parameters")) continue;
    lines.push(`${CELL_MARK} ${i + 1}`);
    places.push(null);
    for (const [j, line] of cell.source.split("\n").entries()) {
      lines.push(line);
      places.push({ cell: i + 1, line: j + 1 });
    }
  }
  lines.push(`${CELL_MARK}s end`, "export {};", ""); // always a module, so that cells can await
  return { source: lines.join("\n"), lineOf: (line) => places[line - 1] ?? null };
}
