import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { exampleRuns } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { resolveConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { encodeCurve } from "./curves.ts";
import { recordedSnapshots, type RunSnapshots, writeSnapshots } from "./snapshots.ts";
import { appendRun } from "./store.ts";

function ofRun(key: string, seed: number, K = 4): RunSnapshots {
  const margins = { edges: [0], selected: [1, 2], other: [3, 4], single: [5, 6], userMax: [7, 8] };
  const users = [{ user: 3, history: [4, 5], target: 6, selected: 0, routing: [[0.25, 0.75]] }];
  const snapshots = [200, 400].map((step) => ({ step, users, margins }));
  return {
    key,
    seed,
    bestStep: 400,
    config: resolveConfig({ K }),
    data: { name: "toy", hash: "0" },
    curve: "c1",
    snapshots,
  };
}

Deno.test("snapshots come back as written, picked by configuration, by seed", () =>
  inFolder(async (folder) => {
    for (const written of [ofRun("a", 2), ofRun("b", 1), ofRun("c", 1, 8)]) {
      await writeSnapshots(written, folder);
    }
    const recorded = (one: RunSnapshots) => ({ ...one, recorded: true });
    assert.deepEqual(
      await recordedSnapshots("toy", { K: 4 }, folder),
      [ofRun("b", 1), ofRun("a", 2)].map(recorded),
    );
    assert.deepEqual(
      await recordedSnapshots("toy", { K: 8 }, folder),
      [ofRun("c", 1, 8)].map(recorded),
    );
  }));

Deno.test("none that fit, no folder, or a damaged file is bad input with a remedy", () =>
  inFolder(async (folder) => {
    const none = (error: Error) => {
      assert.ok(error instanceof BadInput);
      assert.match(error.message, /no recorded snapshots fit.*deno task train … --snapshots/);
      return true;
    };
    await assert.rejects(() => recordedSnapshots("toy", {}, join(folder, "missing")), none);
    const taken = join(folder, "taken");
    await Deno.mkdir(taken);
    await Deno.writeTextFile(join(taken, "snapshots"), "");
    const refused = /snapshots: cannot be read: a file is in the place of a folder/;
    await assert.rejects(() => recordedSnapshots("toy", {}, taken), refused);
    await writeSnapshots(ofRun("a", 1), folder);
    await assert.rejects(() => recordedSnapshots("other", {}, folder), none);
    await assert.rejects(() => recordedSnapshots("toy", { K: 3 }, folder), none);
    const { snapshots: _, ...head } = ofRun("a", 1);
    for (const damaged of ['{"key":"cut', '{"key":"a","snapshots":[]}', JSON.stringify(head)]) {
      await Deno.writeTextFile(join(folder, "snapshots", "toy-cut.json"), damaged);
      await assert.rejects(() => recordedSnapshots("toy", {}, folder), (error: Error) => {
        assert.ok(error instanceof BadInput);
        assert.match(error.message, /toy-cut.json: not a file of snapshots \(.*(JSON|missing)/);
        return true;
      });
    }
  }));

Deno.test("snapshots of another training than the run that counts are refused", () =>
  inFolder(async (folder) => {
    const [run, later] = exampleRuns as readonly [Run, Run];
    const { key, config, data, seed, bestStep } = run;
    const of = (curve: string) => ({ ...ofRun(key, seed), config, data, bestStep, curve });
    const curveOf = (run: Run) => sha256(encodeCurve(run.curve));
    await appendRun(run, folder);
    await writeSnapshots(of(curveOf(run)), folder);
    assert.equal((await recordedSnapshots(data.name, {}, folder)).length, 1);
    const again = { ...run, curve: later.curve, finished: "2999-01-01T00:00:00.000Z" };
    await appendRun(again, folder);
    await assert.rejects(
      () => recordedSnapshots(data.name, {}, folder),
      (error: Error) =>
        error instanceof BadInput &&
        error.message.includes(`of another training than the recorded run ${key}`) &&
        error.message.includes("--snapshots --again"),
    );
    await writeSnapshots(of(curveOf(again)), folder);
    assert.equal((await recordedSnapshots(data.name, {}, folder)).length, 1);
  }));
