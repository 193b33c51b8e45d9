/**
 * <name>_split.json beside the files of a split: what it is, and the sha256 of each file, so that
 * whoever is given the folder has the very same split or is told.
 */
import { z } from "zod";
import { BadInput } from "../../base/bad_input.ts";
import { namesIn, readText } from "../../base/disk.ts";
import { exists } from "../../base/files.ts";
import { join } from "../../base/paths.ts";
import type { Dataset } from "../interactions.ts";
import { manifest } from "../manifest.ts";
import { requireSplit } from "./require_split.ts";
import { chosenSplit, USUAL_SPLIT } from "./split.ts";

const Record = z.looseObject({
  /** of the data set */
  name: z.string(),
  split: z.string().exactOptional(),
  kept: z.object({ users: z.int().positive(), behaviours: z.int().positive() }).exactOptional(),
  /** of the data set, which is part of the key of runs on it */
  hash: z.hash("sha256"),
  timesHash: z.hash("sha256").exactOptional(),
  /** sha256 of each file */
  files: z.record(z.string().regex(/^[^/\\]+$/), z.hash("sha256")),
});

/** What a split says of itself. */
export type SplitRecord = z.infer<typeof Record>;

/** A record, and the file that it is in. */
export interface FoundRecord {
  readonly path: string;
  readonly record: SplitRecord;
}

/** The files that a value lists if it is what a split says of itself; undefined if it is not. */
export function filesOfRecord(value: unknown): SplitRecord["files"] | undefined {
  return Record.safeParse(value).data?.files;
}

/** How the file is called. */
export function recordName(name: string): string {
  return `${name}_split.json`;
}

/**
 * The record in a folder.
 *
 * @returns undefined if there is none
 * @throws {BadInput} if it cannot be read, or there are two
 */
export async function recordIn(folder: string): Promise<FoundRecord | undefined> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(recordName("")));
  if (names.length === 0) return undefined;
  const path = join(folder, names[0]!);
  if (names.length > 1) throw new BadInput("two splits in a folder", folder, names, remedy(path));
  return { path, record: parsed(path, await readText(path)) };
}

/**
 * Refuses files that are not as they were when the split was written.
 *
 * @param hashOf sha256 of a file
 * @throws {BadInput} if a file is missing or has another sha256
 */
export async function requireFiles(
  folder: string,
  { path, record }: FoundRecord,
  hashOf: (path: string) => Promise<string>,
): Promise<void> {
  for (const [name, sha256] of Object.entries(record.files)) {
    const file = join(folder, name);
    if (!await exists(file)) {
      throw new BadInput("a file of the split is missing", file, name, remedy(path));
    }
    const found = await hashOf(file);
    if (found === sha256) continue;
    throw new BadInput(
      `changed since the split was written (sha256 ${sha256})`,
      file,
      found,
      remedy(path),
    );
  }
}

/**
 * Refuses data that is not what was written.
 *
 * @throws {BadInput} if its hash, or that of its times, is not the recorded one
 */
export function requireRecorded(
  { path, record }: FoundRecord,
  read: { readonly hash: string; readonly timesHash?: string },
): void {
  for (const name of ["hash", "timesHash"] as const) {
    if (read[name] === record[name]) continue;
    const what = `not the data that was written (${name} ${record[name]})`;
    throw new BadInput(what, path, read[name], remedy(path));
  }
}

/**
 * What the record says of the split: how it was made, where that is not the usual way, and what was
 * kept in all.
 *
 * @param usual for the name under which it is read
 * @throws {BadInput} if the record says no way to split, or the data shows that it is not so
 */
export async function splitOfRecord(
  { path, record: { name, split, kept } }: FoundRecord,
  usual: string,
  parts: Pick<Dataset, "train" | "valid" | "test">,
): Promise<Pick<Dataset, "split" | "kept">> {
  const entry = (await manifest()).find((entry) => entry.name === name);
  const said = split ?? (entry && (entry.split ?? USUAL_SPLIT));
  const choice = chosenSplit(said, path, usual);
  const by = said === undefined ? undefined : choice.by;
  requireSplit({ ...parts, ...(kept && { kept }) }, by, path, remedy(path));
  return { ...(choice.split !== undefined && { split: choice.split }), ...(kept && { kept }) };
}

function remedy(path: string): string {
  return `Write the split again, or remove ${path} to read the files as they are.`;
}

function parsed(path: string, text: string): SplitRecord {
  try {
    return Record.parse(JSON.parse(text));
  } catch {
    throw new BadInput("not the record of a split", path, text.slice(0, 40), remedy(path));
  }
}
