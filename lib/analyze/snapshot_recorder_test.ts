import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { synthetic } from "../data/synthetic.ts";
import type { RunSnapshots } from "../results/snapshots.ts";
import { inFolder } from "../testing/in_folder.ts";
import type { TrainConfig } from "../train/config.ts";
import { train } from "../train/trainer.ts";
import { SnapshotRecorder } from "./snapshot_recorder.ts";

const dataset = synthetic({ users: 600, interests: 8, itemsPerInterest: 40, seed: 4 });
const small: TrainConfig = {
  B: 16,
  L: 12,
  K: 2,
  S: 24,
  d: 8,
  objective: { rr: { lambda: 10 } },
  evaluateEvery: 10,
  maxSteps: 250,
  patience: 100,
};

/** Trains with snapshots, as if killed at a step if one is given. */
async function recorded(
  folder: string,
  { killedAt, config = small, restart = false, probes = true }: {
    killedAt?: number;
    config?: TrainConfig;
    restart?: boolean;
    probes?: boolean;
  } = {},
) {
  const recorder = new SnapshotRecorder(dataset, config, folder);
  const trained = await train(dataset, config, {
    folder,
    restart,
    checkpointSeconds: 0,
    probes: [
      ...(probes ? [recorder.probe] : []),
      (_engine, step) => {
        if (step === killedAt) throw new Error("killed");
        return Promise.resolve({});
      },
    ],
  });
  const snapshots = probes ? await recorder.finish(trained) : null;
  await recorder.forget();
  trained.engine.dispose();
  return { run: trained.run, parameters: trained.parameters, snapshots: snapshots as RunSnapshots };
}

Deno.test("snapshots at steps that grow by sqrt 2, the last and the best; no bit is changed", () =>
  inFolder(async (folder) => {
    const { run, parameters, snapshots } = await recorded(folder);
    const plain = await recorded(folder, { probes: false });
    assert.deepEqual(parameters, plain.parameters);
    assert.deepEqual(run.curve.map(({ valid }) => valid), plain.run.curve.map((p) => p.valid));
    const evaluations = [1, 2, 3, 4, 6, 8, 11, 16, 23];
    const steps = new Set([...evaluations.map((e) => 10 * e), 250, run.bestStep]);
    assert.deepEqual(
      snapshots.snapshots.map(({ step }) => step),
      [...steps].sort((a, b) => a - b),
    );
    assert.deepEqual([snapshots.key, snapshots.bestStep], [run.key, run.bestStep]);
  }));

Deno.test("a snapshot: the same twelve users, their routing, and the margins of a hundred", () =>
  inFolder(async (folder) => {
    const { run, snapshots: { snapshots } } = await recorded(folder);
    const other = await recorded(folder, { config: { ...small, seed: 2, K: 3, objective: {} } });
    const who = (snapshot: typeof snapshots[number]) =>
      snapshot.users.map(({ user, history, target }) => ({ user, history, target }));
    for (const snapshot of [...snapshots, ...other.snapshots.snapshots]) {
      assert.deepEqual(who(snapshot), who(snapshots[0]!));
    }
    assert.equal(snapshots[0]!.users.length, 12);
    for (const { users, margins } of snapshots) {
      for (const { history, selected, routing } of users) {
        assert.ok(history.length >= 8 && history.length <= 12);
        assert.ok(history.every((item) => item > 0));
        assert.equal(routing!.length, 2);
        assert.ok(selected === 0 || selected === 1);
        for (const row of routing!) {
          assert.equal(row.length, history.length);
          assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-3);
        }
      }
      const total = margins.selected.reduce((a, b) => a + b, 0);
      const valid = Math.min(100, dataset.valid.offsets.length - 1);
      assert.ok(total > 0.98 * valid * 1280 && total <= valid * 1280, `${total}`);
    }
    assert.equal(run.config.K, 2);
  }));

Deno.test("a training that goes on after a kill ends with the same snapshots", () =>
  inFolder(async (folder) => {
    const whole = await recorded(join(folder, "whole"));
    await assert.rejects(() => recorded(folder, { killedAt: 110 }), /killed/);
    const { run, snapshots } = await recorded(folder);
    assert.deepEqual(snapshots, whole.snapshots);
    assert.equal(await exists(join(folder, `${run.key}.snapshots`)), false);
  }));

Deno.test("damaged snapshots are refused where they are needed, and begun anew without them", () =>
  inFolder(async (folder) => {
    await assert.rejects(() => recorded(folder, { killedAt: 50 }), /killed/);
    const [name] = [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => name.endsWith(".snapshots"));
    await Deno.truncate(join(folder, name!), 100);
    await assert.rejects(() => recorded(folder), /not the snapshots of a training.*--restart/);
    await Deno.remove(join(folder, name!));
    await Deno.mkdir(join(folder, name!));
    await assert.rejects(() => recorded(folder), /cannot be read: a folder is in the place of a/);
    await Deno.remove(join(folder, name!));
    await Deno.writeTextFile(join(folder, name!), "");
    const { snapshots } = await recorded(folder, { restart: true });
    assert.deepEqual(snapshots, (await recorded(join(folder, "whole"))).snapshots);
  }));

Deno.test("a training begun without snapshots is refused, and begun anew with restart", () =>
  inFolder(async (folder) => {
    await assert.rejects(() => recorded(folder, { killedAt: 50, probes: false }), /killed/);
    await assert.rejects(() => recorded(folder), /begun without snapshots.*--restart/);
    const { snapshots } = await recorded(folder, { restart: true });
    assert.deepEqual(snapshots, (await recorded(join(folder, "whole"))).snapshots);
  }));
