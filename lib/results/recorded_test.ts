import assert from "node:assert/strict";
import { inFolder } from "../testing/in_folder.ts";
import { exampleRuns, recordable } from "../testing/example_runs.ts";
import { resolveConfig } from "../train/config.ts";
import { runFilePath } from "./run_files.ts";
import { noneRecorded, recordedLines, recordedRuns } from "./recorded.ts";
import { recordedKeys, type Run } from "../train/run.ts";
import { appendRun } from "./store.ts";

function run(key: string, seed: number, objective: object, steps = 1): Run {
  const config = { ...resolveConfig({ K: 4, seed }), objective } as Run["config"];
  return recordable({ key, steps, config, data: { name: "toy", hash: "0" } });
}

Deno.test("runs are picked by data and configuration, the latest of a key, by seed", () =>
  inFolder(async (folder) => {
    const rr = { rr: { lambda: 100, scaling: "code" } };
    for (const one of [run("b", 2, rr), run("a", 1, rr, 1), run("a", 1, rr, 7), run("c", 1, {})]) {
      await appendRun(one, folder);
    }
    const picked = await recordedRuns("toy", { objective: { rr: { lambda: 100 } } }, folder);
    assert.deepEqual(picked.map(({ key, steps }) => [key, steps]), [["a", 7], ["b", 1]]);
    assert.deepEqual(recordedKeys(picked), ["a", "b"]);
    const plain = await recordedRuns("toy", { objective: { rr: undefined } }, folder);
    assert.deepEqual(plain.map(({ key }) => key), ["c"]);
    await assert.rejects(() => recordedRuns("toy", { K: 5 }, folder), /no recorded run fits/);
    await assert.rejects(() => recordedRuns("another", {}, folder), /no recorded run fits/);
  }));

Deno.test("a run whose curve is damaged is an error, not one that is not recorded", () =>
  inFolder(async (folder) => {
    const [one] = exampleRuns as readonly [Run];
    await appendRun(one, folder);
    await Deno.writeTextFile(runFilePath("curves", one.key, folder), "damaged");
    const read = () => recordedRuns(one.data.name, {}, folder).catch(noneRecorded);
    await assert.rejects(read, /not the curve of this run/);
    assert.equal((await recordedLines(one.data.name, {}, folder)).length, 1);
    assert.deepEqual(await recordedRuns("another", {}, folder).catch(noneRecorded), []);
  }));
