import assert from "node:assert/strict";
import { sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { exampleRuns } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import type { Run } from "../train/run.ts";
import { encodeCurve } from "./curves.ts";
import { runFilePath } from "./run_files.ts";
import { mergeResults } from "./merge.ts";
import { withCurves } from "./recorded.ts";
import { recordedSnapshots, writeSnapshots } from "./snapshots.ts";
import { appendRun, findRun, readRuns } from "./store.ts";

const [first, second, third] = exampleRuns as readonly [Run, Run, Run];
const { name } = first.data;

/** Two folders of results in one. */
function inFolders(test: (here: string, there: string) => Promise<void>): Promise<void> {
  return inFolder((folder) => test(join(folder, "here"), join(folder, "there")));
}

Deno.test("runs come with their curves, equal records once, and again changes nothing", () =>
  inFolders(async (here, there) => {
    for (const run of [first, second]) await appendRun(run, here);
    for (const run of [second, third]) await appendRun(run, there);
    assert.deepEqual(await mergeResults(there, here), {
      added: 1,
      same: 1,
      conflicts: [],
      snapshotsLeft: [],
    });
    const runs = await withCurves((await readRuns(here)).runs, here);
    assert.deepEqual(runs.map(({ key }) => key), [first, second, third].map(({ key }) => key));
    assert.deepEqual(runs.map(({ curve }) => curve.length), [30, 30, 30]);
    assert.equal((await mergeResults(there, here)).same, 2);
    assert.equal((await readRuns(here)).runs.length, 3);
  }));

Deno.test("of two records of one key both are kept, and the later one counts", () =>
  inFolders(async (here, there) => {
    await appendRun({ ...first, finished: "2026-01-02" }, here);
    await appendRun({ ...second, finished: "2026-01-02" }, here);
    await appendRun({ ...first, finished: "2026-01-01", machine: "another" }, there);
    const curve = second.curve.slice(0, 10);
    await appendRun(
      { ...second, finished: "2026-01-03", curve, steps: 2000, bestStep: 2000 },
      there,
    );
    const { added, conflicts } = await mergeResults(there, here);
    assert.equal(added, 0);
    assert.deepEqual(
      conflicts.map(({ run, equalNumbers, counts }) => [run.key, equalNumbers, counts]),
      [[first.key, true, "here"], [second.key, false, "this"]],
    );
    assert.equal((await findRun(name, first.key, here))?.machine, first.machine);
    assert.equal((await findRun(name, second.key, here))?.steps, 2000);
    const { runs } = await readRuns(here);
    const lengths = (await withCurves(runs, here)).map(({ curve }) => curve.length);
    assert.deepEqual(lengths, [30, 30, 30, 10]);
  }));

Deno.test("a run that was trained twice elsewhere is new here, with both records", () =>
  inFolders(async (here, there) => {
    await appendRun({ ...first, finished: "2026-01-01", steps: 1, bestStep: 1 }, there);
    await appendRun({ ...first, finished: "2026-01-02" }, there);
    const { added, conflicts } = await mergeResults(there, here);
    assert.deepEqual([added, conflicts], [2, []]);
    assert.deepEqual((await readRuns(here)).runs, (await readRuns(there)).runs);
  }));

Deno.test("of two new records of a key that is here, one counts at most", () =>
  inFolders(async (here, there) => {
    await appendRun({ ...first, finished: "2026-01-01" }, here);
    for (const finished of ["2026-01-02", "2026-01-03"]) {
      await appendRun({ ...first, finished }, there);
    }
    const { conflicts } = await mergeResults(there, here);
    assert.deepEqual(conflicts.map(({ run, counts }) => [run.finished, counts]), [
      ["2026-01-02", "another"],
      ["2026-01-03", "this"],
    ]);
    assert.equal((await findRun(name, first.key, here))?.finished, "2026-01-03");
  }));

Deno.test("a line that stands twice in what is brought in is kept once", () =>
  inFolders(async (here, there) => {
    for (const run of [first, first, second]) await appendRun(run, there);
    const { added, same } = await mergeResults(there, here);
    assert.deepEqual([added, same], [2, 1]);
    assert.deepEqual((await readRuns(here)).runs.map(({ key }) => key), [first.key, second.key]);
  }));

Deno.test("lines of an older version are the same records as those that were moved", () =>
  inFolders(async (here, there) => {
    await appendRun(first, here);
    await Deno.mkdir(join(there, "runs"), { recursive: true });
    const { recorded: _, ...line } = first;
    const path = join(there, "runs", `${name}.jsonl`);
    await Deno.writeTextFile(path, `${JSON.stringify(line)}\n`);
    assert.equal((await mergeResults(there, here)).same, 1);
  }));

Deno.test("a damaged curve, or a folder without runs, is refused before anything is written", () =>
  inFolders(async (here, there) => {
    await assert.rejects(() => mergeResults(there, here), /no runs to bring in/);
    for (const run of [first, second]) await appendRun(run, there);
    await Deno.writeTextFile(runFilePath("curves", second.key, there), "damaged");
    await assert.rejects(() => mergeResults(there, here), /not the curve of this run/);
    assert.deepEqual((await readRuns(here)).runs, []);
  }));

Deno.test("snapshots come along; others of the same run stay, and that is said", () =>
  inFolders(async (here, there) => {
    await appendRun(first, there);
    const shot = (curve: string) => ({ ...first, curve, snapshots: [] });
    await writeSnapshots(shot("superseded"), here);
    await writeSnapshots(shot(sha256(encodeCurve(first.curve))), there);
    const file = `${name}-${first.key}.json`;
    const read = (folder: string) => Deno.readTextFile(join(folder, "snapshots", file));
    assert.deepEqual((await mergeResults(there, here)).snapshotsLeft, []);
    assert.equal(await read(here), await read(there), "those of the run that counts come instead");
    await writeSnapshots(shot("another"), there);
    assert.deepEqual((await mergeResults(there, here)).snapshotsLeft, [file]);
    assert.notEqual(await read(here), await read(there));
  }));

Deno.test("snapshots of another training than the run that counts are left, and that is said", () =>
  inFolders(async (here, there) => {
    await appendRun({ ...first, finished: "2026-01-02", curve: first.curve.slice(0, 10) }, here);
    await appendRun({ ...first, finished: "2026-01-01" }, there);
    const curve = sha256(encodeCurve(first.curve));
    await writeSnapshots({ ...first, curve, snapshots: [] }, there);
    await writeSnapshots({ ...second, curve, snapshots: [] }, there); // whose run is nowhere
    const { snapshotsLeft } = await mergeResults(there, here);
    assert.deepEqual(snapshotsLeft, [`${name}-${first.key}.json`]);
    const { objective } = second.config;
    const [taken, ...others] = await recordedSnapshots(name, {}, here);
    assert.deepEqual([taken!.config.objective, others], [objective, []]);
  }));
