/** Disks that are full, and places that are there for reading only. */
import { exists } from "../../base/files.ts";
import { dirname, join } from "../../base/paths.ts";
import { readRuns } from "../../results/store.ts";
import { type FaultBench, SMALL_TRAINING } from "./bench.ts";
import { DISK_NAME, mount, unmount } from "../small_disk.ts";

const TRAIN = "lib/cli/train.ts";

/** Calls a function with a small file system of its own; false where the machine allows none. */
async function onSmallDisk(
  bench: FaultBench,
  use: (disk: string) => Promise<void>,
): Promise<boolean> {
  const disk = join(bench.folder, "disk");
  await Deno.mkdir(disk, { recursive: true });
  if (!await mount(disk, "size=2m")) return false;
  try {
    await use(disk);
  } finally {
    await unmount(disk);
  }
  return true;
}

/** Unmounts what a trial that was stopped has mounted. */
export async function unmountBelow(folder: string): Promise<void> {
  const mounts = await Deno.readTextFile("/proc/self/mounts").catch(() => "");
  for (const [, name, place] of mounts.matchAll(/^(\S+) (\S+) /gm)) {
    if (name === DISK_NAME && place!.startsWith(folder)) await unmount(place!);
  }
}

/** Whether a training is in a results folder, and only once. */
async function isRecorded(folder: string): Promise<boolean> {
  return (await readRuns(folder)).runs.length === 1;
}

/** Trainings and exports on a disk with little room: said, and finished once there is room. */
export async function fullDisks(bench: FaultBench, count: number): Promise<void> {
  const { findings, random } = bench;
  const could = await onSmallDisk(bench, async (disk) => {
    for (let n = 0; n < count; n++) {
      findings.trials++;
      const results = join(disk, `results-${n}`);
      const filler = join(disk, "filler");
      const env = { REMI_RESULTS: results };
      await fill(filler, random.below(600) * 1024);
      if (n % 3 === 2) {
        const to = join(disk, "export");
        const args = ["export", "synthetic", "--to", to];
        await bench.mayFail("lib/cli/data.ts", args);
        await Deno.remove(filler);
        const { code, err } = await bench.mayFail("lib/cli/data.ts", args);
        if (code !== 0) bench.note("lost", "an export that a full disk had interrupted", err);
        await Deno.remove(to, { recursive: true }).catch(() => {});
      } else {
        const { code, err } = await bench.mayFail(TRAIN, SMALL_TRAINING, { env });
        if (code !== 0 && !/disk full/.test(err)) bench.note("notPlain", "no word of it", err);
        await Deno.remove(filler);
        await bench.mayFail(TRAIN, SMALL_TRAINING, { env });
        if (!await isRecorded(results)) bench.note("lost", "a training on a disk that was full");
        await bench.noteLying(results);
      }
      await Deno.remove(results, { recursive: true }).catch(() => {});
      await Deno.remove(filler).catch(() => {});
    }
  });
  if (!could) findings.skipped = "this machine lets no one mount a small disk here (root may)";
}

/** Fills a disk but for so many bytes. */
async function fill(path: string, free: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const piece = new Uint8Array(1024);
  let size = 0;
  try {
    for (;;) size += await file.write(piece);
  } catch {
    await file.truncate(Math.max(0, size - free));
  }
}

/** Results folders that cannot be written: said before the first step, and nothing is spoilt. */
export async function readOnly(bench: FaultBench, count: number): Promise<void> {
  const { findings, random, results } = bench;
  const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0; // whom no mode stops
  const places = ["", "runs", "curves", "users", "checkpoints"];
  for (let n = 0; n < count; n++) {
    findings.trials++;
    await Deno.mkdir(results, { recursive: true });
    const path = join(results, places[random.below(places.length)]!);
    const mounted = isRoot && n % 2 === 0 && await mountReadOnly(path);
    const locked = !isRoot && n % 2 === 0 && Deno.build.os !== "windows";
    if (locked) {
      await Deno.mkdir(path, { recursive: true });
      await Deno.chmod(path, 0o555);
    } else if (!mounted) { // a file in the place of a folder
      await Deno.remove(path, { recursive: true }).catch(() => {});
      await Deno.writeTextFile(path, "in the way");
    }
    const ended = await bench.mayFail(TRAIN, SMALL_TRAINING);
    const recorded = path.endsWith("checkpoints") && ended.code === 0; // a training may do without
    if (ended.code === 0 && !recorded) bench.note("notPlain", `no error: ${path}`, ended.out);
    if (mounted) await unmount(path);
    if (locked) await Deno.chmod(path, 0o755);
    if (await exists(path) && (await Deno.stat(path)).isFile) await Deno.remove(path);
    await bench.mayFail(TRAIN, SMALL_TRAINING);
    if (!await isRecorded(results)) bench.note("lost", "a training after a place was in the way");
    await bench.noteLying();
    await Deno.remove(results, { recursive: true }).catch(() => {}); // there may be none
  }
}

async function mountReadOnly(path: string): Promise<boolean> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.mkdir(path, { recursive: true });
  return await mount(path, "ro,size=64k");
}
