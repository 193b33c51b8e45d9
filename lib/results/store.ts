/**
 * The run store: JSON Lines, one file a data set in results/runs, append-only and committed, and
 * beside it the curves. Two trainings may append at once; a line that a crash cut off is left out,
 * never glued to the next.
 */
import { isDeepStrictEqual } from "node:util";
import { BadInput } from "../base/bad_input.ts";
import { readText, systemRefusal, writing } from "../base/disk.ts";
import { fileName } from "../base/file_name.ts";
import { exists, requireWritable, resultsPath, sha256, writeAll } from "../base/files.ts";
import { lockFile } from "../base/lock.ts";
import { dirname, join } from "../base/paths.ts";
import type { Served } from "../evaluate/served.ts";
import type { Run } from "../train/run.ts";
import { isUncommitted } from "../train/provenance.ts";
import { withDefaults } from "../train/run_key.ts";
import { encodeCurve } from "./curves.ts";
import { type Checked, checkedRun, CUT, jsonIn, type RunLine } from "./record_schema.ts";
import { type RunFileKind, runFilePath, writeRunFile } from "./run_files.ts";
import { encodeHits, requireMetrics } from "./user_hits.ts";

/** A run's line. */
export type StoredRun = RunLine;

/** What a folder of results holds. */
export interface StoredRuns {
  readonly runs: readonly StoredRun[];
  /** lines that are not runs, as "file:line (why)", but for a last one that is cut off */
  readonly damaged: readonly string[];
}

/**
 * Refuses a folder of results that cannot take a run of this data set; for before a training.
 *
 * @throws {BadInput} naming the folder or file, and what to do
 */
export async function requireRecordable(
  data: string,
  folder: string = resultsPath(),
): Promise<void> {
  for (const part of ["runs", "curves", "users"]) {
    await requireWritable(join(folder, part), `what is recorded of trainings (${part})`);
  }
  const path = join(folder, "runs", fileOf(data));
  if (await exists(path)) {
    await writing(path, async () => (await Deno.open(path, { append: true })).close());
  }
}

/** The bytes of a run's files that are there. */
export type RunFiles = Readonly<Partial<Record<RunFileKind, Uint8Array>>>;

/**
 * Appends a finished run, its files first.
 *
 * @param folder of results, with runs and curves in it
 * @param served what its test users were served; the line gets it
 * @throws {BadInput} if the disk is full or the folder cannot be written
 */
export async function appendRun(
  run: Run,
  folder: string = resultsPath(),
  served?: Served,
): Promise<void> {
  const { curve = [] } = run;
  const curves = curve.length > 0 ? encodeCurve(curve) : undefined;
  const line = { ...run, curve: curves ? sha256(curves) : curve };
  if (!served) return await appendStored(line, { curves }, folder);
  const users = encodeHits(served.hits);
  const { lists, unseen } = served;
  await appendStored({ ...line, users: sha256(users), lists, unseen }, { curves, users }, folder);
}

/**
 * Appends the line of a recorded run once more, with what its saved model serves to the test users.
 *
 * @returns whether the run that counts lacked it
 * @throws {BadInput} if that run is not recorded, or what is served gives other metrics than it has
 */
export async function appendServed(
  { key, data }: Pick<Run, "key" | "data">,
  served: Served,
  folder: string = resultsPath(),
): Promise<boolean> {
  const run = await findRun(data.name, key, folder);
  if (!run) {
    const remedy = "Name a folder of results that has it, with --results.";
    throw new BadInput("the run of this model is not recorded", folder, key, remedy);
  }
  const users = encodeHits(served.hits);
  const hash = sha256(users);
  requireMetrics(served.hits, run, `results of ${data.name}`);
  if (run.users === hash) return false;
  const { lists, unseen } = served;
  await appendStored({ ...run, users: hash, lists, unseen }, { users }, folder);
  return true;
}

/**
 * Appends a run's line under an exclusive lock and syncs it to disk: all of it or nothing.
 *
 * @param files written before the line
 * @throws {BadInput} if the disk is full or the folder cannot be written
 */
export async function appendStored(
  run: StoredRun,
  files: RunFiles,
  folder: string,
): Promise<void> {
  const path = join(folder, "runs", fileOf(run.data.name));
  await writing(path, async () => {
    await Deno.mkdir(dirname(path), { recursive: true });
    const file = await Deno.open(path, { read: true, write: true, create: true });
    try {
      await lockFile(file, path);
      for (const [name, bytes] of Object.entries(files)) {
        const kind = name as RunFileKind;
        const taken = await exists(runFilePath(kind, run.key, folder));
        const rival = taken ? await findRun(run.data.name, run.key, folder) : undefined;
        const counts = rival === undefined || isNewer(run, rival);
        if (bytes) await writeRunFile(kind, run.key, bytes, folder, counts);
      }
      await appendLine(file, run);
    } finally {
      file.close(); // releases the lock
    }
  });
}

