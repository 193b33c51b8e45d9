import assert from "node:assert/strict";
import { exists, sha256 } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { exampleRuns } from "../testing/example_runs.ts";
import { resolveConfig } from "../train/config.ts";
import { inFolder } from "../testing/in_folder.ts";
import type { CurvePoint, Run } from "../train/run.ts";
import { decodeCurve } from "./curves.ts";
import { withCurves } from "./recorded.ts";
import { appendRun, findRun, readRuns } from "./store.ts";

function run(key: string, stop: Run["stop"] = "early-stopping", name = "toy"): Run {
  return { key, stop, config: resolveConfig({}), data: { name, hash: "0" } } as Run;
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

Deno.test("no folder means no runs", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await readRuns(join(folder, "missing")), { runs: [], damaged: [] });
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
      assert.deepEqual(damaged, ["toy.jsonl:2"]);
    });
  }));

Deno.test("damaged lines are left out with one warning a file that names them", () =>
  inFolder(async (folder) => {
    const { key, config, data } = run("a");
    await Deno.mkdir(join(folder, "runs"));
    const lines = [{ key, config, data }, { key, config }, { key, data }, { config, data }, null, 1]
      .map((value) => JSON.stringify(value));
    await Deno.writeTextFile(join(folder, "runs", "toy.jsonl"), `${lines.join("\n")}\n{"key":"a\n`);
    const said = await warnings(async () => {
      for (let times = 0; times < 2; times++) {
        const { runs, damaged } = await readRuns(folder);
        assert.deepEqual(runs, [{ key, config, data, recorded: true }]);
        assert.deepEqual(damaged, [2, 3, 4, 5, 6, 7].map((line) => `toy.jsonl:${line}`));
      }
    });
    assert.equal(said.length, 1);
    assert.ok(said[0]!.includes(folder));
    assert.match(said[0]!, /left out: toy\.jsonl:2, .*toy\.jsonl:7\. Restore them, or delete/);
  }));

Deno.test("the latest run of a key is found, whatever the order of the lines", () =>
  inFolder(async (folder) => {
    await appendRun({ ...run("a"), steps: 1, finished: "2026-11-24T11:00:00.000Z" }, folder);
    await appendRun({ ...run("a"), steps: 2, finished: "2026-11-25T11:00:00.000Z" }, folder);
    await appendRun({ ...run("a"), steps: 3, finished: "2026-11-24T12:00:00.000Z" }, folder);
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
    assert.equal((await decodeCurve(bytes)).length, 20);
    assert.equal([...Deno.readDirSync(join(folder, "curves"))].length, 3);
  }));

Deno.test("processes that append at the same time lose nothing", () =>
  inFolder(async (folder) => {
    const store = new URL("./store.ts", import.meta.url).href;
    const script = (name: string) => `
      import { appendRun } from ${JSON.stringify(store)};
      for (let i = 0; i < 40; i++) {
        const padding = "x".repeat(20_000);
        const curve = [{ step: i, loss: 1, softmaxLoss: 1, routingPenalty: 0, valid: {} }];
        const run = { key: "${name}" + i, config: {}, data: { name: "toy" }, padding, curve };
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
