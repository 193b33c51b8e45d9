/**
 * Named arrays in one file, in the safetensors layout that other libraries read: 8 bytes
 * little-endian length of the header; the header as JSON with type, shape and place of every array
 * and texts in `__metadata__`; then the arrays, little-endian, one after the other.
 *
 * `sha256` among the texts covers the whole file, itself read as zeros. It comes first, so that it
 * can be filled in after the arrays went by.
 */
import { createHash, type Hash } from "node:crypto";
import { BadInput } from "./bad_input.ts";
import { reading, systemRefusal } from "./disk.ts";
import { writeAll, writeAtomically } from "./files.ts";
import {
  arrayTypes,
  HASH_AT,
  headerBytes,
  headerIn,
  isCount,
  LONGEST_HEADER,
  type Place,
  type Refuse,
  refuseTaken,
  sizeOf,
  ZEROS,
} from "./safetensors_header.ts";
import { stretches, type TensorValues, type Values } from "./values.ts";

/** Values with their shape, row-major. */
export interface Tensor<T extends Values = TensorValues> {
  readonly values: T;
  readonly shape: readonly number[];
}

/** What a file holds. */
export interface Tensors<T extends Values = TensorValues> {
  readonly tensors: Readonly<Record<string, Tensor<T>>>;
  /** texts about them */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes that are copied at a time: all the memory that writing needs. */
const PIECE = 1 << 22;

/** A tensor of one dimension. */
export function vector<T extends Values>(values: T): Tensor<T> {
  return { values, shape: [values.length] };
}

/**
 * Writes a file, whole or not at all, from where the arrays lie.
 *
 * @param written told which share of the arrays is written, now and then
 * @throws {BadInput} if the disk is full or the folder may not be written; for a name that could
 *   not be read again
 * @throws {RangeError} if a shape is not that of its values
 */
export async function writeTensors(
  path: string,
  { tensors, metadata }: Tensors<Values>,
  written: (share: number) => void = () => {},
): Promise<void> {
  refuseTaken(path, tensors, "arrays");
  refuseTaken(path, metadata, "texts");
  const width = ({ values }: Tensor<Values>) => values.subarray(0, 0).BYTES_PER_ELEMENT;
  // aligned to their elements
  const ordered = Object.entries(tensors).sort(([, a], [, b]) => width(b) - width(a));
  const places: [string, Place][] = [];
  let end = 0;
  for (const [name, tensor] of ordered) {
    const { values, shape } = tensor;
    if (!shape.every(isCount) || values.length !== sizeOf(shape)) {
      throw new RangeError(`${name} is not [${shape}]`);
    }
    const data_offsets: [number, number] = [end, end += values.length * width(tensor)];
    places.push([name, { dtype: typeOf(values), shape: [...shape], data_offsets }]);
  }
  const start = headerBytes(places, metadata);
  await writeAtomically(path, async (file) => {
    const hash = createHash("sha256").update(start);
    await writeAll(file, start);
    const buffer = new Uint8Array(PIECE); // shared memory cannot be written as it is
    let done = 0;
    for (const [, { values }] of ordered) {
      for (const [, stretch] of stretches(values)) {
        for (const piece of piecesOf(stretch)) {
          buffer.set(piece);
          const copy = buffer.subarray(0, piece.length);
          hash.update(copy);
          await writeAll(file, copy);
          written((done += piece.length) / end);
        }
      }
    }
    await file.seek(HASH_AT, Deno.SeekMode.Start);
    await writeAll(file, new TextEncoder().encode(hash.digest("hex")));
  });
}

/**
 * Reads a file and checks all of it.
 *
 * @param remedy what to do if it cannot be read
 * @throws {BadInput} if it is none, is cut, has bytes too many, or was changed; if the system does
 *   not let it be read
 */
export function readTensors(path: string, remedy: string): Promise<Tensors> {
  return reading(path, () => checkedTensors(path, remedy));
}

async function checkedTensors(path: string, remedy: string): Promise<Tensors> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const refuse = (what: string, value: unknown) => new BadInput(what, path, value, remedy);
  const { start, places, metadata, sha256 } = await readHeader(file, size, refuse);
  const hash = createHash("sha256").update(start.fill(0x30, HASH_AT, HASH_AT + ZEROS.length));
  const tensors: [string, Tensor][] = [];
  for (const [name, { dtype, shape }] of places) {
    const values = new arrayTypes[dtype](sizeOf(shape));
    await readInto(file, values, hash, () => refuse("the file is cut", `${size} bytes`));
    tensors.push([name, { values, shape }]);
  }
  if (hash.digest("hex") !== sha256) {
    throw refuse("the file was changed or damaged: its sha256 is another", sha256);
  }
  return { tensors: Object.fromEntries(tensors), metadata };
}

