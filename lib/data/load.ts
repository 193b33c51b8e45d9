/** data("name"): a registered data set, wherever it can be had on this machine. */
import { BadInput } from "../base/bad_input.ts";
import { exists, sha256 } from "../base/files.ts";
import { dirname, join } from "../base/paths.ts";
import { type Origin, readCache, writeCache } from "./cache.ts";
import { EventLog } from "./events.ts";
import { MINIMUM_BEHAVIOURS } from "./filter_and_split.ts";
import { datasetFromEvents, SPLIT_SEED } from "./from_events.ts";
import type { Dataset } from "./interactions.ts";
import { countsOf, countsText, type ManifestEntry, manifestEntry } from "./manifest.ts";
import { COMIREC_SPLIT, readComirecSplit } from "./parse/comirec_split.ts";
import { formatOf } from "./parse/formats.ts";
import { findSource, knownFile, type Places, places, sourceHash, sourceStamp } from "./sources.ts";
import { synthetic } from "./synthetic.ts";

/** Raised whenever the same source would be read to another data set, or cached otherwise. */
const RECIPE_VERSION = 2;

/** How to load. */
export interface LoadOptions {
  /** read this file or folder, whatever is cached or found */
  readonly from?: string;
  /** of a folder given by `from`: number its items anew, because its own numbers have large gaps */
  readonly renumber?: boolean;
  /** is told what a user should know at once (a damaged cache); default: console.warn */
  readonly say?: (message: string) => void;
  /** default: the project's own */
  readonly places?: Places;
}

/**
 * Loads a registered data set: "synthetic" is generated, the others come from the cache, or from a
 * file found in data/downloads, a folder of REMI_DATA or ../shared/data. `report` of the result
 * says where it came from and what was left out.
 *
 *     const clicks = await data("retailrocket-comirec");
 *
 * @throws BadInput if there is no such data set, none of its files is at hand (the message says
 *   how to get it), its file cannot be read, or a download is not the registered data
 */
export async function data(name: string, options: LoadOptions = {}): Promise<Dataset> {
  const entry = await manifestEntry(name);
  if (entry.files.length === 0) return synthetic();
  const { from, renumber = false, say = console.warn, places: where = places() } = options;
  if (renumber && (from === undefined || !await isFolder(from))) {
    const remedy =
      "Give a folder in ComiRec's text format by from; other files are always renumbered.";
    throw new BadInput("nothing that could be renumbered", `data set ${name}`, from, remedy);
  }
  if (from === undefined) {
    const cached = await newestCached(entry, where, say);
    if (cached !== undefined) return cached;
  }
  const source = from ?? await findSource(entry, where);
  if (source === undefined) throw notAtHand(entry);
  if (!await exists(source)) {
    throw new BadInput("no such file or folder", `data set ${name}`, source, "Check the path.");
  }
  const mustBeKnown = from === undefined && dirname(source) === where.downloads;
  return await prepare(entry, source, where, { mustBeKnown, renumber, say });
}

/** Where a data set would come from now. */
export async function whereabouts(
  entry: ManifestEntry,
  where: Places = places(),
): Promise<"generated" | "cached" | "file found" | "not here"> {
  if (entry.files.length === 0) return "generated";
  if ((await cacheFiles(entry.name, where.cache)).length > 0) return "cached";
  return await findSource(entry, where) === undefined ? "not here" : "file found";
}

/** What to do to have a data set. */
function notAtHand({ name, howToGet, files }: ManifestEntry): BadInput {
  const names = files.map((file) => file.name).join(" or ");
  const download = files.some((file) => file.url !== undefined)
    ? `Run "deno task data ${name}", which downloads it. Or: `
    : "";
  return new BadInput(
    "not at hand",
    `data set ${name}`,
    names,
    `${download}${howToGet} Then put it into a folder that REMI_DATA names, ` +
      `or run "deno task data ${name} --from <file>".`,
  );
}

/**
 * Reads a source, checks it against the manifest, caches the result. A download that is not the
 * known data is refused; of a reader's own file it is noted.
 */
