/** Any table of behaviours with a header line: a reader's own data. */
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import { Columns } from "./columns.ts";
import { eachLine, firstLine } from "./lines.ts";
import { timeOf } from "./time.ts";

/** The names of the columns that hold user, item and time. */
export interface CsvColumns {
  /** any text or number */
  readonly user: string;
  /** any text or number; the label of the item */
  readonly item: string;
  /** a number, or ISO 8601; without it, the file's order is the order of time */
  readonly time?: string;
}

/**
 * Reads a table, plain or gzip, separated by comma, semicolon or tab (whichever the header line
 * has most of).
 *
 * @throws BadInput with the line that is wrong, or if a column is not in the header
 */
export async function readCsv(path: string, names: CsvColumns, events: EventLog): Promise<void> {
  const columns = new Columns(separatorOf(await firstLine(path), path));
  const blank = await eachLine(path, (line) => {
    if (line.number === 1) {
      columns.header(line);
      Object.values(names).forEach((name) => columns.index(name));
      return;
    }
    const fields = columns.split(line);
    const user = fields.id(columns.index(names.user), events.users);
    const item = fields.id(columns.index(names.item), events.items);
    if (names.time === undefined) events.add(user, item);
    else events.add(user, item, timeOf(fields, columns.index(names.time)));
  });
  events.drop(blank, "blank lines", "no behaviour");
}

function separatorOf(header: string, path: string): string {
  const count = (separator: string) => header.split(separator).length - 1;
  const best = [",", ";", "\t"].reduce((a, b) => count(b) > count(a) ? b : a);
  if (count(best) > 0) return best;
  throw new BadInput(
    "the header line has one column only",
    `${path}, line 1`,
    header,
    "Separate columns by comma, semicolon or tab.",
  );
}
