/**
 * The run store: JSON Lines, one file a data set in results/runs, append-only and committed. Two
 * trainings may append at once; a line that a crash cut off is left out, never glued to the next.
 */
import { projectPath } from "../base/files.ts";
import { dirname, join } from "../base/paths.ts";
import type { Run } from "../train/run.ts";

/** The folder of committed runs. */
export const runsFolder: string = projectPath("results", "runs");

/** What a folder of run files holds. */
export interface StoredRuns {
  readonly runs: readonly Run[];
  /** lines that are not runs, as "file:line", but for a last one that is cut off */
  readonly damaged: readonly string[];
}

/**
 * Appends a finished run under an exclusive lock and syncs it to disk.
 *
 * @throws the system's error if the disk is full or the folder cannot be written
 */
export async function appendRun(run: Run, folder: string = runsFolder): Promise<void> {
  const path = join(folder, fileOf(run.data.name));
  await Deno.mkdir(dirname(path), { recursive: true });
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    await file.lock(true);
    const size = (await file.stat()).size;
    const prefix = size > 0 && await lastByte(file, size) !== "\n" ? "\n" : "";
    const { recorded: _, ...line } = run;
    const bytes = new TextEncoder().encode(`${prefix}${JSON.stringify(line)}\n`);
    await file.seek(0, Deno.SeekMode.End);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  } finally {
    file.close(); // releases the lock
  }
}

/**
 * The runs in the order of the files and of their lines. Damaged lines are left out with a warning,
 * one a file; only a last line without its end is left out silently, because a training may be
 * writing it.
 *
 * @param data only those of this data set; those of every one if it is left out
 */
export async function readRuns(folder: string = runsFolder, data?: string): Promise<StoredRuns> {
  const runs: Run[] = [];
  const damaged: string[] = [];
  for (const name of await runFiles(folder)) {
    if (data !== undefined && name !== fileOf(data)) continue;
    const path = join(folder, name);
    const lines = (await Deno.readTextFile(path)).split("\n");
    const unread: string[] = [];
    lines.forEach((line, i) => {
      if (line.trim() === "") return;
      const run = recordIn(line);
      if (run !== null) runs.push({ ...run as Run, recorded: true });
      else if (i < lines.length - 1) unread.push(`${name}:${i + 1}`);
    });
    if (unread.length > 0) warnOnce(path, unread);
    damaged.push(...unread);
  }
  return { runs, damaged };
}

/** The latest run on a data set with this key. */
export async function findRun(
  data: string,
  key: string,
  folder: string = runsFolder,
): Promise<Run | undefined> {
  const { runs } = await readRuns(folder, data);
  return runs.findLast((run) => run.key === key);
}

/** What a text records of a run; null if it is not JSON, or lacks what a run is found by. */
export function recordIn(text: string): Pick<Run, "key" | "config" | "data"> | null {
  let record: Partial<Run> | null;
  try {
    record = JSON.parse(text);
  } catch {
    return null;
  }
  const { key, config, data } = record ?? {};
  const configured = typeof config === "object" && config !== null;
  const found = typeof key === "string" && configured && typeof data?.name === "string";
  return found ? record as Run : null;
}

/** The files that were warned of: every figure reads them anew. */
const warnedOf = new Set<string>();

function warnOnce(path: string, lines: readonly string[]): void {
  if (warnedOf.has(path)) return;
  warnedOf.add(path);
  console.warn(
    `Damaged lines in ${dirname(path)} are left out: ${lines.join(", ")}. ` +
      "Restore them, or delete them and record the runs again.",
  );
}

function fileOf(data: string): string {
  return `${data}.jsonl`;
}

async function runFiles(folder: string): Promise<string[]> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
    return names.filter((name) => name.endsWith(".jsonl")).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function lastByte(file: Deno.FsFile, size: number): Promise<string> {
  await file.seek(size - 1, Deno.SeekMode.Start);
  const byte = new Uint8Array(1);
  await file.read(byte);
  return new TextDecoder().decode(byte);
}
