/**
 * Files beside a run's line: one a run in a folder of its kind, named by the run's key. The line
 * holds the file's sha256, so that no other is taken for it.
 */
import { BadInput } from "../base/bad_input.ts";
import { readBytes } from "../base/disk.ts";
import { fileName } from "../base/file_name.ts";
import { exists, sha256, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";

/** The kinds of files: folders of results, and what one of them is. */
const kinds = { curves: "the curve", users: "the users' hits" } as const;

/** A kind of files beside a run's line, by the name of its folder. */
export type RunFileKind = keyof typeof kinds;

/** What to do about a file that is not what was recorded. */
export const RECORD_AGAIN =
  "Restore the file, or record the run again with deno task train … --again.";

/** A run's file; of a superseded run, whose key another has taken, with its hash. */
export function runFilePath(
  kind: RunFileKind,
  key: string,
  folder: string,
  superseded?: string,
): string {
  const name = superseded === undefined
    ? fileName(key)
    : `${fileName(key)}-${superseded.slice(0, 8)}`;
  return join(folder, kind, `${name}.parquet`);
}

/**
 * A decoder of files that decodes the same content once a process, because figures share runs.
 * Whoever asks gets the same object and must not change it.
 */
export function decodedOnce<T>(
  decode: (bytes: Uint8Array, where: string) => Promise<T>,
): (hash: string, bytes: Uint8Array, where: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return async (hash, bytes, where) => {
    const found = known.get(hash) ?? decode(bytes, where);
    known.set(hash, found);
    try {
      return await found;
    } catch (error) {
      known.delete(hash);
      throw error;
    }
  };
}

/**
 * Writes a run's file, whole or not at all. The run that counts has the file named by the key; that
 * of another run of the key is kept beside it.
 *
 * @param counts whether it takes the place of the file that is there
 */
export async function writeRunFile(
  kind: RunFileKind,
  key: string,
  bytes: Uint8Array,
  folder: string,
  counts: boolean,
): Promise<void> {
  const path = runFilePath(kind, key, folder);
  if (!await exists(path)) return await writeAtomically(path, bytes);
  const [hash, there] = [sha256(bytes), sha256(await readBytes(path))];
  if (hash === there) return;
  if (!counts) return await writeAtomically(runFilePath(kind, key, folder, hash), bytes);
  await Deno.rename(path, runFilePath(kind, key, folder, there));
  await writeAtomically(path, bytes);
}

/**
 * The bytes of a run's file, found by key and held against the hash in the run's line.
 *
 * @throws {BadInput} if no file of the key has them
 */
export async function readRunFile(
  kind: RunFileKind,
  key: string,
  hash: string,
  folder: string,
): Promise<Uint8Array> {
  const path = runFilePath(kind, key, folder);
  let found = "no such file";
  for (const candidate of [path, runFilePath(kind, key, folder, hash)]) {
    if (!await exists(candidate)) continue;
    const bytes = await readBytes(candidate);
    if (sha256(bytes) === hash) return bytes;
    found = `sha256 ${sha256(bytes).slice(0, 16)}…`;
  }
  throw new BadInput(
    `not ${kinds[kind]} of this run, whose sha256 is ${hash.slice(0, 16)}…`,
    path,
    found,
    RECORD_AGAIN,
  );
}
