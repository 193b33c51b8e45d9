/** The saved model that a command is about. */
import { BadInput } from "../base/bad_input.ts";
import { exists } from "../base/files.ts";
import { loadModel } from "../train/load_model.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { callerPath } from "./caller_path.ts";
import { ownTable, type TableValues } from "./chosen_data.ts";

/** How the own table of a model that was trained elsewhere is named, for the help of a command. */
export const MODEL_TABLE_HELP =
  `  --table <file.json>    the own table that the model was trained on, if deno task train did not
                         train it here, as { "file": "events.csv", "user": "user_id", … }`;

/**
 * The model of a run's key or of a file.
 *
 * @param task the command, for messages
 * @param values options that say which own table it was trained on, if they say so
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
  return await loadModel(await exists(file) ? file : source, own?.dataset);
}
