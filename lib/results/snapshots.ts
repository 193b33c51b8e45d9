/**
 * Snapshots of a training: what a few valid users look like to the model at some of its steps. One
 * file a run in results/snapshots, beside the run's line in results/runs.
 */
import { z } from "zod";
import { BadInput } from "../base/bad_input.ts";
import { namesIn, readText } from "../base/disk.ts";
import { fileName } from "../base/file_name.ts";
import { exists, resultsPath, writeAtomically } from "../base/files.ts";
import { basename, join } from "../base/paths.ts";
import { agrees, type Wanted } from "./recorded.ts";
import { pathsNamed } from "./settings.ts";
import type { Run } from "../train/run.ts";
import { type Checked, checked, found, jsonIn, step } from "./record_schema.ts";
import { latestOfKeys, readRuns, recordIn, type StoredRun } from "./store.ts";
import { strangeness } from "./study.ts";

/** One user at one step. */
export interface UserSnapshot {
  /** index in the valid split */
  readonly user: number;
  /** [n] the items that the model sees, oldest first, n <= L */
  readonly history: readonly number[];
  /** the item that follows them */
  readonly target: number;
  /** the interest nearest to the target, the readout's argmax, 0..K - 1 */
  readonly selected: number;
  /** [K][n] the matrix A to four digits; null for a model without routing */
  readonly routing: readonly (readonly number[])[] | null;
}

/**
 * Histograms of the margins x_j - x_+ (a negative's score minus the positive's) over a fixed sample
 * of valid users and uniform negatives. From a margin of 0 on a negative scores at least as high as
 * the positive.
 */
export interface MarginHistograms {
  /** [E] ascending; E + 1 counts: below the first, between each two, from the last on */
  readonly edges: readonly number[];
  /** of the interest nearest to the target */
  readonly selected: readonly number[];
  /** of the K - 1 others together; all 0 for K = 1 */
  readonly other: readonly number[];
  /** of the mean of the interests as the only vector */
  readonly single: readonly number[];
  /** of the user as a whole: max_k x_kj - max_k x_k+ */
  readonly userMax: readonly number[];
}

/** What is seen at one step. */
export interface Snapshot {
  readonly step: number;
  /** the same users at every step */
  readonly users: readonly UserSnapshot[];
  readonly margins: MarginHistograms;
}

/** The snapshots of one run; key, configuration, data, seed and best step are the run's. */
export interface RunSnapshots extends Pick<Run, RunParts> {
  /** sha256 of the curve that was recorded with them: which training of that key they are of */
  readonly curve: string;
  /** by step, the run's best step among them */
  readonly snapshots: readonly Snapshot[];
}

type RunParts = "key" | "config" | "data" | "seed" | "bestStep" | "recorded";

/** The file of a run's snapshots. */
export function snapshotsPath(
  { key, data }: Pick<Run, "key" | "data">,
  folder: string = resultsPath(),
): string {
  return join(folder, "snapshots", `${fileName(data.name)}-${fileName(key)}.json`);
}

/** Writes the snapshots of a run, whole or not at all. */
export async function writeSnapshots(
  { key, config, data, seed, bestStep, curve, snapshots }: RunSnapshots,
  folder: string = resultsPath(),
): Promise<void> {
  const lines = snapshots.map((snapshot) => JSON.stringify(snapshot)).join(",\n");
  const head = JSON.stringify({ key, config, data, seed, bestStep, curve }).slice(0, -1);
  const path = snapshotsPath({ key, data }, folder);
  await writeAtomically(path, `${head},"snapshots":[\n${lines}\n]}\n`);
}

/**
 * The recorded snapshots on a data set whose run's configuration agrees with `wanted` in every key
 * it names, by seed; on a data set with a study as {@linkcode recordedRuns} has it.
 *
 * ```ts
 * const [plain] = await recordedSnapshots("synthetic", { objective: { rr: undefined } });
 * ```
 *
 * @throws {BadInput} if there are none, if a file cannot be read, or if it is of another training
 *   than the recorded run of its key
 */
