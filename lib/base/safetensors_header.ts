/** The header of a safetensors file: what it says of the arrays, and the texts about them. */
import { z } from "zod";
import { BadInput } from "./bad_input.ts";

/** The arrays that a file can hold, by what the header calls their type. */
export const arrayTypes = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  U8: Uint8Array,
} as const;

const place = z.strictObject({
  dtype: z.enum(["F64", "F32", "I32", "U32", "U8"]),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

/** Where an array lies, and what it is. */
export type Place = z.infer<typeof place>;

const header = z.object({
  __metadata__: z.record(z.string(), z.string()).and(z.object({ sha256: z.hash("sha256") })),
}).catchall(place);

/** What the hash is taken over in its own place. */
export const ZEROS = "0".repeat(64);

/** Where the hash begins. */
export const HASH_AT = 8 + '{"__metadata__":{"sha256":"'.length;

/** Names that are the layout's own, or that no object read from JSON has. */
const TAKEN = {
  arrays: ["__metadata__", "__proto__"],
  texts: ["sha256", "__proto__"],
} as const;

/** Bytes of a header at most, as other readers have it. */
export const LONGEST_HEADER = 100_000_000;

/**
 * Refuses names that could not be read again.
 *
 * @throws {BadInput} naming the first
 */
export function refuseTaken(path: string, named: object, kind: keyof typeof TAKEN): void {
  const name = TAKEN[kind].find((taken) => Object.hasOwn(named, taken));
  if (name === undefined) return;
  const what = `no name for one of its ${kind}: it could not be read again`;
  throw new BadInput(what, path, name, "Give it another name.");
}

/** The length and the header, ended so that the arrays after it are aligned. */
export function headerBytes(
  places: readonly (readonly [name: string, place: Place])[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const texts: [string, string][] = [["sha256", ZEROS], ...Object.entries(metadata)];
  const json = inOrder([["__metadata__", inOrder(texts.map(inJson))], ...places.map(inJson)]);
  const text = new TextEncoder().encode(json);
  const start = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(" ".charCodeAt(0));
  new DataView(start.buffer).setBigUint64(0, BigInt(start.length - 8), true);
  start.set(text, 8);
  return start;
}

/** JSON in this order: in an object, names that are whole numbers would come first. */
function inOrder(fields: readonly (readonly [name: string, json: string])[]): string {
  return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}

function inJson([name, value]: readonly [string, unknown]): [string, string] {
  return [name, JSON.stringify(value)];
}

/** The error of a file that cannot be read. */
export type Refuse = (what: string, value: unknown) => BadInput;

/**
 * What a header says.
 *
 * @returns the places in the order of the file, and where the last of them ends
 * @throws {BadInput} of `refuse`, if it is none or its places are not one after the other
 */
export function headerIn(bytes: Uint8Array, refuse: Refuse) {
  const parsed = header.safeParse(jsonOf(bytes));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw refuse(`its header cannot be read (${message})`, path.join(".") || "no JSON");
  }
  const { __metadata__: { sha256, ...metadata }, ...arrays } = parsed.data;
  const places = Object.entries(arrays as Record<string, Place>)
    .sort(([, { data_offsets: [a, aEnd] }], [, { data_offsets: [b, bEnd] }]) =>
      a === b ? aEnd - bEnd : a - b
    ); // one of no bytes begins where the next one does
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: [from, to] }] of places) {
    const bytes = sizeOf(shape) * arrayTypes[dtype].BYTES_PER_ELEMENT;
    if (from !== end || to - from !== bytes) {
      throw refuse(`the place of ${name} does not fit ${dtype} [${shape}]`, `${from} to ${to}`);
    }
    end = to;
  }
  return { places, end, metadata: metadata as Record<string, string>, sha256 };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Whether it can be a size. */
export function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

/** Values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
