/**
 * Prepared data sets as compact binary files: what took seconds to parse is there in milliseconds.
 * Layout: 8 bytes "REMIDATA"; 32 bytes sha256 of all that follows; 4 bytes length of the header;
 * the header as JSON, padded to a multiple of 4; then offsets and items of train, valid and test
 * as little-endian 32-bit integers; then the labels as JSON.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { writeAtomically } from "../base/files.ts";
import { joined } from "./bytes.ts";
import { writing } from "./disk.ts";
import { SPLITS } from "./filter_and_split.ts";
import type { Dataset, Interactions } from "./interactions.ts";

const MAGIC = "REMIDATA";
const HEADER_AT = MAGIC.length + 32 + 4;

const Header = z.object({
  name: z.string(),
  itemCount: z.int().positive(),
  hash: z.string(),
  report: z.object({
    source: z.string(),
    format: z.string(),
    drops: z.array(z.object({ count: z.number(), what: z.string(), why: z.string() })),
    notes: z.array(z.string()),
  }),
  /** lengths of offsets and items, by split */
  lengths: z.array(z.tuple([z.int(), z.int()])).length(SPLITS.length),
  labelled: z.boolean(),
  origin: z.object({
    recipe: z.string(),
    source: z.string(),
    sourceHash: z.string(),
    stamp: z.string(),
  }),
});

/** What a cache file was made from, and how. */
export type Origin = z.infer<typeof Header>["origin"];

/**
 * Writes a data set, atomically.
 *
 * @throws BadInput if the disk is full or the folder may not be written
 */
export async function writeCache(path: string, dataset: Dataset, origin: Origin): Promise<void> {
  const { name, itemCount, hash, report, labels } = dataset;
  const arrays = SPLITS.flatMap((split) => [dataset[split].offsets, dataset[split].items]);
  const lengths = SPLITS.map((split) => [
    dataset[split].offsets.length,
    dataset[split].items.length,
  ]);
  const labelled = labels !== undefined;
  const json = JSON.stringify({ name, itemCount, hash, report, lengths, labelled, origin });
  const encoder = new TextEncoder();
  let header = encoder.encode(json);
  header = encoder.encode(json + " ".repeat((4 - header.length % 4) % 4));
  const parts = [
    new Uint8Array(Uint32Array.of(header.length).buffer),
    header,
    ...arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
    encoder.encode(labelled ? JSON.stringify(labels) : ""),
  ];
  const digest = createHash("sha256");
  parts.forEach((part) => digest.update(part));
  const bytes = joined([encoder.encode(MAGIC), digest.digest(), ...parts]);
  await writing(path, () => writeAtomically(path, bytes));
}

/**
 * Reads a data set; its arrays are views of the file's bytes.
 *
 * @returns undefined if the file is damaged or of another version
 */
export async function readCache(
  path: string,
): Promise<{ dataset: Dataset; origin: Origin } | undefined> {
  const bytes = await Deno.readFile(path);
  const decoder = new TextDecoder();
  if (bytes.length < HEADER_AT || decoder.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    return undefined;
  }
  const body = bytes.subarray(HEADER_AT - 4);
  const digest = createHash("sha256").update(body).digest();
  if (digest.compare(bytes.subarray(MAGIC.length, HEADER_AT - 4)) !== 0) return undefined;
  const headerLength = new DataView(bytes.buffer).getUint32(HEADER_AT - 4, true);
  const arraysAt = HEADER_AT + headerLength;
  const json: unknown = JSON.parse(decoder.decode(bytes.subarray(HEADER_AT, arraysAt)));
  const header = Header.safeParse(json);
  if (!header.success) return undefined;
  const { name, itemCount, hash, report, lengths, labelled, origin } = header.data;
  let at = arraysAt;
  const array = (length: number) => {
    const view = new Uint32Array(bytes.buffer, at, length);
    at += view.byteLength;
    return view;
  };
  const [train, valid, test] = lengths.map(([offsets, items]) => ({
    offsets: array(offsets),
    items: array(items),
  })) as [Interactions, Interactions, Interactions];
  const labels = labelled
    ? JSON.parse(decoder.decode(bytes.subarray(at))) as readonly string[]
    : undefined;
  const dataset = { name, itemCount, train, valid, test, hash, report };
  return { dataset: labels === undefined ? dataset : { ...dataset, labels }, origin };
}
