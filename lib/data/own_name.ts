/** Names of a reader's own data sets: under them their runs are recorded. */
import { BadInput } from "../base/bad_input.ts";
import { basename } from "../base/paths.ts";
import { manifest } from "./manifest.ts";

/** Bytes of a name: file systems take 255, and the file of a run's snapshots adds its key. */
const MOST_BYTES = 200;

/**
 * The name of an own data set, checked: it becomes part of file names, and never is that of a
 * registered data set, whose runs are published.
 *
 * @param where it comes from, for the error
 * @throws BadInput if it is the name of a registered data set, whatever its case, not made of
 *   letters, digits and - _ . or of a file that some system cannot have
 */
export async function ownName(name: string, where: string): Promise<string> {
  const remedy = 'Give it a name of its own, as in name: "my-shop" or --name my-shop.';
  if (!/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,63}$/u.test(name)) {
    throw new BadInput("no name: letters, digits and - _ . are, 64 at most", where, name, remedy);
  }
  if (/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)) {
    throw new BadInput("the name of a device on Windows, not of a file", where, name, remedy);
  }
  if (new TextEncoder().encode(name).length > MOST_BYTES) {
    throw new BadInput(`more than ${MOST_BYTES} bytes, too long for a file`, where, name, remedy);
  }
  const names = (await manifest()).map((entry) => entry.name);
  if (names.includes(name.toLowerCase())) {
    throw new BadInput("the name of a registered data set", where, name, remedy);
  }
  return name;
}

/** The name that a file gives to what is read from it: "my clicks.csv.gz" is my-clicks. */
export function nameOfFile(path: string): string {
  const stem = basename(path).replace(/\.gz$/i, "").replace(/(.)\.[^.]+$/, "$1");
  return stem.replace(/[^\p{L}\p{N}\p{M}._-]+/gu, "-").replace(/^[-._]+|-+$/g, "").slice(0, 64);
}
