/** What makes two data sets the same data set: the key under which runs are recorded. */
import { createHash } from "node:crypto";
import type { Dataset, Interactions } from "./interactions.ts";

/**
 * sha256 over itemCount and the three splits (user counts, lengths, items, and where targets begin
 * if the split settles it), as 64 hexadecimal digits. Name, labels and planted truth do not count:
 * they change no result.
 */
export function datasetHash(
  splits: Pick<Dataset, "itemCount" | "train" | "valid" | "test">,
): string {
  const hash = createHash("sha256");
  hash.update(littleEndian(Uint32Array.of(splits.itemCount)));
  const all: Interactions[] = [splits.train, splits.valid, splits.test];
  for (const { offsets, items, targetsFrom } of all) {
    hash.update(littleEndian(Uint32Array.of(offsets.length, items.length)));
    hash.update(littleEndian(offsets));
    hash.update(littleEndian(items));
    if (targetsFrom) hash.update("targets from").update(littleEndian(targetsFrom));
  }
  return hash.digest("hex");
}

/** What more of a data set some models read, as a hash each, and what it was made from. */
export function besides(
  splits: Pick<Dataset, "train" | "valid" | "test" | "profiles">,
): Pick<Dataset, "timesHash" | "profiles" | "profilesHash"> {
  const { profiles } = splits;
  const all: Interactions[] = [splits.train, splits.valid, splits.test];
  const timesHash = hashOf(all.map(({ times }) => times));
  const profilesHash = profiles && hashOf(all.map(({ profile }) => profile), profiles);
  return {
    ...(timesHash && { timesHash }),
    ...(profiles && profilesHash && { profiles, profilesHash }),
  };
}

/** sha256 of the arrays of all splits and of what they mean; none if a split has none. */
function hashOf(
  arrays: readonly (Float64Array | Int32Array | undefined)[],
  meaning: unknown = null,
): string | undefined {
  const hash = createHash("sha256").update(JSON.stringify(meaning));
  for (const array of arrays) {
    if (!array) return undefined;
    hash.update(littleEndian(Uint32Array.of(array.length))).update(littleEndian(array));
  }
  return hash.digest("hex");
}

/** The bytes of an array; every platform that the runtime supports is little-endian. */
function littleEndian(array: Uint32Array | Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
