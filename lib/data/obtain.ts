/** Getting a data set that can be downloaded. */
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { download, type DownloadOptions } from "./download.ts";
import type { Dataset } from "./interactions.ts";
import { data, type LoadOptions, NotRegistered, prepare } from "./load.ts";
import { type ManifestEntry, manifestEntry } from "./manifest.ts";
import { places } from "./sources.ts";
import { whereabouts } from "./whereabouts.ts";

/** How to get a data set. */
export interface ObtainOptions
  extends Pick<LoadOptions, "say" | "places">, Pick<DownloadOptions, "progress" | "patience"> {
  /** is told the address before a download */
  readonly begins?: (url: string) => void;
  /** in place of the manifest's entry of the name */
  readonly entry?: ManifestEntry;
}

/**
 * Loads a registered data set, as {@linkcode data} does. Downloads it first if it is not there, or
 * if what was downloaded earlier is not the registered data. A download counts only when the
 * numbers of users, items and behaviours in it are the manifest's.
 *
 * @throws BadInput as {@linkcode data} and {@linkcode download}
 */
export async function obtain(name: string, options: ObtainOptions = {}): Promise<Dataset> {
  const { say = console.warn, places: where = places(), begins = () => {} } = options;
  const entry = options.entry ?? await manifestEntry(name);
  const file = entry.files.find((file) => file.url !== undefined);
  const load = () => data(name, { say, places: where, entry });
  if (file === undefined) return await load();
  const { at } = await whereabouts(entry, where);
  if (at !== "not here") {
    try {
      return await load();
    } catch (error) {
      const { downloads } = where;
      const isDownload = error instanceof BadInput && error.where.startsWith(join(downloads, ""));
      if (!isDownload && !(error instanceof NotRegistered)) throw error;
      say(`${(error as BadInput).where}: ${(error as BadInput).what}; it is fetched again.`);
    }
  }
  const to = join(where.downloads, file.name);
  begins(file.url!);
  let dataset: Dataset | undefined;
  await download(file.url!, to, {
    ...options,
    ...(file.sha256 !== undefined && { sha256: file.sha256 }),
    check: async (part) => {
      ({ dataset } = await prepare(entry, part, where, { mustBeKnown: true, as: to, say }));
    },
  });
  return dataset ?? await load();
}
