/** Files that an export would replace, and that are no export's. */
import { BadInput } from "./bad_input.ts";
import { readText } from "./disk.ts";
import { exists } from "./files.ts";
import { join } from "./paths.ts";

/** sha256 by file name, as a record lists what an export wrote. */
export type ListedFiles = Readonly<Record<string, string>>;

/**
 * Refuses a folder in which a file that is to be written is another's: an export's are its record
 * and what that lists. Whoever writes a record before the files it lists can write them again after
 * an interruption.
 *
 * @param names of the files that are to be written, or removed
 * @param record the name of the file in which an earlier export says what it is
 * @param filesOf what the JSON value in that file lists; undefined if no export wrote it
 * @returns what the earlier export lists; nothing where there is none
 * @throws {BadInput} naming a file that is there and not in the list
 */
export async function requireOwnFiles(
  folder: string,
  names: readonly string[],
  record: string,
  filesOf: (value: unknown) => ListedFiles | undefined,
): Promise<ListedFiles> {
  const listed = filesOf(await valueIn(join(folder, record)));
  for (const name of [record, ...names]) {
    const path = join(folder, name);
    const isOwn = listed !== undefined && (name === record || Object.hasOwn(listed, name));
    if (isOwn || !await exists(path)) continue;
    const remedy = "Name another folder; or remove the file, if nobody needs it.";
    throw new BadInput("already there, and not of an earlier export", path, undefined, remedy);
  }
  return listed ?? {};
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