/**
 * Checks all of a file, and reads its arrays only when and as far as they are asked for: for those
 * that are too large to be held beside what they are read into.
 *
 * The file may not change meanwhile.
 *
 * @param remedy what to do if it cannot be read
 * @throws {BadInput} as {@linkcode readTensors}
 */
export function openTensors(path: string, remedy: string): Promise<Tensors<Values>> {
  return reading(path, () => tensorsInPlace(path, remedy));
}

async function tensorsInPlace(path: string, remedy: string): Promise<Tensors<Values>> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const refuse = (what: string, value: unknown) => new BadInput(what, path, value, remedy);
  const { start, places, metadata, sha256 } = await readHeader(file, size, refuse);
  const hash = createHash("sha256").update(start.fill(0x30, HASH_AT, HASH_AT + ZEROS.length));
  const buffer = new Uint8Array(PIECE);
  for (let at = start.length; at < size; at += buffer.length) {
    const piece = buffer.subarray(0, Math.min(buffer.length, size - at));
    await readInto(file, piece, hash, () => refuse("the file is cut", `${size} bytes`));
  }
  if (hash.digest("hex") !== sha256) {
    throw refuse("the file was changed or damaged: its sha256 is another", sha256);
  }
  const tensors = places.map(([name, { dtype, shape, data_offsets: [from] }]) => {
    const values = new ValuesOfFile(path, start.length + from, dtype, sizeOf(shape));
    return [name, { values, shape }] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}

/** Values that stay in a file. */
class ValuesOfFile implements Values {
  constructor(
    readonly path: string,
    readonly at: number,
    readonly dtype: Place["dtype"],
    readonly length: number,
  ) {}

  subarray(from: number, to: number): TensorValues {
    try {
      return this.#read(from, to);
    } catch (error) {
      throw systemRefusal(error, this.path, "read") ?? error;
    }
  }

  #read(from: number, to: number): TensorValues {
    const values = new arrayTypes[this.dtype](to - from);
    const bytes = new Uint8Array(values.buffer);
    using file = Deno.openSync(this.path);
    file.seekSync(this.at + from * values.BYTES_PER_ELEMENT, Deno.SeekMode.Start);
    for (let done = 0; done < bytes.length;) {
      const read = file.readSync(bytes.subarray(done));
      if (read === null) {
        throw new BadInput("cut while it was read", this.path, undefined, "Retry.");
      }
      done += read;
    }
    return values;
  }
}

/** The header, with the bytes up to its end. */
async function readHeader(file: Deno.FsFile, size: number, refuse: Refuse) {
  const cut = () => refuse("the file is cut", `${size} bytes`);
  if (size < 8) throw cut();
  const head = new Uint8Array(8);
  await readInto(file, head, null, cut);
  const length = Number(new DataView(head.buffer).getBigUint64(0, true));
  if (length > LONGEST_HEADER) {
    throw refuse(
      "not a safetensors file, or one of an older version",
      new TextDecoder().decode(head),
    );
  }
  if (8 + length > size) throw cut();
  const start = new Uint8Array(8 + length);
  start.set(head);
  await readInto(file, start.subarray(8), null, cut);
  const { places, end, metadata, sha256 } = headerIn(start.subarray(8), refuse);
  if (start.length + end > size) throw cut();
  if (start.length + end < size) {
    throw refuse("bytes after its last array", `${size - start.length - end} bytes`);
  }
  return { start, places, metadata, sha256 };
}

/** Fills an array from where the file stands, hashing what goes by. */
async function readInto(
  file: Deno.FsFile,
  values: TensorValues,
  hash: Hash | null,
  cut: () => BadInput,
): Promise<void> {
  for (const piece of piecesOf(values)) {
    for (let at = 0; at < piece.length;) {
      const read = await file.read(piece.subarray(at));
      if (read === null) throw cut();
      at += read;
    }
    hash?.update(piece);
  }
}

/** The bytes of an array, some at a time: views, not copies. */
function* piecesOf({ buffer, byteOffset, byteLength }: TensorValues): Generator<Uint8Array> {
  for (let at = 0; at < byteLength; at += PIECE) {
    yield new Uint8Array(buffer, byteOffset + at, Math.min(PIECE, byteLength - at));
  }
}

function typeOf(values: Values): Place["dtype"] {
  const none = values.subarray(0, 0);
  const [name] = Object.entries(arrayTypes).find(([, type]) => none instanceof type)!;
  return name as Place["dtype"];
}
