/** A data set of the reader's own that is split already, from a folder. */
import { BadInput } from "../base/bad_input.ts";
import type { Dataset } from "./interactions.ts";
import { nameOfFile, ownName } from "./own_name.ts";
import { readComirecSplit } from "./parse/comirec_split.ts";

/**
 * A data set from a folder with <name>_train.txt, _valid.txt and _test.txt, as exportComirec and
 * ComiRec write them. Where there is a <name>_split.json, every file has to have the sha256 in it.
 *
 *     const theirs = await fromSplit("their/folder");
 *
 * @param options `name` of the data set, by default that of the folder; `renumber`: number its
 *   items anew, because its own numbers have large gaps
 * @throws BadInput with the line that is wrong, if a file is missing or changed since it was
 *   written, or if the name is that of a registered data set
 */
export async function fromSplit(
  folder: string,
  { name = nameOfFile(folder), renumber = false }: {
    readonly name?: string;
    readonly renumber?: boolean;
  } = {},
): Promise<Dataset> {
  const own = await ownName(name, folder);
  const info = await Deno.stat(folder).catch(() => null);
  if (info?.isDirectory) return await readComirecSplit(own, folder, { renumber });
  const remedy = "Give a folder with one train, one valid and one test file.";
  throw new BadInput(info ? "a file, not a folder" : "no such folder", folder, undefined, remedy);
}
