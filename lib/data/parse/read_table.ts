/** Any table of behaviours: a reader's own data, as separated lines or as JSON objects. */
import { BadInput } from "../../base/bad_input.ts";
import type { EventLog } from "../events.ts";
import { type Column, Columns, type TableColumns } from "./columns.ts";
import { readJsonTable } from "./json_table.ts";
import { eachLine, firstLines, type Line, type Source, sourceName } from "./lines.ts";
import { onlyOf } from "./only.ts";
import { OrderColumn } from "./order_column.ts";
import { TimeColumn } from "./time_column.ts";

/**
 * Reads a table, plain or gzip: JSON objects if it begins with "{", otherwise separated lines.
 *
 * @throws BadInput with the line that is wrong, or if a column is not there
 */
export async function readTable(
  source: Source,
  columns: TableColumns,
  events: EventLog,
): Promise<void> {
  const lines = await firstLines(source);
  if (/^\uFEFF?\s*\{/.test(lines.find((line) => line.trim() !== "") ?? "")) {
    const { separator } = columns;
    if (separator !== undefined) {
      const where = `columns of ${sourceName(source)}`;
      throw new BadInput("JSON objects have no separator", where, separator, "Leave it out.");
    }
    await readJsonTable(source, columns, events);
  } else await readSeparated(source, columns, events, lines);
}

async function readSeparated(
  source: Source,
  { user, item, time, order, only, separator }: TableColumns,
  events: EventLog,
  lines: readonly string[],
): Promise<void> {
  const wanted = [user, item, time, order].filter((column) => column !== undefined);
  const named = typeof user === "string";
  const chosenBy = Object.keys(only ?? {});
  const isNamed = (column: Column) => typeof column === "string";
  if (
    wanted.some((column) => isNamed(column) !== named) ||
    !named && chosenBy.some((column) => !/^\d+$/.test(column))
  ) {
    throw new BadInput(
      "some columns are named and some are numbered",
      `columns of ${sourceName(source)}`,
      [...wanted, ...chosenBy].join(", "),
      "Name all if the file has a header line, number all if it has none.",
    );
  }
  const declared = SEPARATOR_LINE.exec(lines[0] ?? "")?.[1];
  const comments = declared === undefined ? leadingComments(lines) : 1;
  const at = lines.findIndex((line, n) => n >= comments && line !== "");
  const separated = separator ?? declared ?? separatorOf(lines, at, sourceName(source));
  const columns = new Columns(separated);
  const chosen = onlyOf(only, named);
  const times = new TimeColumn();
  const keys = new OrderColumn();
  let places: { user: number; item: number; time: number; order: number } | undefined;
  const begin = (line: Line) => {
    if (named) columns.header(line);
    else columns.withoutHeader(line);
    const place = (column: Column | undefined) => column === undefined ? -1 : columns.index(column);
    places = { user: place(user), item: place(item), time: place(time), order: place(order) };
    chosen.begin((column) => columns.index(column));
    if (named) return;
    const following = lines.slice(comments + 1, comments + 20).filter((text) => text !== "");
    const values = following.map((text) => text.split(separated));
    refuseNames(line, columns, [places.user, places.item], values);
  };
  const blank = await eachLine(source, (line) => {
    if (line.number <= comments) return;
    if (places === undefined) {
      begin(line);
      if (named) return;
    }
    const fields = columns.split(line);
    if (!chosen.accepts((index) => fields.text(index))) return;
    const u = fields.id(places!.user, events.users);
    const i = fields.id(places!.item, events.items);
    if (time !== undefined) times.read(fields, places!.time);
    if (order !== undefined) {
      keys.read(fields, places!.order);
      const at = time === undefined ? 0 : times.time;
      events.add(u, i, at, times.finer, keys.value, keys.finer);
    } else if (time !== undefined) events.add(u, i, times.time, times.finer);
    else events.add(u, i);
  }, (line, added) => line.number > comments && columns.fields.isOpen(line, added));
  events.drop(blank, "blank lines", "no behaviour");
  if (declared === undefined) {
    const count = lines.slice(0, comments).filter((line) => line !== "").length;
    events.drop(count, "comment lines", "they begin with # and stand before the table");
  }
  chosen.finish(events, sourceName(source));
  times.finish(events);
}

/** The separator in a line "sep=;", which Excel writes and reads before the table. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=(.)"?$/i;

/** How many lines before the first other one begin with # and have not as many columns. */
function leadingComments(lines: readonly string[]): number {
  const count = lines.findIndex((line) => line !== "" && !/^\uFEFF?#/.test(line));
  if (count <= 0) return 0;
  const parts = (line: string) => line.split(/[,;\t|]|::/).length;
  const table = parts(lines[count]!);
  const comment = lines.slice(0, count).findLastIndex((line) => parts(line) !== table);
  return comment + 1;
}

/** The separator of the line at an index; -1 if there is none with content. */
function separatorOf(lines: readonly string[], at: number, path: string): string {
  const line = lines[at];
  if (line === undefined) {
    throw new BadInput("an empty file", path, undefined, "Get the file again.");
  }
  const count = (separator: string) => line.split(separator).length - 1;
  const best = [",", ";", "\t", "::", "|"].reduce((a, b) => count(b) > count(a) ? b : a);
  if (count(best) > 0) return best;
  if (/\S \S/.test(line)) return " ";
  throw new BadInput(
    "the first line has one column only",
    `${path}, line ${at + 1}`,
    line,
    "Separate columns by comma, semicolon, tab, :: or |, or say { separator }.",
  );
}

/** The names of a header line would become a user and an item. */
function refuseNames(
  line: Line,
  { fields }: Columns,
  [user, item]: readonly [number, number],
  following: readonly string[][],
): void {
  const names = [fields.text(user).trim(), fields.text(item).trim()] as const;
  const typical = names.every((name) => TYPICAL.test(name) && !/\d/.test(name));
  const unlikeOthers = following.length >= 3 &&
    [user, item].some((index, at) =>
      !/\d/.test(names[at]!) && following.every((values) => /^\W*\d+\W*$/.test(values[index] ?? ""))
    );
  if (!typical && !unlikeOthers) return;
  throw new BadInput(
    "the first line looks like names of columns, not like a behaviour",
    line.where,
    line.text(),
    `Name the columns: { user: "${names[0]}", item: "${names[1]}" }.`,
  );
}

const TYPICAL =
  /^(\w*[ _-]?)(user|visitor|customer|session|reviewer|item|product|movie|article|asin)/i;
