/** hashes.json beside downloads: the sha256 of each, by address, once it was found to be right. */
import { z } from "zod";
import { readText } from "../base/disk.ts";
import { exists, writeAtomically } from "../base/files.ts";
import { whileLocked } from "../base/lock.ts";
import { dirname, join } from "../base/paths.ts";

const Hashes = z.record(z.string(), z.hash("sha256"));

/** The file that holds the hash of a download. */
export function recordPath(to: string): string {
  return join(dirname(to), "hashes.json");
}

/** What was recorded of an address; undefined if nothing was, or the file cannot be understood. */
export async function recordedHash(to: string, url: string): Promise<string | undefined> {
  return (await readRecord(recordPath(to)))[url];
}

/** Records a hash; a file that cannot be understood is written anew. */
export async function recordHash(to: string, url: string, hash: string): Promise<void> {
  const path = recordPath(to);
  await whileLocked(`${path}.lock`, async () => {
    const all = { ...await readRecord(path), [url]: hash };
    await writeAtomically(path, JSON.stringify(all, null, 2) + "\n");
  });
}

async function readRecord(path: string): Promise<Record<string, string>> {
  if (!await exists(path)) return {};
  const text = await readText(path);
  try {
    return Hashes.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
