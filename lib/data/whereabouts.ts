/** Where a data set would come from now, for people. */
import { cachesOf } from "./caches.ts";
import type { ManifestEntry } from "./manifest.ts";
import {
  findSource,
  knownFile,
  type Places,
  places,
  registeredHash,
  sourceHash,
} from "./sources.ts";
import { chosenSplit, type SplitChoice } from "./split/split.ts";

/** Where a data set would come from now. */
export interface Whereabouts {
  readonly at: "generated" | "cached" | "file found" | "changed" | "unreadable" | "not here";
  /** what it would be read from or was prepared from, where that is not the registered data */
  readonly foreign?: string;
  /** why its cache cannot be read just now */
  readonly why?: string;
  /** whether the cached data has times; absent if it has none, or is not read yet */
  readonly times?: true;
}

/** Where a data set would come from now, without reading a file that has not been read yet. */
export async function whereabouts(
  entry: ManifestEntry,
  where: Places = places(),
  choice: SplitChoice = chosenSplit(undefined, "the manifest", entry.split),
): Promise<Whereabouts> {
  if (entry.files.length === 0) return { at: "generated" };
  const { usable, unreadable: [hindrance] } = await cachesOf(entry, where, choice);
  const best = usable.find(({ changed }) => !changed);
  const times = best?.dataset.timesHash !== undefined && { times: true as const };
  if (best?.foreign.length === 0) return { at: "cached", ...times };
  const found = await findSource(entry, where, choice);
  const ofFound = usable.filter(({ origin }) => origin.source === found);
  if (found !== undefined && ofFound.every(({ changed }) => changed)) {
    const foreign = await isRegistered(entry, found) === false;
    if (best === undefined || !foreign) {
      return { at: "file found", ...(foreign && { foreign: found }) };
    }
  }
  if (best !== undefined) return { at: "cached", foreign: best.origin.source, ...times };
  if (usable[0] !== undefined) return { at: "changed", foreign: usable[0].origin.source };
  return hindrance ? { at: "unreadable", why: hindrance.message } : { at: "not here" };
}

/** By its sha256, where one is registered; undefined where none is. */
async function isRegistered(entry: ManifestEntry, source: string): Promise<boolean | undefined> {
  const registered = registeredHash(knownFile(entry, source), source);
  return registered === undefined ? undefined : await sourceHash(source) === registered;
}

/** "cached from other.txt, not the registered data, with times" */
export function whereaboutsText({ at, foreign, times, why }: Whereabouts): string {
  if (why !== undefined) return `not readable just now: ${why}`;
  if (at === "changed") return `changed since it was prepared: ${foreign}`;
  const has = times ? ", with times" : "";
  if (foreign === undefined) return at + has;
  const from = at === "cached" ? "cached from" : "file found:";
  return `${from} ${foreign}, not the registered data${has}`;
}
