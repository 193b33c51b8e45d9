/** Where a reader's own data lies that a model was trained on: nobody has to say it again. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { readText } from "../base/disk.ts";
import { exists, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { fromCsv } from "../data/from_csv.ts";
import { fromSplit } from "../data/from_split.ts";
import type { Dataset } from "../data/interactions.ts";
import { type TableDescription, tableDescription } from "../data/own_table.ts";
import { checkpointFolder } from "./checkpoint.ts";

/** A folder with a split. */
export interface SplitFolder {
  /** absolute */
  readonly folder: string;
  /** of the data set */
  readonly name: string;
  /** whether its items are numbered anew */
  readonly renumber: boolean;
}

const splitFolder = z.strictObject({
  folder: z.string(),
  name: z.string(),
  renumber: z.boolean().default(false),
});

/** Beside the model of the run: other runs on the same histories may read other times or names. */
function pathOf(key: string, folder: string): string {
  return join(folder, `${key}.data.json`);
}

/** Where models of earlier versions have theirs. */
function earlierPathOf(hash: string, folder: string): string {
  return join(folder, `data-${hash.slice(0, 16)}.json`);
}

/**
 * Notes how the data of a run is read, under the run's key.
 *
 * @param own a table and how it is read, or a folder
 * @throws {BadInput} if the folder of checkpoints cannot be written
 */
export async function rememberData(
  key: string,
  own: TableDescription | SplitFolder,
  folder: string = checkpointFolder(),
): Promise<void> {
  const noted = "table" in own
    ? { file: own.file, ...own.table, historyLength: own.historyLength }
    : own;
  await writeAtomically(pathOf(key, folder), `${JSON.stringify(noted, null, 2)}\n`);
}

/**
 * Reads the data again that a run was trained on; whoever asks compares the hashes.
 *
 * @returns undefined if nothing was noted
 * @throws {BadInput} if it cannot be read any more
 */
export async function rememberedData(
  { key, data: { hash } }: { readonly key: string; readonly data: { readonly hash: string } },
  folder: string = checkpointFolder(),
): Promise<Dataset | undefined> {
  for (const path of [pathOf(key, folder), earlierPathOf(hash, folder)]) {
    if (!await exists(path)) continue;
    const noted = await jsonIn(path);
    const split = splitFolder.safeParse(noted).data;
    if (split) return await fromSplit(split.folder, split);
    const { file, table } = tableDescription(noted, path, folder);
    return await fromCsv(file, table);
  }
  return undefined;
}

async function jsonIn(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    const remedy = "Delete it, and say which data it is.";
    throw new BadInput("not a note of where data lies", path, (error as Error).message, remedy);
  }
}
