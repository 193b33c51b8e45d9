/** Where the own table lies that a model was trained on, so that nobody has to say it again. */
import { exists, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { fromCsv } from "../data/from_csv.ts";
import type { Dataset } from "../data/interactions.ts";
import { readTableDescription, type TableDescription } from "../data/own_table.ts";
import { checkpointFolder } from "./checkpoint.ts";

/** Beside the models, which know their data by its hash. */
function pathOf(hash: string, folder: string): string {
  return join(folder, `data-${hash.slice(0, 16)}.json`);
}

/**
 * Notes how a table is read, under the hash of what comes of it.
 *
 * @throws {BadInput} if the folder cannot be written
 */
export async function rememberTable(
  { hash }: Dataset,
  { file, table, historyLength }: TableDescription,
  folder: string = checkpointFolder(),
): Promise<void> {
  const description = { file, ...table, historyLength };
  await writeAtomically(pathOf(hash, folder), `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * Reads the table again that gave this hash; whoever asks compares the hashes.
 *
 * @returns undefined if none was noted
 * @throws {BadInput} if it cannot be read any more
 */
export async function rememberedTable(
  hash: string,
  folder: string = checkpointFolder(),
): Promise<Dataset | undefined> {
  const path = pathOf(hash, folder);
  if (!await exists(path)) return undefined;
  const { file, table } = await readTableDescription(path);
  return await fromCsv(file, table);
}