async function prepare(
  entry: ManifestEntry,
  source: string,
  where: Places,
  { mustBeKnown, renumber, say }: {
    mustBeKnown: boolean;
    renumber: boolean;
    say: (message: string) => void;
  },
): Promise<Dataset> {
  const [hash, stamp] = [await sourceHash(source), await sourceStamp(source)];
  const { read, recipe } = await readerOf(entry, source, renumber);
  const dataset = await read();
  const notes = [...dataset.report?.notes ?? []];
  for (const problem of differences(entry, source, hash, dataset)) {
    if (!mustBeKnown) notes.push(problem);
    else {
      const remedy = "Delete it and get it again, or use it all the same by giving it with --from.";
      throw new BadInput(`not the registered data: ${problem}`, source, hash, remedy);
    }
  }
  const key = sha256(`${hash} ${recipe}`).slice(0, 16);
  const checked: Dataset = { ...dataset, report: { ...dataset.report!, notes } };
  const path = join(where.cache, `${entry.name}.${key}.safetensors`);
  try {
    await writeCache(path, checked, { recipe, source, sourceHash: hash, stamp });
  } catch (error) { // whatever it is, the data itself is there
    say(`Not cached, it will be read again next time. ${(error as Error).message}`);
  }
  return checked;
}

/** How a source is read, and a text that tells this way from every other. */
async function readerOf(entry: ManifestEntry, source: string, renumber: boolean) {
  const formats = entry.files.map((file) => file.format);
  const recipe = (what: string) =>
    `version ${RECIPE_VERSION}, ${what}, at least ${MINIMUM_BEHAVIOURS}, split ${SPLIT_SEED}`;
  if (await isFolder(source)) {
    return {
      read: () => readComirecSplit(entry.name, source, { renumber }),
      recipe: recipe(renumber ? `${COMIREC_SPLIT}, renumbered` : COMIREC_SPLIT),
    };
  }
  const format = await formatOf(source, formats);
  return {
    read: async () => {
      const events = new EventLog();
      await format.read(source, events);
      return datasetFromEvents(entry.name, events, format.repeats, { source, format: format.name });
    },
    recipe: recipe(`${format.name}, repeats ${format.repeats}`),
  };
}

async function isFolder(path: string): Promise<boolean> {
  return await exists(path) && (await Deno.stat(path)).isDirectory;
}

/** In what a source is not what the manifest knows. */
function differences(
  entry: ManifestEntry,
  source: string,
  hash: string,
  dataset: Dataset,
): string[] {
  const file = knownFile(entry, source);
  const found: string[] = [];
  if (file?.sha256 !== undefined && file.sha256 !== hash && source.endsWith(".gz")) {
    found.push(`its sha256 is not the registered ${file.sha256.slice(0, 16)}…`);
  }
  const counts = countsText(countsOf(dataset));
  const known = countsText(entry.counts);
  if (file?.otherCounts !== true && counts !== known) {
    found.push(`it has ${counts}, not the known ${known}`);
  }
  return found;
}

/** The cache file written last, unless its source has changed since. */
async function newestCached(
  entry: ManifestEntry,
  where: Places,
  say: (message: string) => void,
): Promise<Dataset | undefined> {
  for (const path of await cacheFiles(entry.name, where.cache)) {
    const cached = await readCache(path);
    if (cached === undefined) {
      say(`The cache file ${path} is damaged or of another version; it is made anew.`);
      await Deno.remove(path).catch(() => {}); // another process may have, or may not be allowed
    } else if (cached.origin.recipe.startsWith(`version ${RECIPE_VERSION},`)) {
      return await changed(cached.origin) ? undefined : cached.dataset;
    }
  }
  return undefined;
}

/** Whether the source is still there and has another content now. */
async function changed({ source, stamp, sourceHash: hash }: Origin): Promise<boolean> {
  if (!await exists(source) || await sourceStamp(source) === stamp) return false;
  return await sourceHash(source) !== hash;
}

/** The cache files of a name, those of older versions (.bin) too, the newest first. */
async function cacheFiles(name: string, folder: string): Promise<string[]> {
  if (!await exists(folder)) return [];
  const found: { path: string; time: number }[] = [];
  for await (const file of Deno.readDir(folder)) {
    if (!new RegExp(`^${name}\\.[0-9a-f]{16}\\.(safetensors|bin)$`).test(file.name)) continue;
    const path = join(folder, file.name);
    found.push({ path, time: (await Deno.stat(path)).mtime?.getTime() ?? 0 });
  }
  return found.sort((a, b) => b.time - a.time || (a.path < b.path ? -1 : 1)).map((f) => f.path);
}
