/**
 * Checkpoints: one file with everything a training needs to go on bit-identically. A line of JSON
 * names the arrays, their bytes follow, a sha256 closes the file; writes are atomic.
 */
import { createHash } from "node:crypto";
import { BadInput } from "../base/bad_input.ts";
import { exists, resultsPath, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";

/** Named typed arrays and whatever else JSON can hold. */
export interface Checkpoint<T> {
  readonly meta: T;
  readonly arrays: Readonly<Record<string, Float32Array | Uint32Array>>;
}

const HASH_BYTES = 32;

/** Where checkpoints and trained parameters lie unless said otherwise. */
export function checkpointFolder(): string {
  return resultsPath("checkpoints");
}

/** The file of a training that is not finished. */
export function checkpointPath(key: string, folder: string = checkpointFolder()): string {
  return join(folder, `${key}.ckpt`);
}

/** The file of a finished run's parameters. */
export function modelPath(key: string, folder: string = checkpointFolder()): string {
  return join(folder, `${key}.model`);
}

/** Writes a checkpoint, whole or not at all. */
export async function writeCheckpoint<T>(path: string, checkpoint: Checkpoint<T>): Promise<void> {
  const arrays = Object.entries(checkpoint.arrays);
  const header = new TextEncoder().encode(
    JSON.stringify({
      meta: checkpoint.meta,
      arrays: arrays.map(([name, a]) => ({ name, type: typeName(a), length: a.length })),
    }) + "\n",
  );
  const size = arrays.reduce((sum, [, a]) => sum + a.byteLength, header.length + HASH_BYTES);
  const bytes = new Uint8Array(size);
  bytes.set(header);
  let at = header.length;
  for (const [, array] of arrays) {
    bytes.set(bytesOf(array), at);
    at += array.byteLength;
  }
  bytes.set(createHash("sha256").update(bytes.subarray(0, at)).digest(), at);
  await writeAtomically(path, bytes);
}

/**
 * Reads a checkpoint; null if there is none.
 *
 * @throws {BadInput} if the file is cut or changed
 */
export async function readCheckpoint<T>(path: string): Promise<Checkpoint<T> | null> {
  if (!await exists(path)) return null;
  const bytes = await Deno.readFile(path);
  const body = bytes.subarray(0, Math.max(0, bytes.length - HASH_BYTES));
  const hash = createHash("sha256").update(body).digest();
  if (!hash.equals(bytes.subarray(body.length))) {
    throw new BadInput(
      "this checkpoint is damaged",
      path,
      `${bytes.length} bytes`,
      "Delete it to start the training anew.",
    );
  }
  const end = body.indexOf("\n".charCodeAt(0));
  const header = JSON.parse(new TextDecoder().decode(body.subarray(0, end))) as {
    meta: T;
    arrays: { name: string; type: "f32" | "u32"; length: number }[];
  };
  let at = end + 1;
  const arrays = header.arrays.map(({ name, type, length }) => {
    const copy = body.slice(at, at += length * 4).buffer;
    return [name, type === "f32" ? new Float32Array(copy) : new Uint32Array(copy)] as const;
  });
  return { meta: header.meta, arrays: Object.fromEntries(arrays) };
}

function typeName(array: Float32Array | Uint32Array): "f32" | "u32" {
  return array instanceof Float32Array ? "f32" : "u32";
}

function bytesOf(array: Float32Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
