/** Rows as a file that other tools read: CSV, or Parquet by the file's ending. */
import { parquetWriteBuffer } from "hyparquet-writer";
import { BadInput } from "../base/bad_input.ts";
import { writeAtomically } from "../base/files.ts";
import { table } from "./table.ts";

/** One row by column; all rows have the same columns. */
type FlatRow = Readonly<Record<string, string | number>>;

/**
 * Writes rows to a file. What is not known, NaN or no text, is an empty field in CSV and null in
 * Parquet, where numbers are doubles; a column with a word in it is one of words.
 *
 * @param path ends with .csv or .parquet
 * @throws {BadInput} for another ending, no rows, or a file that cannot be written
 */
export async function writeFlatFile(path: string, rows: readonly FlatRow[]): Promise<void> {
  const ending = path.match(/\.(csv|parquet)$/)?.[1];
  if (ending === undefined) {
    throw new BadInput("neither .csv nor .parquet", "the file's ending", path, "Name one of them.");
  }
  if (rows.length === 0) {
    throw new BadInput("no rows", path, "[]", "A table needs at least one row.");
  }
  await writeAtomically(path, ending === "csv" ? csvOf(rows) : parquetOf(rows));
}

function csvOf(rows: readonly FlatRow[]): string {
  const known = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [name, Number.isNaN(cell) ? null : cell]),
    )
  );
  return table(known).toCsv();
}

function parquetOf(rows: readonly FlatRow[]): Uint8Array {
  const columnData = Object.keys(rows[0] ?? {}).map((name) => {
    const known = rows.map((row) => row[name]!)
      .map((cell) => cell === "" || Number.isNaN(cell) ? null : cell);
    return known.some((cell) => typeof cell === "string")
      ? { name, type: "STRING" as const, data: known.map((cell) => cell?.toString() ?? null) }
      : { name, type: "DOUBLE" as const, data: known };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, statistics: false }));
}
