/** An export read back, checked: what a vector store is loaded with. */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { readBytes, readText } from "../base/disk.ts";
import { exists, sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { type Name, nameOf } from "./asked.ts";
import { type ExportManifest, exportManifest } from "./export.ts";
import { decodeTable } from "./parquet.ts";

/** An item of an export. */
export interface ExportedItem {
  readonly id: number;
  readonly label: string;
  /** [d] */
  readonly vector: Float32Array;
}

/** A user of an export. */
export interface ExportedUser {
  readonly user: string;
  /** [K][d] */
  readonly interests: readonly Float32Array[];
  /** item ids, oldest first */
  readonly seen: readonly number[];
}

/** All of an export. */
export interface Exported {
  readonly manifest: ExportManifest;
  readonly items: readonly ExportedItem[];
  readonly users: ReadonlyMap<string, ExportedUser>;
}

const REMEDY = "Write an export with deno task export <run> --to <folder>.";

const vector = z.array(z.number()).transform((values) => Float32Array.from(values));
const itemRows = z.array(z.object({ id: z.int(), label: z.string(), vector }));
const userRows = z.array(z.object({ user: z.string(), interest: z.int(), vector }));
const seenRows = z.array(z.object({ user: z.string(), id: z.int() }));

/**
 * Reads what {@linkcode exportVectors} wrote.
 *
 * @throws {BadInput} if there is no export, or a file is missing or of another export
 */
export async function readExport(folder: string): Promise<Exported> {
  const manifest = await manifestOf(folder);
  const rows = async <T>(name: string, as: z.ZodType<T>): Promise<T> => {
    const path = join(folder, name);
    const bytes = await readBytes(path);
    const hash = manifest.files[name];
    if (hash !== sha256(bytes)) {
      throw new BadInput("not the file that was exported", path, undefined, REMEDY);
    }
    return as.parse(await decodeTable(bytes));
  };
  const items = await rows("items.parquet", itemRows);
  const users = new Map<string, { user: string; interests: Float32Array[]; seen: number[] }>();
  for (const { user, vector } of await rows("users.parquet", userRows)) {
    const known = users.get(user) ?? { user, interests: [], seen: [] };
    known.interests.push(vector);
    users.set(user, known);
  }
  for (const { user, id } of await rows("seen.parquet", seenRows)) users.get(user)?.seen.push(id);
  return { manifest, items, users };
}

/**
 * A user of an export.
 *
 * @throws {BadInput} if there is no such user, naming the nearest, or it is no name
 */
export function exportedUser({ manifest, users }: Exported, user: Name): ExportedUser {
  const name = nameOf(user, "user");
  const found = users.get(name);
  if (found) return found;
  const what = `no such user${didYouMean(name, [...users.keys()])}`;
  const remedy = "Users with fewer than five behaviours are left out when the data is read.";
  throw new BadInput(what, `export of ${manifest.data.name}`, name, remedy);
}

async function manifestOf(folder: string): Promise<ExportManifest> {
  const path = join(folder, "manifest.json");
  if (!await exists(path)) throw new BadInput("no export", path, undefined, REMEDY);
  try {
    return exportManifest.parse(JSON.parse(await readText(path)));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput("not an export's manifest", path, undefined, REMEDY);
  }
}
