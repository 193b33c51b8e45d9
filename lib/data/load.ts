/** data("name"): a registered data set, wherever it can be had on this machine. */
import { BadInput, Hindrance } from "../base/bad_input.ts";
import { exists, sha256 } from "../base/files.ts";
import { dirname, join } from "../base/paths.ts";
import { writeCache } from "./cache.ts";
import { cachesOf, differences, FOLDER_RECIPE, recipeOf } from "./caches.ts";
import { EventLog, type Repeats } from "./events.ts";
import { datasetFromEvents } from "./from_events.ts";
import type { Dataset } from "./interactions.ts";
import { type ManifestEntry, manifestEntry } from "./manifest.ts";
import { readComirecSplit } from "./parse/comirec_split.ts";
import { formatOf } from "./parse/formats.ts";
import { readTrainAndTest, TRAIN_AND_TEST, trainAndTest } from "./parse/train_and_test.ts";
import { findSource, type Places, places, sourceHash, sourceStamp } from "./sources.ts";
import { chosenSplit, type SplitChoice } from "./split/split.ts";
import { synthetic } from "./synthetic.ts";

/** How to load. */
export interface LoadOptions {
  /** read this file or folder, whatever is cached or found */
  readonly from?: string;
  /** how to split, as {@linkcode splitOf} reads it; default: as the data set is registered */
  readonly split?: string | undefined;
  /** of a folder given by `from`: number its items anew, because its own numbers have large gaps */
  readonly renumber?: boolean;
  /** is told what a user should know at once (a damaged cache); default: console.warn */
  readonly say?: (message: string) => void;
  /** default: the project's own */
  readonly places?: Places;
  /** in place of the manifest's entry of the name */
  readonly entry?: ManifestEntry;
}

/** A registered data set of which nothing is at hand. */
export class NotAtHand extends BadInput {
  override name = "NotAtHand";
}

/** A source that is not the registered data, where only that will do. */
export class NotRegistered extends BadInput {
  override name = "NotRegistered";
}

/**
 * Loads a registered data set: "synthetic" is generated, the others come from the cache, or from a
 * file found in data/downloads, a folder of REMI_DATA or ../shared/data. The registered data comes
 * before any other that has its name; of others, what was given by `from` last. `report` of the
 * result says where it came from and what was left out.
 *
 *     const clicks = await data("retailrocket-comirec");
 *     const last = await data("retailrocket-maerec", { split: "leave-last-out" });
 *
 * @throws BadInput if there is no such data set, none of its files is at hand (the message says
 *   how to get it), its file cannot be read, a folder is split otherwise than the data set is
 *   registered, a file in data/downloads is not the registered data, or what it was prepared from
 *   has changed since
 */
export async function data(name: string, options: LoadOptions = {}): Promise<Dataset> {
  const entry = options.entry ?? await manifestEntry(name);
  const choice = chosenSplit(options.split, `split of data set ${name}`, entry.split);
  const { from, renumber = false, say = console.warn, places: where = places() } = options;
  if (entry.files.length === 0 && from !== undefined) {
    throw new BadInput("it is generated, not read", `data set ${name}`, from, "Leave out from.");
  }
  if (renumber && from === undefined) throw withoutGaps(name, from);
  if (entry.files.length === 0) return synthetic({ split: choice.split });
  if (from === undefined) return await atHand(entry, where, choice, say);
  if (!await exists(from)) {
    throw new BadInput("no such file or folder", `data set ${name}`, from, "Check the path.");
  }
  return (await prepare(entry, from, where, { renumber, given: true, choice, say })).dataset;
}

/** What is cached or found, the registered data before any other. */
async function atHand(
  entry: ManifestEntry,
  where: Places,
  choice: SplitChoice,
  say: (message: string) => void,
): Promise<Dataset> {
  const { usable, outdated, damaged, unreadable } = await cachesOf(entry, where, choice);
  const best = usable.find(({ changed }) => !changed);
  if (best !== undefined) await forget(outdated);
  if (best?.foreign.length === 0) return best.dataset;
  for (const { message } of unreadable) say(`Of the cache: ${message}`);
  const found = await findSource(entry, where, choice);
  const ofFound = usable.filter(({ origin }) => origin.source === found);
  if (found !== undefined && ofFound.every(({ changed }) => changed)) {
    if (ofFound.length > 0) say(`${found} has changed since it was prepared; it is read anew.`);
    const mustBeKnown = best === undefined && dirname(found) === where.downloads;
    const read = await prepare(entry, found, where, { mustBeKnown, choice, say });
    // another damaged one may be of another split: it is made anew when that is read
    const anew = damaged.filter((path) => path === read.path);
    if (best === undefined && read.path !== undefined) {
      anew.push(...outdated);
      await forget(outdated.filter((path) => path !== read.path));
    }
    for (const path of anew) {
      say(`The cache file ${path} is damaged or of another version; it is made anew.`);
    }
    if (best === undefined || read.foreign.length === 0) return read.dataset;
  }
  if (best !== undefined) return best.dataset;
  const changed = usable[0];
  if (changed === undefined) {
    for (const path of [...outdated, ...damaged]) {
      say(`The cache file ${path} is damaged or of another version, and nothing is there to read.`);
    }
    throw unreadable[0] ?? notAtHand(entry);
  }
  throw new BadInput(
    "changed since it was prepared",
    `data set ${entry.name}, ${changed.origin.source}`,
    undefined,
    `Restore it, or read it as it is now: deno task data ${entry.name} --from <file>.`,
  );
}

