/** Getting a data set that can be downloaded. */
import { BadInput, Hindrance } from "../base/bad_input.ts";
import { environment } from "../base/environment.ts";
import { join } from "../base/paths.ts";
import { download, type DownloadOptions } from "./download.ts";
import type { Dataset } from "./interactions.ts";
import { data, type LoadOptions, NotRegistered, prepare } from "./load.ts";
import { isSafeAddress, type ManifestEntry, manifestEntry } from "./manifest.ts";
import { places } from "./sources.ts";
import { chosenSplit, SplitRefused } from "./split/split.ts";
import { whereabouts } from "./whereabouts.ts";

/** How to get a data set. */
export interface ObtainOptions
  extends
    Pick<LoadOptions, "say" | "places" | "split">,
    Pick<DownloadOptions, "progress" | "patience"> {
  /** is told the address before a download */
  readonly begins?: (url: string) => void;
  /** in place of the manifest's entry of the name */
  readonly entry?: ManifestEntry;
}

/**
 * Loads a registered data set, as {@linkcode data} does. Downloads it first if it is not there, or
 * if what was downloaded earlier is not the registered data. A download counts only when the
 * numbers of users, items and behaviours in it are the manifest's. The environment variable
 * REMI_MIRROR names another server that has the same paths.
 *
 * @throws BadInput as {@linkcode data} and {@linkcode download}
 */
export async function obtain(name: string, options: ObtainOptions = {}): Promise<Dataset> {
  const { say = console.warn, places: where = places() } = options;
  const entry = options.entry ?? await manifestEntry(name);
  const file = entry.files.find((file) => file.url ?? file.parts);
  const load = () => data(name, { say, places: where, entry, split: options.split });
  if (file === undefined) return await load();
  const choice = chosenSplit(options.split, `split of data set ${name}`, entry.split);
  const { at } = await whereabouts(entry, where, choice);
  if (at !== "not here") {
    try {
      return await load();
    } catch (error) {
      if (error instanceof Hindrance) throw error; // the file may be right
      const { downloads } = where;
      const isDownload = error instanceof BadInput && error.where.startsWith(join(downloads, ""));
      if (!isDownload && !(error instanceof NotRegistered)) throw error;
      say(`${(error as BadInput).where}: ${(error as BadInput).what}; it is fetched again.`);
    }
  }
  const to = join(where.downloads, file.name);
  if (file.parts) {
    for (const part of file.parts) {
      await fetched(part.url, join(to, part.name), { ...options, sha256: part.sha256 });
    }
    return (await prepare(entry, to, where, { mustBeKnown: true, choice, say })).dataset;
  }
  let dataset: Dataset | undefined;
  let refused: SplitRefused | undefined;
  await fetched(file.url!, to, {
    ...options,
    ...(file.sha256 !== undefined && { sha256: file.sha256 }),
    check: async (part) => {
      const how = { mustBeKnown: true, as: to, say };
      try {
        ({ dataset } = await prepare(entry, part, where, { ...how, choice }));
      } catch (error) {
        if (!(error instanceof SplitRefused)) throw error;
        refused = error;
        const usual = chosenSplit(undefined, "the manifest", entry.split);
        await prepare(entry, part, where, { ...how, choice: usual });
      }
    },
  });
  if (refused) throw refused; // the file is right, and stays
  return dataset ?? await load();
}

/** Downloads a file; an error says where to put it by hand. */
async function fetched(
  url: string,
  to: string,
  options: DownloadOptions & Pick<ObtainOptions, "begins">,
): Promise<void> {
  const address = mirrored(url);
  options.begins?.(address);
  try {
    await download(address, to, options);
  } catch (error) {
    if (!(error instanceof BadInput) || error instanceof Hindrance) throw error;
    const byHand = `By hand: save ${url} as ${to}, and run this again.`;
    throw new BadInput(error.what, error.where, error.value, `${error.remedy} ${byHand}`);
  }
}

/** The address on the server that is used instead, if one is. */
function mirrored(url: string): string {
  const mirror = environment("REMI_MIRROR");
  if (mirror === undefined) return url;
  if (!isSafeAddress(mirror)) {
    const remedy = "Name a server: https://…, or http://localhost:<port>.";
    throw new BadInput("no safe address", "environment variable REMI_MIRROR", mirror, remedy);
  }
  return mirror.replace(/\/+$/, "") + new URL(url).pathname;
}
