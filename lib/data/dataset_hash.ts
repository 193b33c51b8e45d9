/** What makes two data sets the same data set: the key under which runs are recorded. */
import { createHash } from "node:crypto";
import type { Dataset, Interactions } from "./interactions.ts";

/**
 * sha256 over itemCount and the three splits (user counts, lengths, items), as 64 hexadecimal
 * digits. Name, labels and planted truth do not count: they change no result.
 */
export function datasetHash(
  splits: Pick<Dataset, "itemCount" | "train" | "valid" | "test">,
): string {
  const hash = createHash("sha256");
  hash.update(littleEndian(Uint32Array.of(splits.itemCount)));
  for (const { offsets, items } of [splits.train, splits.valid, splits.test] as Interactions[]) {
    hash.update(littleEndian(Uint32Array.of(offsets.length, items.length)));
    hash.update(littleEndian(offsets));
    hash.update(littleEndian(items));
  }
  return hash.digest("hex");
}

/** The bytes of an array; every platform that the runtime supports is little-endian. */
function littleEndian(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
