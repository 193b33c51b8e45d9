import assert from "node:assert/strict";
import type { Run } from "../train/run.ts";
import { appendRun } from "../results/store.ts";
import { study } from "../results/studies.ts";
import { inFolder } from "../testing/in_folder.ts";
import { recordedComparisons } from "./comparisons.ts";

const { settings } = study("synthetic");
const [ihn, rr] = [{ beta: 1 }, { lambda: 100, scaling: "code" }];

function run(key: string, objective: object, other: object = {}): Run {
  return {
    key,
    seed: 1,
    config: { ...settings, objective: { softmax: "sampled", ...objective }, ...other },
    data: { name: "synthetic", hash: "made-up" },
  } as unknown as Run;
}

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
    const keys = (runs: readonly Run[]) => runs.map(({ key }) => key);
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
