/** What can go wrong when writing, in words that say what to do. */
import { BadInput } from "./bad_input.ts";
import { dirname } from "./paths.ts";

/**
 * Runs something that writes a file, and turns the system's refusals into errors with a remedy.
 *
 * @throws BadInput if the disk is full, or the folder may not be written or is a file; other errors
 *   as they are
 */
export async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (/ENOSPC|No space left|not enough space|os error (28|112)\b/i.test(message)) {
      throw new BadInput("disk full", path, message, "Free some space and run it again.");
    }
    if (/EEXIST|ENOTDIR|already exists|not a directory|os error (17|20|183)\b/i.test(message)) {
      throw new BadInput("a file is in the place of a folder", path, message, "Name another.");
    }
    if (/EACCES|EPERM|EROFS|denied|Read-only|os error (5|13|30)\b/i.test(message)) {
      throw new BadInput("may not be written", path, message, `Allow writing in ${dirname(path)}.`);
    }
    throw error;
  }
}
