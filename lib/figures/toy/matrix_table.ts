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
 * @throws {BadInput} if there are not as many names as rows and columns
 */
export function matrixTable(
  matrix: readonly (readonly number[])[],
  { rows, columns, caption, digits = 2 }: MatrixTableOptions,
): Table {
  for (
    const [what, names, count] of [
      ["rows", rows, matrix.length],
      ["columns", columns, matrix[0]!.length],
    ] as const
  ) {
    if (names.length === count) continue;
    throw new BadInput(
      `not a name for each of ${count} ${what}`,
      `matrixTable, ${what}`,
      names.length,
      `Give ${count} names.`,
    );
  }
  return table(
    matrix.map((row, r) => ({
      "": rows[r]!,
      ...Object.fromEntries(columns.map((name, c) => [name, row[c]!])),
    })),
    { digits, ...caption !== undefined && { caption } },
  );
}
