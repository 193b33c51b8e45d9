/** A matrix as a table with the names of its rows and columns. */
import { BadInput } from "../../base/bad_input.ts";
import { type Table, table } from "../../show/table.ts";

/** How a matrix is written. */
export interface MatrixTableOptions {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly caption?: string;
  /** after the point; 2 unless told */
  readonly digits?: number;
}

/**
 * A table of a matrix.
 *
 * @param matrix [rows][columns]
 * @throws {BadInput} if there are not as many names as rows, or as columns in each row
 */
export function matrixTable(
  matrix: readonly (readonly number[])[],
  { rows, columns, caption, digits = 2 }: MatrixTableOptions,
): Table {
  requireNames("rows", rows, matrix.length);
  requireNames("columns", columns, matrix[0]!.length);
  matrix.forEach((row, r) => {
    if (row.length === columns.length) return;
    const [where, remedy] = [`matrixTable, row ${r + 1}`, `Give ${columns.length}.`];
    throw new BadInput("not as many numbers as the first row", where, row.length, remedy);
  });
  return table(
    { columns: ["", ...columns], values: matrix.map((row, r) => [rows[r]!, ...row]) },
    { digits, ...caption !== undefined && { caption } },
  );
}

function requireNames(what: "rows" | "columns", names: readonly string[], count: number): void {
  if (names.length === count) return;
  throw new BadInput(
    `not a name for each of ${count} ${what}`,
    `matrixTable, ${what}`,
    names.length,
    `Give ${count} names.`,
  );
}
