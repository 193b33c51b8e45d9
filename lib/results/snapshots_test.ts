import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { resolveConfig } from "../train/config.ts";
import { inFolder } from "../testing/in_folder.ts";
import { recordedSnapshots, type RunSnapshots, writeSnapshots } from "./snapshots.ts";

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
