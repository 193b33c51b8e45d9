/**
 * The run store: JSON Lines, one file a data set in results/runs, append-only and committed. Two
 * trainings may append at once; a line that a crash cut off is skipped and never glued to the next.
 */
import { projectPath } from "../base/files.ts";
import { dirname, join } from "../base/paths.ts";
import type { Run } from "./run.ts";

/** The folder of committed runs. */
export const runsFolder: string = projectPath("results", "runs");

/** What a folder of run files holds. */
export interface StoredRuns {
  readonly runs: readonly Run[];
  /** lines that could not be read, as "file:line" */
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
 * The runs in the order of the files and of their lines.
 *
 * @param data only those of this data set; those of every one if it is left out
 */
export async function readRuns(folder: string = runsFolder, data?: string): Promise<StoredRuns> {
  const runs: Run[] = [];
  const damaged: string[] = [];
  for (const name of await runFiles(folder)) {
    if (data !== undefined && name !== fileOf(data)) continue;
    const lines = (await Deno.readTextFile(join(folder, name))).split("\n");
    lines.forEach((line, i) => {
      if (line.trim() === "") return;
      try {
        runs.push({ ...JSON.parse(line) as Run, recorded: true });
      } catch {
        damaged.push(`${name}:${i + 1}`);
      }
    });
  }
  return { runs, damaged };
}

/** The latest finished run on a data set with this key. */
export async function findRun(
  data: string,
  key: string,
  folder: string = runsFolder,
): Promise<Run | undefined> {
  const { runs } = await readRuns(folder, data);
  return runs.findLast((run) => run.key === key && run.stop !== "interrupted");
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
