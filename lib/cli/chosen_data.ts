/** The data set that a command is about: a registered one, or the caller's own table. */
import { BadInput } from "../base/bad_input.ts";
import { optionArguments } from "../base/command_line.ts";
import { reading } from "../base/disk.ts";
import { dirname } from "../base/paths.ts";
import { fromCsv } from "../data/from_csv.ts";
import { fromSplit } from "../data/from_split.ts";
import type { Dataset } from "../data/interactions.ts";
import { data } from "../data/load.ts";
import { manifestEntry } from "../data/manifest.ts";
import {
  readTableDescription,
  type TableDescription,
  tableDescription,
  USUAL_HISTORY_LENGTH,
} from "../data/own_table.ts";
import { callerPath } from "./caller_path.ts";

const text = { type: "string" } as const;

/** The options that describe an own table, in the form `parseArgs` takes. */
export const tableOptions = {
  table: text,
  from: text,
  user: text,
  item: text,
  time: text,
  order: text,
  only: { type: "string", multiple: true },
  separator: text,
  profiles: text,
  name: text,
  split: text,
  renumber: { type: "boolean", default: false },
} as const;

const helpWith = (splits: string) =>
  `  --from <file> --user <column> --item <column>
                         your own table, with a header line; columns by name, or by position from
                         1 for a file without one
  --time <column>        when it happened; without it the file's order counts
  --order <column>       a number for events of equal time
  --only <column>=<text> only lines that have this there, e.g. event=view; may be repeated
  --separator <text>     between columns (default: , ; tab :: or |, whichever fits)
  --profiles <file>      users.dat or u.user of MovieLens, for models that read profiles
  --name <name>          of the data set (default: the file's); runs are recorded under it
  --split <which>        users, users:<seed>, reference, leave-last-out, time,
                         time:<share>,<share> or time:<date>,<date>${splits}
  --table <file.json>    the same from a file: { "file": "events.csv", "user": "user_id", … }
  --from <folder>        a split as deno task data export writes it, without columns
  --renumber             of such a folder: number its items anew, because their numbers have large
                         gaps`;

/** How the options are used, for the help of a command. */
export const TABLE_HELP = helpWith("");

/** The same for a command that takes {@linkcode chosenData}. */
export const DATA_HELP = helpWith("; of registered data as well");

/** What was given for the options. */
export type TableValues = Readonly<
  & Partial<Record<Exclude<keyof typeof tableOptions, "only" | "renumber">, string>>
  & { only?: string[]; renumber?: boolean }
>;

/** A data set and how to name it again. */
export interface ChosenData {
  readonly dataset: Dataset;
  /** L unless an option says otherwise */
  readonly historyLength: number;
  /** the options that give the same data set in another process */
  readonly options: readonly string[];
  /** of an own table: how it is read */
  readonly description?: TableDescription;
}

/**
 * The caller's own table, if the options describe one.
 *
 * @param alone the options that also have a sense of their own without a table
 * @throws BadInput if they do not describe it in full, or it cannot be read
 */
