/** A data set from the reader's own table. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { EventLog } from "./events.ts";
import { datasetFromEvents } from "./from_events.ts";
import type { Dataset } from "./interactions.ts";
import { nameOfFile, ownName } from "./own_name.ts";
import { sourceName } from "./parse/lines.ts";
import { readMovielensUsers } from "./parse/movielens_users.ts";
import { readTable } from "./parse/read_table.ts";
import { chosenSplit } from "./split/split.ts";

const Column = z.union([z.string().min(1), z.int()]);
const Texts = z.union([z.string(), z.array(z.string()).min(1)]);

/** The names, or positions from 1, of the columns; and how the table is read. */
export const TableColumns = z.strictObject({
  user: Column,
  item: Column,
  time: Column.optional(),
  order: Column.optional(),
  only: z.record(z.string(), Texts).optional(),
  separator: z.string().regex(/^[\t -~]{1,2}$/, "one or two characters").optional(),
  profiles: z.string().min(1).optional(),
  split: z.string().min(1).optional(),
});

/** Columns of an own table, and the name of the data set. */
export type OwnTable = Readonly<z.infer<typeof TableColumns>> & { readonly name?: string };

/**
 * A data set from the reader's own table: separated lines or JSON objects, plain or gzip. Repeats
 * are kept, as behaviours of their own. `report` of the result says what was left out.
 *
 *     const mine = await fromCsv("events.csv", { user: "user_id", item: "item_id", time: "ts" });
 *     const late = await fromCsv("events.csv", { user: 1, item: 2, time: 3, split: "time" });
 *     const views = await fromCsv("taobao.csv", { user: 1, item: 2, time: 5, only: { 4: "pv" } });
 *     const movies = await fromCsv("ml-1m/ratings.dat", {
 *       ...{ user: 1, item: 2, time: 4 },
 *       profiles: "ml-1m/users.dat",
 *     });
 *
 * @param file path of the file; or the table itself, if it has a line break
 * @param table the columns that hold user and item, by name or by position from 1; `time`, without
 *   which the file's order counts; `order`, a number for events of equal time; `only`, the text or
 *   texts that a column must have; `separator`; `profiles`, a file with the users' profiles:
 *   users.dat or u.user of MovieLens; `split`, how it is split, as {@linkcode splitOf} reads it;
 *   and `name`, by default that of the file
 * @throws BadInput with line and value if a line cannot be read, a column is missing, or the
 *   filter leaves fewer than 10 users; if the name is that of a registered data set
 */
export async function fromCsv(file: string, table: OwnTable): Promise<Dataset> {
  const isText = file.includes("\n");
  const source = isText ? { name: "the text", text: file } : file;
  const where = sourceName(source);
  const { name = isText ? "table" : nameOfFile(file), ...columns } = table;
  const checked = checkedColumns(columns, `columns of ${where}`);
  if (checked.user === checked.item) {
    throw new BadInput("one column for user and item", where, checked.user, "Name two columns.");
  }
  const own = await ownName(name, where);
  const events = new EventLog();
  const { profiles: users, split, ...ofTable } = checked;
  const choice = chosenSplit(split, `split of ${where}`);
  await readTable(source, ofTable, events);
  const profiles = users === undefined ? undefined : await readMovielensUsers(users);
  const from = { source: where, format: "table" };
  return datasetFromEvents(own, events, "keep", from, choice, profiles);
}

/**
 * Columns as given by a person.
 *
 * @throws BadInput if a key is not known or a value not what it should be
 */
export function checkedColumns(columns: unknown, where: string): z.infer<typeof TableColumns> {
  const result = TableColumns.safeParse(columns);
  if (result.success) return result.data;
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!;
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.join(", ") : undefined;
  throw new BadInput(
    unknown === undefined ? `${issue.path.join(".")}: ${issue.message}` : "unknown column role",
    where,
    unknown ?? JSON.stringify(columns),
    "Name user and item, and where there are any time, order, only, separator, profiles, split, " +
      "name.",
  );
}
