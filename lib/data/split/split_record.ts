/**
 * <name>_split.json beside the files of a split: what it is, and the sha256 of each file, so that
 * whoever is given the folder has the very same split or is told.
 */
import { z } from "zod";
import { BadInput } from "../../base/bad_input.ts";
import { readText } from "../../base/disk.ts";
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";

const Record = z.looseObject({
  /** of the data set */
  name: z.string(),
  split: z.string().exactOptional(),
  kept: z.object({ users: z.int(), behaviours: z.int() }).exactOptional(),
  /** of the data set, which is part of the key of runs on it */
  hash: z.hash("sha256"),
  timesHash: z.hash("sha256").exactOptional(),
  /** sha256 of each file */
  files: z.record(z.string().regex(/^[^/\\]+$/), z.hash("sha256")),
});

/** What a split says of itself. */
export type SplitRecord = z.infer<typeof Record>;

/** How the file is called. */
export function recordName(name: string): string {
  return `${name}_split.json`;
}

/**
 * The record in a folder, once every file in it was found to be as it was written.
 *
 * @param hashOf sha256 of a file
 * @returns undefined if there is none
 * @throws {BadInput} if it cannot be read, or a file is missing or has another sha256
 */
export async function verifiedRecord(
  folder: string,
  hashOf: (path: string) => Promise<string>,
): Promise<SplitRecord | undefined> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(recordName(""))) names.push(name);
  }
  if (names.length === 0) return undefined;
  const path = join(folder, names[0]!);
  const remedy = `Write the split again, or remove ${path} to read the files as they are.`;
  if (names.length > 1) throw new BadInput("two splits in a folder", folder, names, remedy);
  const record = parsed(path, await readText(path), remedy);
  for (const [name, sha256] of Object.entries(record.files)) {
    const file = join(folder, name);
    if (!await exists(file)) {
      throw new BadInput("a file of the split is missing", file, name, remedy);
    }
    const found = await hashOf(file);
    if (found === sha256) continue;
    throw new BadInput(
      `changed since the split was written (sha256 ${sha256})`,
      file,
      found,
      remedy,
    );
  }
  return record;
}

function parsed(path: string, text: string, remedy: string): SplitRecord {
  try {
    return Record.parse(JSON.parse(text));
  } catch {
    throw new BadInput("not the record of a split", path, text.slice(0, 40), remedy);
  }
}