export async function ownTable(
  values: TableValues,
  alone: readonly ("from" | "split" | "renumber")[] = [],
): Promise<ChosenData | undefined> {
  const { table: path, from, name, only, user, item, time, order, separator, split } = values;
  const profiles = values.profiles === undefined ? undefined : callerPath(values.profiles);
  const columns = { user, item, time, order, separator, profiles };
  const described = Object.values(columns).some((value) => value !== undefined) ||
    only !== undefined;
  const folder = path === undefined && !described ? await splitFolder(values, alone) : undefined;
  if (folder !== undefined) return folder;
  if (values.renumber && !alone.includes("renumber")) {
    const remedy = "It is for --from <folder> without columns; items of tables always are.";
    throw new BadInput("nothing to number anew", "--renumber", path ?? from, remedy);
  }
  if (path === undefined && !described) {
    for (const option of ["from", "name", "split"] as const) {
      const value = values[option];
      if (value === undefined || alone.some((other) => other === option)) continue;
      const columns = "--user <column> --item <column>";
      throw option === "from"
        ? new BadInput(
          "a table without columns",
          "--from",
          value,
          `Say which columns hold user and item: ${columns}.`,
        )
        : new BadInput(
          `--${option} is about a table of your own, and none is given`,
          `--${option}`,
          value,
          `Leave it out, or give the table: --from <file> ${columns}.`,
        );
    }
    return undefined;
  }
  if (path !== undefined && (described || from !== undefined || name !== undefined)) {
    throw new BadInput("a table described twice", "--table", path, "Give --table alone.");
  }
  if (path !== undefined) {
    const absolute = callerPath(path);
    const { table, ...others } = await readTableDescription(absolute);
    const description = { ...others, table: split === undefined ? table : { ...table, split } };
    const options = ["--table", absolute, ...optionsWith({ split })];
    return { ...await read(description), options };
  }
  if (from === undefined) {
    throw new BadInput("which file?", "--from", "", "Give the table with --from <file>.");
  }
  const file = callerPath(from);
  const given = {
    file,
    ...(name !== undefined && { name }),
    ...(split !== undefined && { split }),
    ...Object.fromEntries(
      Object.entries(columns).filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, texts.has(key) ? value : columnOf(value!)]),
    ),
    ...(only !== undefined && { only: onlyOf(only) }),
  };
  const description = tableDescription(given, "options of the table", dirname(file));
  const options = optionsWith({ ...columns, only, name, split, from: file });
  return { ...await read(description), options };
}

async function read(description: TableDescription): Promise<Omit<ChosenData, "options">> {
  const { file, table, historyLength } = description;
  return { dataset: await fromCsv(file, table), historyLength, description };
}

/**
 * The data set of a training: the caller's own table, or a registered data set by name.
 *
 * @throws BadInput if both are given, or as {@linkcode ownTable} and {@linkcode data}
 */
export async function chosenData(
  values: TableValues & { readonly data?: string | undefined },
): Promise<ChosenData> {
  const { data: name = "synthetic", split } = values;
  const own = await ownTable(values, ["split"]);
  if (own === undefined) {
    const { historyLength } = await manifestEntry(name);
    const options = optionsWith({ data: name, split });
    return { dataset: await data(name, { split }), historyLength, options };
  }
  if (values.data === undefined) return own;
  const remedy = "Leave one of the two out; --name names your own.";
  throw new BadInput("a registered data set and an own table", "--data", values.data, remedy);
}

/** A split that lies in a folder, if that is what is given. */
async function splitFolder(
  { from, name, split, renumber }: TableValues,
  alone: readonly string[],
): Promise<ChosenData | undefined> {
  if (from === undefined || alone.includes("from")) return undefined;
  const folder = callerPath(from);
  if (!(await reading(folder, () => Deno.stat(folder))).isDirectory) return undefined;
  if (split !== undefined) {
    throw new BadInput("it is split already", folder, split, "Leave out --split.");
  }
  const how = { ...(name !== undefined && { name }), ...(renumber && { renumber }) };
  const dataset = await fromSplit(folder, how);
  const options = [...optionsWith({ from: folder, name }), ...(renumber ? ["--renumber"] : [])];
  return { dataset, historyLength: USUAL_HISTORY_LENGTH, options };
}

/** Options that are no columns. */
const texts: ReadonlySet<string> = new Set(["separator", "profiles"]);

/** Digits are a position. */
function columnOf(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** The options that were given, with their values. */
function optionsWith(
  values: Readonly<Record<string, string | readonly string[] | undefined>>,
): string[] {
  return Object.entries(values).flatMap(([name, value = []]) =>
    [value].flat().flatMap((one) => optionArguments(name, one))
  );
}

function onlyOf(texts: readonly string[]): Record<string, string[]> {
  const only = new Map<string, string[]>();
  for (const one of texts) {
    const at = one.indexOf("=");
    if (at <= 0) throw new BadInput("not column=text", "--only", one, "Write event=view.");
    const [column, text] = [one.slice(0, at), one.slice(at + 1)];
    only.set(column, [...only.get(column) ?? [], text]);
  }
  return Object.fromEntries(only);
}
