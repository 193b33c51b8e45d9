/** Where data sets lie on this machine, and what tells one content from another. */
import { statSync } from "node:fs";
import { delimiter } from "node:path";
import { BadInput } from "../base/bad_input.ts";
import { environment } from "../base/environment.ts";
import { fileHash } from "../base/file_hash.ts";
import { exists, projectPath, projectRoot, sha256 } from "../base/files.ts";
import { basename, join, resolve } from "../base/paths.ts";
import type { ManifestEntry, SourceFile } from "./manifest.ts";
import { COMIREC_SPLIT } from "./parse/comirec_split.ts";
import { comirecFiles } from "./parse/split_files.ts";
import { trainAndTest } from "./parse/train_and_test.ts";
import type { SplitChoice } from "./split/split.ts";

/** The folders that data sets are read from and kept in. */
export interface Places {
  /** prepared data sets */
  readonly cache: string;
  /** downloaded files */
  readonly downloads: string;
  /** where else source files may lie */
  readonly folders: readonly string[];
}

/**
 * The project's own places: data/cache, data/downloads, the folders that the environment variable
 * REMI_DATA names (separated as in PATH; a relative one from the project's root), and
 * ../shared/data beside the project.
 *
 * @throws {BadInput} if REMI_DATA names no folder
 */
export function places(): Places {
  const named = (environment("REMI_DATA") ?? "").split(delimiter)
    .filter((part) => part !== "").map((part) => resolve(projectRoot, part));
  for (const folder of named) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue;
    const where = "environment variable REMI_DATA";
    throw new BadInput("no such folder", where, folder, "Correct it, or leave this one out.");
  }
  return {
    cache: projectPath("data", "cache"),
    downloads: projectPath("data", "downloads"),
    folders: [...named, projectPath("..", "shared", "data")],
  };
}

/**
 * The first of an entry's files that lies in one of the folders, with or without .gz. Where another
 * split than the entry's own is wanted, none that is split already.
 */
export async function findSource(
  entry: ManifestEntry,
  { downloads, folders }: Places,
  { split }: Pick<SplitChoice, "split"> = {},
): Promise<string | undefined> {
  for (const { name, format, parts = [] } of entry.files) {
    if (split !== undefined && format === COMIREC_SPLIT) continue;
    for (const folder of [downloads, ...folders]) {
      for (const variant of variants(name)) {
        const path = join(folder, variant);
        const needed = [path, ...parts.map((part) => join(path, part.name))];
        if ((await Promise.all(needed.map(exists))).every(Boolean)) return path;
      }
    }
  }
  return undefined;
}

/** What the manifest says of a file with this name, if it says anything. */
export function knownFile(entry: ManifestEntry, path: string): SourceFile | undefined {
  return entry.files.find(({ name }) => variants(name).includes(basename(path)));
}

/** The sha256 that a source has to have, where one is registered for exactly this form of it. */
export function registeredHash(file: SourceFile | undefined, path: string): string | undefined {
  if (file?.name !== basename(path)) return undefined; // packed or unpacked since
  return file.parts ? hashOfParts(file.parts.map((part) => part.sha256)) : file.sha256;
}

function variants(name: string): string[] {
  return [name, name.endsWith(".gz") ? name.slice(0, -3) : `${name}.gz`];
}

/** sha256 of a file's content; of a folder, over those of the files that are read. */
export async function sourceHash(path: string): Promise<string> {
  const files = await filesOf(path);
  const hashes = await Promise.all(files.map(fileHash));
  return files.length === 1 ? hashes[0]! : hashOfParts(hashes);
}

function hashOfParts(hashes: readonly string[]): string {
  return sha256(hashes.join("\n"));
}

/** Sizes and times of change: while they stay the same, the content is taken to be the same. */
export async function sourceStamp(path: string): Promise<string> {
  const stats = await Promise.all((await filesOf(path)).map((file) => Deno.stat(file)));
  return stats.map(({ size, mtime }) => `${size}@${mtime?.getTime() ?? 0}`).join(" ");
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await Deno.stat(path)).isDirectory) return [path];
  return await trainAndTest(path) ?? await comirecFiles(path);
}
