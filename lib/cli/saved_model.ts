/** The saved model that a command is about. */
import { BadInput } from "../base/bad_input.ts";
import { isFile } from "../base/files.ts";
import { loadModel } from "../train/load_model.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { callerPath } from "./caller_path.ts";
import { ownTable, type TableValues } from "./chosen_data.ts";

/** The options that say which own data a model was trained on, in the form `parseArgs` takes. */
export const modelDataOptions = {
  table: { type: "string" },
  from: { type: "string" },
  name: { type: "string" },
  renumber: { type: "boolean", default: false },
} as const;

/** Which of them do nothing beside each other. */
export const modelDataEffects = {
  needs: { name: "from", renumber: "from" },
  excludes: { table: ["from", "name", "renumber"] },
} as const;

/** How they are used, for the help of a command. */
export const MODEL_DATA_HELP =
  `  --table <file.json>    the own table that the model was trained on, if deno task train did not
                         train it here, as { "file": "events.csv", "user": "user_id", … }
  --from <folder>        or the folder with the split
  --name <name>          of the folder's data set, where the folder is named as a registered one
  --renumber             if the model was trained on the folder with its items numbered anew`;

/**
 * What these options say, as {@linkcode savedModel} takes it.
 *
 * @throws {BadInput} if --from names no folder
 */
export async function modelData(
  { table, from, name, renumber }: {
    readonly table?: string;
    readonly from?: string;
    readonly name?: string;
    readonly renumber: boolean;
  },
): Promise<TableValues> {
  if (from !== undefined && !(await Deno.stat(callerPath(from)).catch(() => null))?.isDirectory) {
    const remedy = "Say how a table is read with --table <file.json>.";
    throw new BadInput("no folder with a split", "--from", from, remedy);
  }
  return {
    ...(table !== undefined && { table }),
    ...(from !== undefined && { from }),
    ...(name !== undefined && { name }),
    renumber,
  };
}

/**
 * The model of a run's key or of a file.
 *
 * @param task the command, for messages
 * @param values options that say which own data it was trained on, if they say so
 * @throws {BadInput} if none is named, or as {@linkcode loadModel} and {@linkcode ownTable}
 */
export async function savedModel(
  source: string | undefined,
  task: string,
  values: TableValues,
): Promise<TrainedModel> {
  if (source === undefined) {
    const remedy = "Name a file, or the key of a run that was trained on this machine.";
    throw new BadInput("no model is named", task, undefined, remedy);
  }
  const file = callerPath(source);
  const own = await ownTable(values);
  return await loadModel(await isFile(file) ? file : source, own?.dataset);
}
