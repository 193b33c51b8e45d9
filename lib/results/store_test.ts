import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import type { Run } from "../train/run.ts";
import { appendRun, findRun, readRuns } from "./store.ts";
import { inFolder } from "../testing/in_folder.ts";

function run(key: string, stop: Run["stop"] = "early-stopping", name = "toy"): Run {
  return { key, stop, config: {}, data: { name, hash: "0" } } as Run;
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
    const path = join(folder, "toy.jsonl");
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
    const lines = [{ key, config, data }, { key, config }, { key, data }, { config, data }, null, 1]
      .map((value) => JSON.stringify(value));
    await Deno.writeTextFile(join(folder, "toy.jsonl"), `${lines.join("\n")}\n{"key":"a\n`);
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

Deno.test("the latest run of a key is found", () =>
  inFolder(async (folder) => {
    await appendRun({ ...run("a"), steps: 1 }, folder);
    await appendRun({ ...run("a"), steps: 2 }, folder);
    assert.equal((await findRun("toy", "a", folder))?.steps, 2);
    assert.equal(await findRun("toy", "b", folder), undefined);
  }));

Deno.test("processes that append at the same time lose nothing", () =>
  inFolder(async (folder) => {
    const store = new URL("./store.ts", import.meta.url).href;
    const script = (name: string) => `
      import { appendRun } from ${JSON.stringify(store)};
      for (let i = 0; i < 40; i++) {
        const padding = "x".repeat(20_000);
        const run = { key: "${name}" + i, config: {}, data: { name: "toy" }, padding };
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
  }));
