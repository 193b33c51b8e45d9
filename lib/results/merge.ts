/** Bringing folders of results together: trainings of several machines, or of several people. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath, sha256, writeAtomically } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { encodeCurve } from "./curves.ts";
import { readRunFile } from "./run_files.ts";
import { recordedSnapshotFiles, type SnapshotFile } from "./snapshots.ts";
import { appendStored, latestOfKeys, readRuns, type RunFiles, type StoredRun } from "./store.ts";
import { readHits } from "./user_hits.ts";

/** Two records of one key that are not the same. */
export interface Conflict {
  readonly run: StoredRun;
  /** whether everything measured is equal, so that only where and when it was trained differs */
  readonly equalNumbers: boolean;
  /** whether it is one training, recorded once more with what its model serves */
  readonly sameTraining: boolean;
  /** which record of the key counts now: this one, another that came with it, or the one here */
  readonly counts: "this" | "another" | "here";
}

/** What a merge did. */
export interface Merged {
  /** records of runs whose key was new */
  readonly added: number;
  /** records that were there already, to the letter, or stand twice in what is brought in */
  readonly same: number;
  /** records of a key that was there with another content; both are kept */
  readonly conflicts: readonly Conflict[];
  /** names of snapshots that were not taken, because they are not of the run that counts here */
  readonly snapshotsLeft: readonly string[];
}

/**
 * Adds what another folder of results has and this one lacks: runs with their curves and users'
 * hits, and snapshots, which also take the place of others if they are of the training that counts.
 * Everything is read and every file held against its hash before anything is written; a merge that
 * is cut off is finished by doing it again.
 *
 * @throws {BadInput} if the folder has no runs, or one of its files is damaged
 */
export async function mergeResults(from: string, into: string = resultsPath()): Promise<Merged> {
  const { runs } = await readRuns(from);
  if (runs.length === 0) {
    throw new BadInput(
      "no runs to bring in",
      "merge",
      from,
      "Name a folder of results: the one that holds runs/ and curves/.",
    );
  }
  const incoming = await Promise.all(runs.map((run) => withFiles(run, from)));
  const snapshots = await recordedSnapshotFiles(from);
  const before = Map.groupBy((await readRuns(into)).runs, ({ key }) => key);
  const known = new Map([...before].map(([key, runs]) => [key, [...runs]]));
  let [added, same] = [0, 0];
  const brought: StoredRun[] = []; // of keys that were there with another content
  for (const { run, files } of incoming) {
    const rivals = known.get(run.key) ?? [];
    if (rivals.some((rival) => textOf(rival) === textOf(run))) {
      same++;
      continue;
    }
    await appendStored(run, files, into);
    known.set(run.key, [...rivals, run]);
    if (before.has(run.key)) brought.push(run);
    else added++;
  }
  const conflicts = brought.map((run): Conflict => {
    const rival = latestOfKeys(before.get(run.key)!)[0]!;
    const equalNumbers = numbersOf(rival) === numbersOf(run);
    const sameTraining = equalNumbers && rival.finished === run.finished;
    const [latest] = latestOfKeys(known.get(run.key)!);
    const counts = latest === run ? "this" : latest === rival ? "here" : "another";
    return { run, equalNumbers, sameTraining, counts };
  });
  return { added, same, conflicts, snapshotsLeft: await mergeSnapshots(snapshots, into) };
}

/** The names of those that were not taken. */
async function mergeSnapshots(files: readonly SnapshotFile[], into: string): Promise<string[]> {
  const there = new Map((await recordedSnapshotFiles(into)).map((file) => [file.name, file]));
  const counting = new Map(
    latestOfKeys((await readRuns(into)).runs).map(({ key, curve }) => [key, curve]),
  );
  const left: string[] = [];
  for (const { name, key, curve, text } of files) {
    const other = there.get(name);
    if (other?.text === text) continue;
    const isTaken = counting.has(key)
      ? curve === counting.get(key) && other?.curve !== curve
      : other === undefined; // of a run that is not recorded
    if (isTaken) await writeAtomically(join(into, "snapshots", name), text);
    else left.push(name);
  }
  return left;
}

/** A run as it is stored today, with the bytes of its files. */
async function withFiles(
  run: StoredRun,
  folder: string,
): Promise<{ readonly run: StoredRun; readonly files: RunFiles }> {
  const { key, curve = [], users: hash } = run;
  if (hash !== undefined) await readHits(run, folder); // refused unless it gives the run's metrics
  const users = hash === undefined ? undefined : await readRunFile("users", key, hash, folder);
  if (typeof curve === "string") {
    return { run, files: { curves: await readRunFile("curves", key, curve, folder), users } };
  }
  if (curve.length === 0) return { run, files: { users } };
  const curves = encodeCurve(curve);
  return { run: { ...run, curve: sha256(curves) }, files: { curves, users } };
}

function textOf({ recorded: _, ...line }: StoredRun): string {
  return JSON.stringify(line);
}

function numbersOf({ curve, steps, bestStep, valid, test }: StoredRun): string {
  return JSON.stringify({ curve, steps, bestStep, valid, test });
}
