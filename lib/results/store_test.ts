import assert from "node:assert/strict";
import { exists, projectPath, sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { exampleRuns, recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { testPublished } from "../testing/test_published.ts";
import type { CurvePoint, Run } from "../train/run.ts";
import { decodeCurve } from "./curves.ts";
import { withCurves } from "./recorded.ts";
import { appendRun, findRun, readRuns, saysAsMuch, type StoredRun } from "./store.ts";
import { inSmallDisk, whyNoDisk } from "../testing/small_disk.ts";

function run(key: string, stop: Run["stop"] = "early-stopping", name = "toy"): Run {
  return recordable({ key, stop, data: { name, hash: "0" } });
}

/** A curve as float32 holds it. */
function rounded(curve: readonly CurvePoint[]): unknown {
  return JSON.parse(
    JSON.stringify(curve, (_, value) => typeof value === "number" ? Math.fround(value) : value),
  );
}

/** What is warned of while something is done. */
async function warnings(act: () => Promise<void>): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => said.push(line);
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return said;
}

Deno.test("runs come back in the order they were appended, by data set", () =>
  inFolder(async (folder) => {
    await appendRun(run("b"), folder);
    await appendRun(run("a"), folder);
    await appendRun(run("c", "max-steps", "another"), folder);
    const { runs, damaged } = await readRuns(folder);
    assert.deepEqual(runs.map(({ key }) => key), ["c", "b", "a"]);
    assert.deepEqual(damaged, []);
    const ofOne = await readRuns(folder, "toy");
    assert.deepEqual(ofOne.runs.map(({ key }) => key), ["b", "a"]);
    assert.equal((await findRun("another", "c", folder))?.key, "c");
    assert.equal(await findRun("toy", "c", folder), undefined);
  }));

Deno.test("a run says as much as one of the same results by the same code, committed or not", () =>
  inFolder(async (folder) => {
    const { curve } = exampleRuns[0]!;
    const code = "0.1.0 1234567+changes";
    const first: Run = { ...run("a"), curve, code, fingerprint: "f" };
    await appendRun(first, folder);
    const line = (await findRun("toy", "a", folder))!;
    assert.equal(saysAsMuch(line, first), false); // it lacks what its model serves
    const known: StoredRun = { ...line, users: "0".repeat(64) };
    assert.equal(saysAsMuch(known, first), true);
    assert.equal(saysAsMuch({ ...known, code: "0.1.0 7654321" }, first), true);
    assert.equal(saysAsMuch(known, { ...first, code: "0.1.0 1234567" }), false);
    assert.equal(saysAsMuch(known, { ...first, fingerprint: "g" }), false);
    const better = { ...first.test, 50: { ...first.test[50]!, recall: 0.9 } };
    assert.equal(saysAsMuch(known, { ...first, test: better }), false);
    assert.equal(saysAsMuch(known, { ...first, curve: curve.slice(1) }), false);
  }));

Deno.test("no folder means no runs", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await readRuns(join(folder, "missing")), { runs: [], damaged: [] });
  }));

Deno.test("a file in the place of the folder of runs is refused", () =>
  inFolder(async (folder) => {
    const file = join(folder, "runs");
    await Deno.writeTextFile(file, "");
    await assert.rejects(() => readRuns(file), /runs: cannot be read: a file is in the place of a/);
  }));

Deno.test("a cut last line is left out silently, and not glued to the next run", () =>
  inFolder(async (folder) => {
    await appendRun(run("a"), folder);
    const path = join(folder, "runs", "toy.jsonl");
    await Deno.writeTextFile(path, '{"key":"cut of', { append: true });
    const said = await warnings(async () => {
      const { runs, damaged } = await readRuns(folder);
      assert.deepEqual([runs.map(({ key }) => key), damaged], [["a"], []]);
    });
    assert.deepEqual(said, []);
    await appendRun(run("b"), folder);
    await warnings(async () => {
      const { runs, damaged } = await readRuns(folder);
      assert.deepEqual(runs.map(({ key }) => key), ["a", "b"]);
      assert.deepEqual(damaged, ["toy.jsonl:2 (not JSON, or cut off)"]);
    });
  }));

