/** A reader's own table described in a small JSON file, so that commands can read it by name. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { readText } from "../base/disk.ts";
import { dirname, resolve } from "../base/paths.ts";
import { checkedColumns, type OwnTable } from "./from_csv.ts";

/** L where neither the description nor an option says otherwise: that of most registered sets. */
export const USUAL_HISTORY_LENGTH = 20;

/** A table and how it is read. */
export interface TableDescription {
  /** absolute path of the table */
  readonly file: string;
  /** its columns and the data set's name */
  readonly table: OwnTable;
  /** L */
  readonly historyLength: number;
}

const Description = z.looseObject({
  file: z.string().min(1),
  name: z.string().optional(),
  historyLength: z.int().positive().default(USUAL_HISTORY_LENGTH),
});

/**
 * The description of a table as given by a person, in a file or by options.
 *
 *     { "file": "events.csv", "name": "shop", "user": "user_id", "item": "item_id", "time": "ts" }
 *
 * @param where it comes from, for the error
 * @param folder from which a relative `file` counts
 * @throws BadInput if a key is not known, missing, or not what it should be
 */
export function tableDescription(given: unknown, where: string, folder: string): TableDescription {
  const result = Description.safeParse(given);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    const remedy =
      'Write for example { "file": "events.csv", "user": "user_id", "item": "item_id" }.';
    throw new BadInput(`${path.join(".")}: ${message}`, where, JSON.stringify(given), remedy);
  }
  const { file, name, historyLength, ...columns } = result.data;
  const table = checkedColumns(columns, where);
  const { profiles } = table;
  return {
    file: resolve(folder, file),
    table: {
      ...table,
      ...(name !== undefined && { name }),
      ...(profiles !== undefined && { profiles: resolve(folder, profiles) }),
    },
    historyLength,
  };
}

/**
 * Reads a description; the table's path in it counts from its own folder.
 *
 * @throws BadInput if there is no such file, or it is no JSON, or as {@linkcode tableDescription}
 */
export async function readTableDescription(path: string): Promise<TableDescription> {
  let json: unknown;
  try {
    json = JSON.parse(await readText(path));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const { message } = error as Error;
    throw new BadInput("no description of a table", path, message, "See data/README.md.");
  }
  return tableDescription(json, path, dirname(path));
}
