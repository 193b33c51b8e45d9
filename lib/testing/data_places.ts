/** Places of a test's own in which registered data sets are found and cached. */
import { join } from "../base/paths.ts";
import { Random } from "../base/random.ts";
import { data } from "../data/load.ts";
import type { Places } from "../data/sources.ts";

/** What a test has. */
export interface Bench {
  readonly folder: string;
  readonly places: Places;
  readonly said: string[];
  load(name: string, options?: { from?: string; split?: string }): ReturnType<typeof data>;
  cacheFiles(): string[];
}

/** Runs a test with places of its own. */
export async function withPlaces(run: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const [cache, downloads, files] = ["cache", "downloads", "files"].map((n) => join(folder, n));
  await Deno.mkdir(files!);
  const own = { cache: cache!, downloads: downloads!, folders: [join(folder, "none"), files!] };
  const said: string[] = [];
  try {
    await run({
      folder: files!,
      places: own,
      said,
      load: (name, options = {}) =>
        data(name, { ...options, places: own, say: (message) => said.push(message) }),
      cacheFiles: () =>
        [...Deno.readDirSync(own.cache)].map((file) => join(own.cache, file.name)).sort(),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Sequences that survive the filter. */
export function sequences(seed: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: 50 }, () => Array.from({ length: 8 }, () => random.below(20)));
}

/** The same as a file has them. */
export function sequenceText(seed: number): string {
  return sequences(seed).map((line) => line.join(" ")).join("\n");
}

/** How the file of books-maerec is called. */
export const FILE = "maerec_books.seq.txt";
