/** The caches of a data set: which of them counts, and whether it is of the registered data. */
import { BadInput, Hindrance } from "../base/bad_input.ts";
import { systemRefusal } from "../base/disk.ts";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { type Origin, readCache, writeCache } from "./cache.ts";
import { MINIMUM_BEHAVIOURS } from "./filter_and_split.ts";
import type { Dataset } from "./interactions.ts";
import { countsOf, countsText, type ManifestEntry } from "./manifest.ts";
import { COMIREC_SPLIT } from "./parse/comirec_split.ts";
import { knownFile, type Places, registeredHash, sourceHash, sourceStamp } from "./sources.ts";
import { type SplitChoice, splitText, USUAL_SPLIT } from "./split/split.ts";

/** How the names of caches end that were written before there were safetensors. */
const OLDER_LAYOUT = ".bin";

/** Raised whenever the same source would be read to another data set, or cached otherwise. */
const RECIPE_VERSION = 3;

/** How folders are read that are split already; raised as the version is, for these alone. */
export const FOLDER_RECIPE = `${COMIREC_SPLIT} 2`;

/** A text that tells a way of reading from every other. */
export function recipeOf(how: string, { by }: SplitChoice): string {
  const split = splitText(by) === USUAL_SPLIT ? "1" : splitText(by);
  return `version ${RECIPE_VERSION}, ${how}, at least ${MINIMUM_BEHAVIOURS}, split ${split}`;
}

/** A cache that can be used. */
export interface Cached {
  readonly dataset: Dataset;
  readonly origin: Origin;
  /** in what its source is not what the manifest knows; none: it is genuine */
  readonly foreign: readonly string[];
  /** whether the source is still there and has another content now */
  readonly changed: boolean;
}

/** The caches of a data set. */
export interface Caches {
  /** the best first: of the registered data, given by a person, written last */
  readonly usable: readonly Cached[];
  /** of older versions: nothing reads them any more */
  readonly outdated: readonly string[];
  /** damaged ones: nobody knows of which split or source they are */
  readonly damaged: readonly string[];
  /** why some could not be read, though nothing may be wrong with them */
  readonly unreadable: readonly Hindrance[];
}

/** The caches of a data set, read and held against the manifest and their sources. */
export async function cachesOf(
  entry: ManifestEntry,
  { cache }: Places,
  choice: SplitChoice,
): Promise<Caches> {
  const usable: Cached[] = [];
  const [outdated, damaged, unreadable]: [string[], string[], Hindrance[]] = [[], [], []];
  for (const path of await cacheFiles(entry.name, cache)) {
    let read: Awaited<ReturnType<typeof readCache>>;
    try {
      read = path.endsWith(OLDER_LAYOUT) ? undefined : await readCache(path);
    } catch (error) {
      if (error instanceof Hindrance) unreadable.push(error);
      else if (error instanceof BadInput) damaged.push(path);
      else throw error;
      continue;
    }
    if (read && read.dataset.split !== choice.split) continue;
    if (!read || !isCurrent(read.origin.recipe, choice)) {
      outdated.push(path);
      continue;
    }
    const { dataset, origin } = read;
    const foreign = differences(entry, origin.source, origin.sourceHash, dataset);
    usable.push({ dataset, origin, foreign, changed: await hasChanged(path, dataset, origin) });
  }
  const rank = ({ foreign, changed, origin }: Cached) =>
    Number(foreign.length > 0) * 4 + Number(changed) * 2 + Number(!origin.given);
  return { usable: usable.sort((a, b) => rank(a) - rank(b)), outdated, damaged, unreadable };
}

/** Whether a source is still read like this. */
function isCurrent(recipe: string, choice: SplitChoice): boolean {
  const how = recipe.slice(recipe.indexOf(", ") + 2, recipe.lastIndexOf(", at"));
  if (!how.startsWith(COMIREC_SPLIT)) return recipe === recipeOf(how, choice);
  return recipe.startsWith(`version ${RECIPE_VERSION}, ${FOLDER_RECIPE},`);
}

/** In what a source is not what the manifest knows. */
export function differences(
  entry: ManifestEntry,
  source: string,
  hash: string,
  dataset: Dataset,
): string[] {
  const file = knownFile(entry, source);
  const found: string[] = [];
  const registered = registeredHash(file, source);
  if (registered !== undefined && registered !== hash) {
    found.push(`its sha256 is not the registered ${registered.slice(0, 16)}…`);
  }
  if (file?.otherCounts === true) return found;
  const counts = countsText(countsOf(dataset));
  const known = countsText(entry.counts);
  const usual = dataset.split === undefined ? entry.hash : undefined;
  if (counts !== known) found.push(`it has ${counts}, not the known ${known}`);
  else if (usual !== undefined && usual !== dataset.hash) {
    const hash = `its hash is not the registered ${usual.slice(0, 16)}…`;
    found.push(`its behaviours are others, or ordered or split otherwise: ${hash}`);
  }
  return found;
}

/** Whether a cache's source is another now. One that was only touched is not looked at again. */
async function hasChanged(path: string, dataset: Dataset, origin: Origin): Promise<boolean> {
  const { source, sourceHash: hash } = origin;
  try {
    if (!await exists(source)) return false;
    const stamp = await sourceStamp(source);
    if (stamp === origin.stamp) return false;
    if (await sourceHash(source) !== hash) return true;
    if (await sourceStamp(source) === stamp) await restamp(path, dataset, { ...origin, stamp });
    return false;
  } catch (error) {
    const isHidden = error instanceof Hindrance || systemRefusal(error, source, "read") !== null;
    return !isHidden; // something else is in its place
  }
}

/** Writes a cache with another stamp of its source; it stays as old as it is, for the order. */
async function restamp(path: string, dataset: Dataset, origin: Origin): Promise<void> {
  try {
    const { mtime } = await Deno.stat(path);
    await writeCache(path, dataset, origin);
    if (mtime) await Deno.utime(path, mtime, mtime);
  } catch {
    // it serves as it is, and its source is hashed again next time
  }
}

/** The cache files of a name, those of older versions (.bin) too, the newest first. */
async function cacheFiles(name: string, folder: string): Promise<string[]> {
  if (!await exists(folder)) return [];
  const found: { path: string; time: number }[] = [];
  for await (const file of Deno.readDir(folder)) {
    if (!new RegExp(`^${name}\\.[0-9a-f]{16}\\.(safetensors|bin)$`).test(file.name)) continue;
    const path = join(folder, file.name);
    const info = await Deno.stat(path).catch(() => null); // another process may remove it
    if (info?.isFile) found.push({ path, time: info.mtime?.getTime() ?? 0 });
  }
  return found.sort((a, b) => b.time - a.time || (a.path < b.path ? -1 : 1)).map((f) => f.path);
}
