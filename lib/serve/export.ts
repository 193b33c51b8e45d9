/** A trained model's vectors as files that other systems read. */
import { z } from "zod";
import { sha256, writeTogether } from "../base/files.ts";
import { requireOwnFiles } from "../base/foreign_files.ts";
import { requireMemory } from "../base/memory.ts";
import { join } from "../base/paths.ts";
import { itemLabel } from "../data/interactions.ts";
import { methodInWords } from "../results/method.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { encodeNpy } from "./npy.ts";
import { encodeTable } from "./parquet.ts";
import { userVectors } from "./user_vectors.ts";

/** What manifest.json says of an export. */
export const exportManifest = z.object({
  /** of these files */
  version: z.literal(1),
  /** key of the run */
  run: z.string(),
  /** "REMI (beta 1, lambda 100)" */
  method: z.string(),
  data: z.object({ name: z.string(), hash: z.string() }),
  /** sizes: of a vector, interests of a user, items of a history that the model sees */
  d: z.int().positive(),
  K: z.int().positive(),
  L: z.int().positive(),
  items: z.int().positive(),
  users: z.int().nonnegative(),
  /** how an item is scored and a user's lists are merged */
  score: z.literal("inner product"),
  merge: z.literal("maximum over the user's interests"),
  /** sha256 of each other file */
  files: z.record(z.string(), z.hash("sha256")),
});

/** What manifest.json says of an export. */
export type ExportManifest = z.infer<typeof exportManifest>;

const MANIFEST = "manifest.json";

/** The files of an export besides the manifest. */
const FILES = [
  "items.parquet",
  "users.parquet",
  "seen.parquet",
  "items.npy",
  "users.npy",
] as const;

/** How to export. */
export interface ExportOptions {
  /** told how many of how many users are done */
  readonly progress?: (done: number, of: number) => void;
}

/**
 * Writes a model's vectors into a folder: `items.parquet` (id, label, vector), `users.parquet`
 * (user, interest, vector; interests from 1), `seen.parquet` (user, id: what each user had, oldest
 * first), `items.npy` [items, d] and `users.npy` [U, K, d] in the rows' order, and `manifest.json`.
 * Ids are item numbers from 1 by falling popularity. All are written before the first takes its
 * place, which is the manifest, with the others' hashes: what is missing of an export that was
 * interrupted is told, files of two are never taken for one, and the next export may replace them.
 * Equal models give equal bytes.
 *
 * @returns the paths, the manifest's last
 * @throws {BadInput} if the folder cannot be written, has such a file that is no export's, the disk
 *   is full, or memory is too small
 */
export async function exportVectors(
  model: TrainedModel,
  folder: string,
  { progress }: ExportOptions = {},
): Promise<string[]> {
  const { dataset, config, run, parameters: { table } } = model;
  const { K, L, d } = config;
  const listed = (value: unknown) => exportManifest.safeParse(value).data?.files;
  await requireOwnFiles(folder, FILES, MANIFEST, listed);
  requireMemory(`export of ${dataset.name}`, [
    { what: "vectors of the users", bytes: 16 * usersIn(model) * K * d, lower: ["K", "d"] },
    { what: "vectors of the items", bytes: 16 * dataset.itemCount * d, lower: ["d"] },
  ]);
  const ids = Int32Array.from({ length: dataset.itemCount }, (_, i) => i + 1);
  const { users, seen, interests } = await userVectors(model, progress);
  const vector = (row: number) => interests.subarray(row * d, (row + 1) * d);
  const rows = Array.from({ length: users.length * K }, (_, row) => row); // [U, K]
  const catalogue = table.subarray(d); // [items, d], without the padding's row
  const contents: Readonly<Record<typeof FILES[number], Uint8Array>> = {
    "items.parquet": encodeTable([
      { name: "id", integers: ids },
      { name: "label", texts: Array.from(ids, (item) => itemLabel(dataset, item)) },
      { name: "vector", vectors: Array.from(ids, (item) => model.embedding(item)) },
    ]),
    "users.parquet": encodeTable([
      { name: "user", texts: rows.map((row) => users[Math.floor(row / K)]!) },
      { name: "interest", integers: Int32Array.from(rows, (row) => row % K + 1) },
      { name: "vector", vectors: rows.map(vector) },
    ]),
    "seen.parquet": encodeTable([
      { name: "user", texts: seen.flatMap((items, u) => Array.from(items, () => users[u]!)) },
      { name: "id", integers: Int32Array.from(seen.flatMap((items) => [...items])) },
    ]),
    "items.npy": encodeNpy(catalogue, [dataset.itemCount, d]),
    "users.npy": encodeNpy(interests, [users.length, K, d]),
  };
  const about: ExportManifest = {
    version: 1,
    run: run.key,
    method: methodInWords(config),
    data: { name: dataset.name, hash: dataset.hash },
    ...{ d, K, L, items: dataset.itemCount, users: users.length },
    score: "inner product",
    merge: "maximum over the user's interests",
    files: Object.fromEntries(Object.entries(contents).map(([name, of]) => [name, sha256(of)])),
  };
  const manifest = [join(folder, MANIFEST), `${JSON.stringify(about, null, 2)}\n`] as const;
  await writeTogether([
    ...FILES.map((name) => [join(folder, name), contents[name]] as const),
    manifest,
  ]);
  return [...FILES, MANIFEST].map((name) => join(folder, name));
}

function usersIn({ dataset: { train, valid, test, kept } }: TrainedModel): number {
  return kept?.users ??
    [train, valid, test].reduce((sum, { offsets }) => sum + offsets.length - 1, 0);
}