/** What was written of a line that does not fit is cut off again. */
async function appendLine(file: Deno.FsFile, { recorded: _, ...line }: StoredRun): Promise<void> {
  const { size } = await file.stat();
  const prefix = size > 0 && await lastByte(file, size) !== "\n" ? "\n" : "";
  try {
    await file.seek(0, Deno.SeekMode.End);
    await writeAll(file, new TextEncoder().encode(`${prefix}${JSON.stringify(line)}\n`));
    await file.sync();
  } catch (error) {
    await file.truncate(size);
    throw error;
  }
}

/**
 * The runs in the order of the files and of their lines, without their curves. Damaged lines are
 * left out with a warning, one a file; only a last line without its end is left out silently,
 * because a training may be writing it.
 *
 * @param data only those of this data set; those of every one if it is left out
 */
export async function readRuns(
  folder: string = resultsPath(),
  data?: string,
): Promise<StoredRuns> {
  const runs: StoredRun[] = [];
  const damaged: string[] = [];
  for (const name of await runFiles(join(folder, "runs"))) {
    if (data !== undefined && name !== fileOf(data)) continue;
    const path = join(folder, "runs", name);
    const lines = (await readText(path)).split("\n");
    const unread: string[] = [];
    lines.forEach((line, i) => {
      if (line.trim() === "") return;
      const { record, why } = recordIn(line, checkedRun);
      if (record) runs.push({ ...record, recorded: true });
      else if (why !== CUT || i < lines.length - 1) unread.push(`${name}:${i + 1} (${why})`);
    });
    if (unread.length > 0) warnOnce(path, unread);
    damaged.push(...unread);
  }
  return { runs, damaged };
}

/** The run on a data set with this key, the one that counts if there are several. */
export async function findRun(
  data: string,
  key: string,
  folder: string = resultsPath(),
): Promise<StoredRun | undefined> {
  const { runs } = await readRuns(folder, data);
  return latestOfKeys(runs).find((run) => run.key === key);
}

/** One run a key: the one that finished last, whatever the order of the lines. */
export function latestOfKeys(runs: readonly StoredRun[]): StoredRun[] {
  const latest = new Map<string, StoredRun>();
  for (const run of runs) {
    const rival = latest.get(run.key);
    if (rival === undefined || isNewer(run, rival)) latest.set(run.key, run);
  }
  return [...latest.values()];
}

/**
 * Whether a recorded run has all that a new one of its key would say: the same curve and metrics by
 * the same arithmetic, with what its model serves; and committed code, if the new one's is.
 */
export function saysAsMuch(known: StoredRun, run: Run): boolean {
  const result = ({ test, fingerprint, begunBy = [] }: StoredRun | Run) => [
    test,
    fingerprint,
    begunBy,
  ];
  return known.users !== undefined && known.curve === sha256(encodeCurve(run.curve)) &&
    isDeepStrictEqual(result(known), result(run)) && (!isUncommitted(known) || isUncommitted(run));
}

/** The same for each name of the data: a key says what the data is, not how it is called. */
export function latestOfNames(runs: readonly StoredRun[]): StoredRun[] {
  return [...Map.groupBy(runs, ({ data }) => data.name).values()].flatMap(latestOfKeys);
}

/**
 * Whether a run counts instead of one of the same key whose line stands before it: the one that
 * finished later, and of one training that was recorded twice the line that says more.
 */
function isNewer(run: StoredRun, before: StoredRun): boolean {
  const [finished, earlier] = [run.finished ?? "", before.finished ?? ""];
  if (finished !== earlier) return finished > earlier;
  return run.users !== undefined || before.users === undefined;
}

/**
 * What a text records of a run, with the defaults of settings that were added since; or why it is
 * no record, with the key in it and the value.
 *
 * @param check what it has to be
 */
export function recordIn<T>(text: string, check: (value: unknown) => Checked<T>): Checked<T> {
  const { record, why } = jsonIn(text) as Checked<{ readonly config?: unknown } | null>;
  if (why !== undefined) return { why };
  const config = record?.config;
  if (typeof config !== "object" || config === null) return check(record);
  return check({ ...record, config: withDefaults(config) });
}

/** The files that were warned of: every figure reads them anew. */
const warnedOf = new Set<string>();

function warnOnce(path: string, lines: readonly string[]): void {
  if (warnedOf.has(path)) return;
  warnedOf.add(path);
  console.warn(
    `Damaged lines in ${dirname(path)} are left out: ${listed(lines)}. ` +
      "Restore them, or delete them and record the runs again.",
  );
}

/** Lines that are named in one warning. */
const MOST_LINES = 8;

function listed(lines: readonly string[]): string {
  const more = lines.length - MOST_LINES;
  return lines.slice(0, MOST_LINES).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function fileOf(data: string): string {
  return `${fileName(data)}.jsonl`;
}

async function runFiles(folder: string): Promise<string[]> {
  try {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
    return names.filter((name) => name.endsWith(".jsonl")).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw systemRefusal(error, folder, "read") ?? error;
  }
}

async function lastByte(file: Deno.FsFile, size: number): Promise<string> {
  await file.seek(size - 1, Deno.SeekMode.Start);
  const byte = new Uint8Array(1);
  await file.read(byte);
  return new TextDecoder().decode(byte);
}