/** Removes caches that nothing can read, once another is there in their place. */
async function forget(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await Deno.remove(path).catch(() => {}); // another process may have, or may not be allowed
  }
}

/** What to do to have a data set. */
function notAtHand({ name, howToGet, files }: ManifestEntry): NotAtHand {
  const names = files.map((file) => file.name).join(" or ");
  const download = files.some((file) => file.url ?? file.parts)
    ? `Run "deno task data ${name}", which downloads it. Or: `
    : "";
  return new NotAtHand(
    "not at hand",
    `data set ${name}`,
    names,
    `${download}${howToGet} Then put it into a folder that REMI_DATA names, ` +
      `or run "deno task data ${name} --from <file>".`,
  );
}

/** How a source is prepared. */
export interface PrepareOptions {
  /** refuse what is not the registered data; otherwise it is noted */
  readonly mustBeKnown?: boolean;
  readonly renumber?: boolean;
  /** whether a person named this source */
  readonly given?: boolean;
  /** the path that the source will have, if it is not there yet */
  readonly as?: string;
  readonly choice: SplitChoice;
  readonly say: (message: string) => void;
}

/** A source that was read. */
export interface Prepared {
  readonly dataset: Dataset;
  /** in what it is not what the manifest knows */
  readonly foreign: readonly string[];
  /** its cache; undefined if it could not be written */
  readonly path?: string;
}

/**
 * Reads a source, checks it against the manifest, caches the result.
 *
 * @throws {NotRegistered} if it must be the registered data and is not
 */
export async function prepare(
  entry: ManifestEntry,
  source: string,
  where: Places,
  { mustBeKnown = false, renumber = false, given = false, as = source, choice, say }:
    PrepareOptions,
): Promise<Prepared> {
  const [hash, stamp] = [await sourceHash(source), await sourceStamp(source)];
  const { read, recipe } = await readerOf(entry, source, as, renumber, choice);
  const { userIds: _, ...dataset } = await read(); // millions of texts, which caches do not hold
  const foreign = differences(entry, as, hash, dataset);
  if (mustBeKnown && foreign.length > 0) {
    const remedy = "Delete it and get it again, or use it all the same by giving it with --from.";
    throw new NotRegistered(`not the registered data: ${foreign.join("; ")}`, as, hash, remedy);
  }
  if (await sourceStamp(source) !== stamp) {
    throw new Hindrance("changed while it was read", as, undefined, "Run it again.");
  }
  const key = sha256(`${hash} ${recipe}`).slice(0, 16);
  const notes = [...dataset.report!.notes, ...foreign];
  const checked: Dataset = { ...dataset, report: { ...dataset.report!, source: as, notes } };
  const path = join(where.cache, `${entry.name}.${key}.safetensors`);
  try {
    await writeCache(path, checked, { recipe, source: as, sourceHash: hash, stamp, given });
  } catch (error) { // whatever it is, the data itself is there
    say(`Not cached, it will be read again next time. ${(error as Error).message}`);
    return { dataset: checked, foreign };
  }
  return { dataset: checked, foreign, path };
}

/** How a source is read, and a text that tells this way from every other. */
async function readerOf(
  entry: ManifestEntry,
  source: string,
  as: string,
  renumber: boolean,
  choice: SplitChoice,
) {
  const formats = entry.files.map((file) => file.format);
  const isJoined = formats.includes(TRAIN_AND_TEST) && await trainAndTest(source) !== undefined;
  const isSplit = !isJoined && await isFolder(source);
  if (renumber && !isSplit) throw withoutGaps(entry.name, source);
  const split = (events: EventLog, format: string, repeats: Repeats) =>
    datasetFromEvents(entry.name, events, repeats, { source: as, format }, choice);
  if (isJoined) {
    return {
      read: async () => split(await readTrainAndTest(source), TRAIN_AND_TEST, "keep"),
      recipe: recipeOf(TRAIN_AND_TEST, choice),
    };
  }
  if (isSplit) {
    if (choice.split !== undefined) {
      const remedy = "Leave out the split, or give the behaviours themselves.";
      throw new BadInput("it is split already", source, choice.split, remedy);
    }
    return {
      read: () => registeredSplit(entry, source, renumber),
      recipe: recipeOf(renumber ? `${FOLDER_RECIPE}, renumbered` : FOLDER_RECIPE, choice),
    };
  }
  const format = await formatOf(source, formats, as);
  return {
    read: async () => {
      const events = new EventLog();
      await format.read(source, events);
      return split(events, format.name, format.repeats);
    },
    recipe: recipeOf(`${format.name}, repeats ${format.repeats}`, choice),
  };
}

function withoutGaps(name: string, from: string | undefined): BadInput {
  const remedy =
    "Give a folder in ComiRec's text format by from; other files are always renumbered.";
  return new BadInput("nothing that could be renumbered", `data set ${name}`, from, remedy);
}

/** A folder that is split already, if that is as the data set is registered. */
async function registeredSplit(
  { name, split: usual }: ManifestEntry,
  folder: string,
  renumber: boolean,
): Promise<Dataset> {
  const dataset = await readComirecSplit(name, folder, { renumber, usual });
  const { split } = dataset;
  if (split === undefined) return dataset;
  const remedy = `Ask for this split of ${name} by --split ${split} (split: "${split}"), without ` +
    "the folder; or read the folder as data of your own: deno task data --from <folder>.";
  throw new BadInput(`not split as ${name} usually is`, folder, split, remedy);
}

async function isFolder(path: string): Promise<boolean> {
  return await exists(path) && (await Deno.stat(path)).isDirectory;
}
