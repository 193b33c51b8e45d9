import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { data } from "../data/load.ts";
import { synthetic } from "../data/synthetic.ts";
import { manifestEntry } from "../data/manifest.ts";
import { appendRun } from "../results/store.ts";
import type { Run } from "../train/run.ts";
import { recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { configFromOptions, configOptions } from "../train/arguments.ts";
import { resolveConfig } from "../train/config.ts";
import { runKey } from "../train/run_key.ts";
import { planOf, plans } from "./plans.ts";
import { runPoints } from "./run_points.ts";
import { progressOf, shardOf, type Todo } from "./todo.ts";
import { answersTo } from "../results/answers.ts";

const two = [2, 1].flatMap((seed) =>
  [640, 10].map((S) => ({ data: "synthetic", config: { maxSteps: 30, S, seed } }))
);

async function runOf(config: Parameters<typeof resolveConfig>[0]): Promise<Run> {
  const resolved = resolveConfig(config);
  const dataset = await data("synthetic");
  const { name, hash } = dataset;
  return recordable({
    key: runKey(resolved, dataset),
    config: resolved,
    data: { name, hash },
    stop: "max-steps",
    steps: 30,
    wallSeconds: 1,
    measures: { "effective-items": 1 },
  });
}

Deno.test("every planned training can be trained, and its options say the same", async () => {
  for (const plan of Object.values(plans)) {
    for (const { data, config } of plan.points) {
      const resolved = resolveConfig(config);
      const { historyLength } = await manifestEntry(data);
      assert.ok(resolved.L === historyLength || plan === plans["rest"]); // which varies it
      assert.ok(resolved.objective.ihn?.beta !== 0, "beta 0 is said by leaving IHN out");
    }
  }
  assert.throws(() => planOf("everything"), /unknown plan: "everything"\. Known: synthetic/);
});

Deno.test("what is left comes by seed, then cost; a point asked for twice is one", async () => {
  await inFolder(async (folder) => {
    const { total, todo } = await progressOf([...two, ...two], { folder });
    assert.equal(total, 4);
    assert.deepEqual(todo.map(({ config: { seed, S } }) => [seed, S]), [
      [1, 10],
      [1, 640],
      [2, 10],
      [2, 640],
    ]);
    for (const { config, options } of todo) {
      const { values } = parseArgs({
        args: [...options],
        options: { data: { type: "string" }, ...configOptions },
      });
      assert.equal(values.data, "synthetic");
      assert.deepEqual(resolveConfig(configFromOptions(values, 20)), config);
    }
  });
});

Deno.test("a recorded training is done; one without measures is trained again", async () => {
  await inFolder(async (folder) => {
    await appendRun(await runOf(two[0]!.config), folder);
    const { measures: _, ...without } = await runOf(two[1]!.config);
    await appendRun(without as Run, folder);
    const { total, todo } = await progressOf(two, { folder });
    assert.equal(total, 4);
    assert.deepEqual(todo.map(({ key, options }) => [key, options.includes("--again")]), [
      [todo[0]!.key, false],
      [todo[1]!.key, false],
      [without.key, true],
    ]);
    await appendRun({ ...await runOf(two[2]!.config), code: "0.1.0 abc1234+changes" }, folder);
    assert.equal((await progressOf(two, { folder })).todo.length, 2);
    assert.equal((await progressOf(two, { folder, uncommitted: true })).todo.length, 3);
  });
});

Deno.test("a training under another name of the data is left to do, once more", async () => {
  await inFolder(async (folder) => {
    const run = await runOf(two[0]!.config);
    await appendRun({ ...run, data: { ...run.data, name: "mine" } }, folder);
    const left = async () => {
      const { todo } = await progressOf(two, { folder });
      return todo.filter(({ key }) => key === run.key).map(({ options }) => options.at(-1));
    };
    assert.deepEqual(await left(), ["--again"]);
    await appendRun(run, folder);
    assert.deepEqual(await left(), []);
  });
});

Deno.test("shards part the plan, and go on with what they began", async () => {
  const points = planOf("synthetic").points;
  const shards = ["1/3", "2/3", "3/3"];
  const keysOf = (todo: readonly Todo[], shard: string) =>
    shardOf(todo, shard).map(({ key }) => key).sort();
  await inFolder(async (folder) => {
    const { total, todo } = await progressOf(points, { folder });
    const before = shards.map((shard) => keysOf(todo, shard));
    assert.deepEqual(before.flat().sort(), todo.map(({ key }) => key).sort());
    assert.ok(before.every((keys) => Math.abs(keys.length - total / 3) < 1));
    // a training that takes long: what is recorded changes the estimates, and so the order
    const { config, key } = shardOf(todo, "1/3").at(-1)!;
    const slow = { ...await runOf(config), stop: "early-stopping", wallSeconds: 1e4 } as const;
    await appendRun(slow, folder);
    const left = (await progressOf(points, { folder })).todo;
    assert.deepEqual(shards.map((shard) => keysOf(left, shard)), [
      before[0]!.filter((one) => one !== key),
      before[1],
      before[2],
    ]);
  });
  for (const wrong of ["0/3", "4/3", "3", "a/b"]) {
    assert.throws(() => shardOf([], wrong), /--shard: not a part of a whole.*Write for example/);
  }
});

Deno.test("a sweep tells how each training ended, and begins none after a stop", async () => {
  const { todo: [one] } = await progressOf(two.slice(0, 1));
  const stop = new AbortController();
  const said: string[] = [];
  await runPoints([{ ...one!, options: ["--no-such-option"] }, one!], {
    processes: 1,
    signal: stop.signal,
    onStart: () => said.push("begun"),
    onEnd: ({ success, said: last }) => {
      said.push(`${success} ${last}`);
      stop.abort();
    },
  });
  assert.deepEqual(said, ["begun", "false unknown option: --no-such-option"]);
});

Deno.test("what is recorded is known without the data: a list says what a table says", async () => {
  const { total, todo } = await progressOf(planOf("main").points, { onlyListed: true });
  const answers = await answersTo("main");
  const lacking = answers.filter(({ run }) => !run?.measures).map(({ key }) => key);
  assert.equal(total, answers.length);
  assert.deepEqual(todo.map(({ key }) => key).sort(), lacking.sort());
});

Deno.test("what a reader's own data cannot have is left out and told, the rest is planned", () =>
  inFolder(async (folder) => {
    const whole = synthetic({ users: 120, interests: 10, itemsPerInterest: 30 });
    const { profiles: _, profilesHash: __, ...dataset } = whole;
    const own = { dataset, historyLength: 20, options: ["--from", "clicks.csv"] };
    const { total, todo, impossible } = await progressOf(
      ["umi", "comirec-sa"].map((model) => ({ data: "synthetic", config: { model } })),
      { folder, own },
    );
    assert.deepEqual([total, todo.map(({ config }) => config.model)], [1, ["comirec-sa"]]);
    const [{ options, why }] = impossible as [typeof impossible[number]];
    assert.deepEqual(options, ["--from", "clicks.csv", "--model", "umi", "--seed", "1"]);
    assert.match(why.message, /it has no profiles of its users, which the model reads/);
  }));
