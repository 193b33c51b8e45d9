/** Files that an export would replace, and that are no export's. */
import { BadInput } from "./bad_input.ts";
import { readText } from "./disk.ts";
import { exists } from "./files.ts";
import { join } from "./paths.ts";

/**
 * Refuses a folder in which a file that is to be written is another's.
 *
 * @param names of the files that are to be written
 * @param record the name of the file in which an earlier export says what it is
 * @param isOwn whether the JSON value in that file is what an export writes
 * @throws {BadInput} naming a file that is there, where there is no such record
 */
export async function refuseForeign(
  folder: string,
  names: readonly string[],
  record: string,
  isOwn: (value: unknown) => boolean,
): Promise<void> {
  for (const path of names.map((name) => join(folder, name))) {
    if (!await exists(path)) continue;
    if (isOwn(await valueIn(join(folder, record)))) return;
    const remedy = "Name another folder; or remove the file, if nobody needs it.";
    throw new BadInput("already there, and not of an earlier export", path, undefined, remedy);
  }
}

/** Undefined where there is no JSON. */
async function valueIn(path: string): Promise<unknown> {
  try {
    return await exists(path) ? JSON.parse(await readText(path)) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
