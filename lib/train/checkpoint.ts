/**
 * Checkpoints: one file with everything a training needs to go on bit-identically, and the files of
 * trained models beside them.
 */
import { BadInput } from "../base/bad_input.ts";
import { exists, resultsPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import type { Values } from "../base/values.ts";
import { openTensors, vector, writeTensors } from "../base/safetensors.ts";

/** Named arrays, from where they lie, and whatever else JSON can hold. */
export interface Checkpoint<T> {
  readonly meta: T;
  readonly arrays: Readonly<Record<string, Values<Float32Array | Uint32Array>>>;
}

/** Where checkpoints and trained parameters lie unless said otherwise. */
export function checkpointFolder(): string {
  return resultsPath("checkpoints");
}

/** The file of a training that is not finished. */
export function checkpointPath(key: string, folder: string = checkpointFolder()): string {
  return join(folder, `${key}.ckpt`);
}

/** The file whose lock says who trains a run: one process at a time. */
export function trainingLock(key: string, folder: string = checkpointFolder()): string {
  return join(folder, `${key}.lock`);
}

/** The file of a finished run's parameters. */
export function modelPath(key: string, folder: string = checkpointFolder()): string {
  return join(folder, `${key}.safetensors`);
}

/**
 * Writes a checkpoint, whole or not at all.
 *
 * @param written told which share is written, now and then
 * @throws {BadInput} if the disk is full or the folder may not be written
 */
export async function writeCheckpoint<T>(
  path: string,
  { meta, arrays }: Checkpoint<T>,
  written?: (share: number) => void,
): Promise<void> {
  const tensors = Object.entries(arrays).map(([name, values]) => [name, vector(values)] as const);
  const metadata = { meta: JSON.stringify(meta) };
  await writeTensors(path, { tensors: Object.fromEntries(tensors), metadata }, written);
}

/**
 * Checks a checkpoint, whose arrays are read as they are asked for; null if there is none.
 *
 * @param check of what its header holds: why that cannot be, if it cannot
 * @throws {BadInput} if the file is cut or changed, or of an older version
 */
export async function readCheckpoint<T>(
  path: string,
  check: (meta: unknown) => string | null = () => null,
): Promise<Checkpoint<T> | null> {
  if (!await exists(path)) return null;
  const remedy = "Delete it to start the training anew.";
  const { tensors, metadata } = await openTensors(path, remedy);
  if (metadata.meta === undefined) {
    throw new BadInput("not a checkpoint", path, Object.keys(metadata).join(", "), remedy);
  }
  const meta = JSON.parse(metadata.meta);
  const why = check(meta);
  if (why !== null) throw new BadInput(`not a checkpoint (${why})`, path, undefined, remedy);
  const arrays = Object.entries(tensors).map(([name, { values }]) => [name, values] as const);
  return { meta, arrays: Object.fromEntries(arrays) as Checkpoint<T>["arrays"] };
}
