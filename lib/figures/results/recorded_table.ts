/** Tables that are declared before their runs are there. */
import { type Row, type Table, table, type TableOptions } from "../../show/table.ts";

/** What a page folds away of a table of all tested metrics, so that it fits a narrow window. */
export const HIT_RATES: readonly string[] = ["HR@20", "HR@50"];

/** A table of what is recorded, also before anything is: then a row says so. */
export function recordedTable(rows: readonly Row[], options: TableOptions): Table {
  if (rows.length > 0) return table(rows, options);
  const { folded: _, ...others } = options;
  return table([{ method: "none recorded" }], others);
}
