/** The caches of a data set: which of them counts, and whether it is of the registered data. */
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { type Origin, readCache } from "./cache.ts";
import { MINIMUM_BEHAVIOURS } from "./filter_and_split.ts";
import type { Dataset } from "./interactions.ts";
import { countsOf, countsText, type ManifestEntry } from "./manifest.ts";
import { COMIREC_SPLIT } from "./parse/comirec_split.ts";
import { knownFile, type Places, registeredHash, sourceHash, sourceStamp } from "./sources.ts";
import { type SplitChoice, splitText, USUAL_SPLIT } from "./split/split.ts";

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
  /** damaged ones, and those of other versions */
  readonly unusable: readonly string[];
}

/** The caches of a data set, read and held against the manifest and their sources. */
export async function cachesOf(
  entry: ManifestEntry,
  { cache }: Places,
  choice: SplitChoice,
): Promise<Caches> {
  const usable: Cached[] = [];
  const unusable: string[] = [];
  for (const path of await cacheFiles(entry.name, cache)) {
    const read = await readCache(path);
    if (read && read.dataset.split !== choice.split) continue;
    if (!read || !isCurrent(read.origin.recipe, choice)) {
      unusable.push(path);
      continue;
    }
    const { dataset, origin } = read;
    const foreign = differences(entry, origin.source, origin.sourceHash, dataset);
    usable.push({ dataset, origin, foreign, changed: await hasChanged(origin) });
  }
  const rank = ({ foreign, changed, origin }: Cached) =>
    Number(foreign.length > 0) * 4 + Number(changed) * 2 + Number(!origin.given);
  return { usable: usable.sort((a, b) => rank(a) - rank(b)), unusable };
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

async function hasChanged({ source, stamp, sourceHash: hash }: Origin): Promise<boolean> {
  try {
    if (!await exists(source) || await sourceStamp(source) === stamp) return false;
    return await sourceHash(source) !== hash;
  } catch {
    return true; // something else is in its place
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