/** What is wrong with a line, and how it is told. */
const damages: readonly (readonly [(run: StoredRun) => unknown, RegExp])[] = [
  [({ key: _, ...run }) => run, /key is missing/],
  [({ config: _, ...run }) => run, /config is missing/],
  [({ data: _, ...run }) => run, /data is missing/],
  [({ test: _, ...run }) => run, /test is missing/],
  [(run) => ({ ...run, test: { 20: run.test[20] } }), /test\.50 is missing/],
  [(run) => ({ ...run, test: withRecall(run, null) }), /test\.50\.recall is null/],
  [(run) => ({ ...run, test: withRecall(run, 12) }), /test\.50\.recall is 12: .*<=1/],
  [(run) => ({ ...run, valid: withRecall(run, -0.1) }), /valid\.50\.recall is -0\.1/],
  [(run) => ({ ...run, valid: withRecall(run, "0.2") }), /valid\.50\.recall is "0\.2"/],
  [(run) => ({ ...run, steps: 1e9 }), /steps is 1000000000/],
  [(run) => ({ ...run, steps: 1_000_001, bestStep: 1 }), /steps .*more than the 1000000 allowed/],
  [(run) => ({ ...run, steps: 2.5 }), /steps is 2\.5/],
  [(run) => ({ ...run, bestStep: run.steps + 1 }), /bestStep .*after the last step/],
  [(run) => ({ ...run, measures: { shares: null } }), /measures\.shares is null/],
  [(run) => ({ ...run, wallSeconds: -1 }), /wallSeconds is -1/],
  [(run) => ({ ...run, seed: 7 }), /seed is 7: not the 1 of its configuration/],
  [(run) => ({ ...run, curve: [{ step: 1 }] }), /curve/],
  [(run) => ({ ...run, finished: "yesterday" }), /finished is "yesterday"/],
  [() => null, /expected object/],
  [() => 1, /expected object/],
  [() => [], /expected object/],
];

function withRecall(run: StoredRun, recall: unknown): unknown {
  return { ...run.test, 50: { ...run.test[50], recall } };
}

Deno.test("damaged lines are left out with one warning a file that names line, key and value", () =>
  inFolder(async (folder) => {
    const good = run("a");
    await Deno.mkdir(join(folder, "runs"));
    for (const [i, [damage, told]] of damages.entries()) {
      const path = join(folder, "runs", `toy${i}.jsonl`);
      const lines = [good, damage(good), { ...good, key: "b" }].map((one) => JSON.stringify(one));
      await Deno.writeTextFile(path, `${lines.join("\n")}\n`);
      const said = await warnings(async () => {
        for (let times = 0; times < 2; times++) {
          const { runs, damaged } = await readRuns(folder, `toy${i}`);
          assert.deepEqual(runs.map(({ key }) => key), ["a", "b"]);
          assert.deepEqual(runs[0], { ...good, recorded: true });
          assert.equal(damaged.length, 1);
          assert.match(damaged[0]!, new RegExp(`^toy${i}\\.jsonl:2 \\(.*${told.source}.*\\)$`));
        }
      });
      assert.equal(said.length, 1);
      assert.ok(said[0]!.includes(folder));
      assert.match(said[0]!, /left out: toy\d+\.jsonl:2 .*Restore them, or delete/);
    }
  }));

