import assert from "node:assert/strict";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { runKey } from "../train/run_key.ts";
import { appendRun } from "../results/store.ts";
import { study } from "../results/study.ts";
import { recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { recordedComparisons } from "./comparisons.ts";

const { settings, hash } = study("synthetic");
const [ihn, rr] = [{ beta: 1 }, { lambda: 100 }];

function run(machine: string, objective: TrainConfig["objective"], other: TrainConfig = {}): Run {
  const config = resolveConfig({ ...settings, objective, ...other });
  const data = { name: "synthetic", hash };
  return recordable({ key: runKey(config, data), machine, config, data });
}

Deno.test("a comparison that there is not is refused, not taken for another", () =>
  inFolder(async (folder) => {
    for (const one of [run("base", {}), run("remi", { ihn, rr }), run("rr", { rr })]) {
      await appendRun(one, folder);
    }
    await assert.rejects(
      () => recordedComparisons("each fix" as "one vector", folder),
      /recordedComparisons, name: no such name.*: "each fix"\. There are "each fix alone", "one v/,
    );
  }));

Deno.test("contenders are those that are recorded, between two ends that are", () =>
  inFolder(async (folder) => {
    const fixes = () => recordedComparisons("each fix alone", folder);
    await assert.rejects(fixes, /not recorded on any data set/);
    await appendRun(run("base", {}), folder);
    await appendRun(run("rr", { rr }), folder);
    await assert.rejects(fixes, /not recorded on any data set/); // REMI is not there
    for (
      const one of [
        run("remi", { ihn, rr }),
        run("other lambda", { rr: { ...rr, lambda: 10 } }),
        run("remi 1", { ihn, rr }, { K: 1 }),
        run("dnn", {}, { model: "youtube-dnn", K: 1 }),
      ]
    ) await appendRun(one, folder);
    const keys = (runs: readonly Run[]) => runs.map(({ machine }) => machine);
    const [alone] = await fixes();
    assert.equal(alone!.data, "synthetic");
    assert.deepEqual([keys(alone!.from.runs), keys(alone!.to.runs)], [["base"], ["remi"]]);
    assert.deepEqual(alone!.others.map(({ label, runs }) => [label, keys(runs)]), [
      ["RR alone", ["rr"]],
    ]);
    const [vector] = await recordedComparisons("one vector", folder);
    assert.deepEqual(vector!.others.map(({ label, runs }) => [label, keys(runs)]), [
      ["REMI with K = 1", ["remi 1"]],
      ["YouTube DNN", ["dnn"]],
    ]);
  }));