export async function recordedSnapshots(
  data: string,
  wanted: Wanted = {},
  folder: string = resultsPath(),
): Promise<RunSnapshots[]> {
  const found: RunSnapshots[] = [];
  const named = pathsNamed(wanted);
  const { runs } = await readRuns(folder, data);
  const counting = latestOfKeys(runs.filter((run) => strangeness(run, named) === null));
  for (const path of await filesOf(join(folder, "snapshots"))) {
    const recorded = await read(path);
    const asked = recorded.data.name === data && agrees(recorded.config, wanted);
    if (!asked || strangeness(recorded, named) !== null) continue;
    requireSameTraining(recorded, counting, path);
    found.push(recorded);
  }
  if (found.length === 0) {
    throw new BadInput(
      "no recorded snapshots fit",
      `${folder}, data set ${data}`,
      JSON.stringify(wanted),
      "Record some with deno task train … --snapshots.",
    );
  }
  return found.sort((a, b) => a.seed - b.seed);
}

/** A figure must not show the routing of one training beside the numbers of another. */
function requireSameTraining(
  { key, curve, data: { hash } }: RunSnapshots,
  counting: readonly StoredRun[],
  path: string,
): void {
  const run = counting.find((run) => run.key === key && run.data.hash === hash);
  if (!run || run.curve === curve) return;
  throw new BadInput(
    `snapshots of another training than the recorded run ${key}: its curve is ${run.curve}`,
    path,
    `curve ${curve}`,
    "Train it again with deno task train … --snapshots --again.",
  );
}

/** A file of snapshots: its name and text, and which training they are of. */
export interface SnapshotFile extends Pick<RunSnapshots, "key" | "curve"> {
  readonly name: string;
  readonly text: string;
}

/**
 * The files of a folder's snapshots, by name.
 *
 * @throws {BadInput} if one is not a file of snapshots
 */
export async function recordedSnapshotFiles(folder: string): Promise<SnapshotFile[]> {
  return await Promise.all((await filesOf(join(folder, "snapshots"))).map(async (path) => {
    const { key, curve } = await read(path);
    return { key, curve, name: basename(path), text: await readText(path) };
  }));
}

const id = z.int().positive();
const counts = z.array(z.int().nonnegative());

const snapshot = z.looseObject({
  step,
  users: z.array(
    z.looseObject({
      user: z.int().nonnegative(),
      history: z.array(id).min(1),
      target: id,
      selected: z.int().nonnegative(),
      routing: z.array(z.array(z.number())).nullable(),
    }).refine(
      ({ routing, history }) => routing?.every((row) => row.length === history.length) ?? true,
      "its routing is not as long as its history",
    ),
  ),
  margins: z.looseObject({
    edges: z.array(z.number()),
    ...{ selected: counts, other: counts, single: counts, userMax: counts },
  }),
});

const snapshots = z.array(snapshot);
const runSnapshots = z.looseObject({ ...found, bestStep: step, curve: z.string(), snapshots });

/**
 * Checks the text of the snapshots that an unfinished training has taken.
 *
 * @returns them, or why they are none: the key in it and the value
 */
export function checkedTaken(text: string): Checked<readonly Snapshot[]> {
  const taken = jsonIn(text);
  return taken.why !== undefined ? { why: taken.why } : checked(snapshots, taken.record);
}

async function filesOf(folder: string): Promise<string[]> {
  if (!await exists(folder)) return [];
  const names = (await namesIn(folder)).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => join(folder, name));
}

async function read(path: string): Promise<RunSnapshots> {
  const text = await readText(path);
  const { record, why } = recordIn(text, (value) => checked<RunSnapshots>(runSnapshots, value));
  if (record) return { ...record, recorded: true };
  throw new BadInput(
    `not a file of snapshots (${why})`,
    path,
    `${text.length} characters`,
    "Delete it and record it again with deno task train … --snapshots.",
  );
}