Deno.test("a last line that is whole but wrong is told, unlike one that is being written", () =>
  inFolder(async (folder) => {
    await appendRun(run("a"), folder);
    const line = JSON.stringify({ ...run("b"), steps: -1 });
    await Deno.writeTextFile(join(folder, "runs", "toy.jsonl"), line, { append: true });
    await warnings(async () => {
      assert.match((await readRuns(folder)).damaged.join(), /^toy\.jsonl:2 \(steps is -1: /);
    });
  }));

await testPublished("every recorded run is what a run has to be", ["results/runs"], async () => {
  const { runs, damaged } = await readRuns(projectPath("results"));
  assert.deepEqual(damaged, []);
  assert.ok(runs.length >= 283, `${runs.length}`);
});

Deno.test("the latest run of a key is found, whatever the order of the lines", () =>
  inFolder(async (folder) => {
    await appendRun(
      { ...run("a"), steps: 1, bestStep: 1, finished: "2026-11-24T11:00:00.000Z" },
      folder,
    );
    await appendRun(
      { ...run("a"), steps: 2, bestStep: 2, finished: "2026-11-25T11:00:00.000Z" },
      folder,
    );
    await appendRun(
      { ...run("a"), steps: 3, bestStep: 3, finished: "2026-11-24T12:00:00.000Z" },
      folder,
    );
    assert.equal((await findRun("toy", "a", folder))?.steps, 2);
    assert.equal(await findRun("toy", "b", folder), undefined);
  }));

Deno.test("a line holds no curve but its hash, and the file has the key's name", () =>
  inFolder(async (folder) => {
    const [{ curve, ...others }] = exampleRuns as readonly [Run];
    await appendRun({ ...others, curve }, folder);
    const { runs: [stored] } = await readRuns(folder);
    const bytes = await Deno.readFile(join(folder, "curves", `${others.key}.parquet`));
    assert.deepEqual(stored, { ...others, curve: sha256(bytes) });
    assert.deepEqual((await withCurves([stored!], folder))[0]!.curve, rounded(curve));
  }));

Deno.test("an empty curve, and one that a line of an older version holds, need no file", () =>
  inFolder(async (folder) => {
    const [{ curve, ...others }] = exampleRuns as readonly [Run];
    await appendRun({ ...others, key: "empty", curve: [] }, folder);
    const line = JSON.stringify({ ...others, curve });
    await Deno.writeTextFile(join(folder, "runs", `${others.data.name}.jsonl`), `${line}\n`, {
      append: true,
    });
    const runs = await withCurves((await readRuns(folder)).runs, folder);
    assert.deepEqual(runs.map((run) => run.curve), [[], curve]);
    assert.equal(await exists(join(folder, "curves")), false);
  }));

Deno.test("of two runs of a key the later one has the key's file, and both keep their curve", () =>
  inFolder(async (folder) => {
    const [first] = exampleRuns as readonly [Run];
    const later = (finished: string, points: number): Run => ({
      ...first,
      finished,
      curve: first.curve.slice(0, points),
    });
    const written = [later("2026-01-02", 10), later("2026-01-03", 20), later("2026-01-01", 5)];
    for (const run of written) await appendRun(run, folder);
    const { runs } = await readRuns(folder);
    const lengths = (await withCurves(runs, folder)).map(({ curve }) => curve.length);
    assert.deepEqual(lengths, [10, 20, 5]);
    const bytes = await Deno.readFile(join(folder, "curves", `${first.key}.parquet`));
    assert.equal((await decodeCurve(bytes, "it")).length, 20);
    assert.equal([...Deno.readDirSync(join(folder, "curves"))].length, 3);
  }));

Deno.test("processes that append at the same time lose nothing", () =>
  inFolder(async (folder) => {
    const store = new URL("./store.ts", import.meta.url).href;
    const examples = new URL("../testing/example_runs.ts", import.meta.url).href;
    const script = (name: string) => `
      import { appendRun } from ${JSON.stringify(store)};
      import { recordable } from ${JSON.stringify(examples)};
      for (let i = 0; i < 40; i++) {
        const padding = "x".repeat(20_000);
        const curve = [{ step: i, loss: 1, softmaxLoss: 1, routingPenalty: 0, valid: {} }];
        const data = { name: "toy", hash: "0" };
        const run = { ...recordable({ key: "${name}" + i, data, curve }), padding };
        await appendRun(run, ${JSON.stringify(folder)});
      }`;
    const processes = ["a", "b", "c"].map((name) =>
      new Deno.Command(Deno.execPath(), { args: ["eval", "--no-check", script(name)] }).output()
    );
    for (const { success, stderr } of await Promise.all(processes)) {
      assert.ok(success, new TextDecoder().decode(stderr));
    }
    const { runs, damaged } = await readRuns(folder);
    assert.deepEqual(damaged, []);
    assert.equal(new Set(runs.map(({ key }) => key)).size, 120);
    assert.equal((await withCurves(runs, folder)).length, 120);
  }));

Deno.test({
  name: `a line that does not fit on the disk is cut off again${whyNoDisk}`,
  ignore: whyNoDisk !== "",
  fn: () =>
    inSmallDisk("64k", async (folder) => {
      await appendRun(run("a"), folder);
      const long = { ...run("b"), machine: "m".repeat(100_000) };
      await assert.rejects(appendRun(long, folder), /toy\.jsonl: cannot be written: disk full/);
      const text = await Deno.readTextFile(join(folder, "runs", "toy.jsonl"));
      assert.deepEqual(text.split("\n").map((line) => line.slice(0, 10)), ['{"key":"a"', ""]);
      await appendRun(run("c"), folder);
      const { runs, damaged } = await readRuns(folder);
      assert.deepEqual([runs.map(({ key }) => key), damaged], [["a", "c"], []]);
    }),
});
