import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { projectPath, projectRoot } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { appendRun, findRun, latestOfKeys, readRuns } from "../results/store.ts";
import { questions } from "../results/questions.ts";
import { study } from "../results/study.ts";
import { exampleRuns, recordable } from "../testing/example_runs.ts";
import { inFolder } from "../testing/in_folder.ts";
import { resolveConfig, type TrainConfig } from "../train/config.ts";
import type { Run } from "../train/run.ts";
import { runKey } from "../train/run_key.ts";

/** What `deno task results` says when it is called in a folder. */
async function results(folder: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", projectPath("lib", "cli", "results.ts"), ...args],
    cwd: projectRoot,
    env: { NO_COLOR: "1", INIT_CWD: folder },
  }).output();
  return [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
}

Deno.test("folders of results count from where the command is called", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(join(folder, "theirs", "runs"), { recursive: true });
    const said = await results(folder, ["merge", "theirs", "--results", "mine"]);
    assert.ok(said.includes(`no runs to bring in: "${join(folder, "theirs")}"`), said);
    const listed = await results(folder, ["--results", "mine"]);
    assert.ok(listed.includes(`recorded in ${join(folder, "mine")}`), listed);
  }));

Deno.test("the recorded runs are a file that other tools read, by its ending", () =>
  inFolder(async (folder) => {
    const recorded = projectPath("results");
    const { runs } = await readRuns(recorded);
    const count = latestOfKeys(runs).length;
    for (const ending of ["csv", "parquet"]) {
      const args = ["--csv", `runs.${ending}`, "--results", recorded];
      assert.match(await results(folder, args), new RegExp(`^${count} runs written to .*runs`));
    }
    const [head, ...lines] = (await Deno.readTextFile(join(folder, "runs.csv"))).split("\n");
    assert.match(head!, /^run,data,method,K,S,beta,lambda,softmax,.*R@20,.*,left out$/);
    assert.equal(lines.length, count + 1);
    const { buffer } = await Deno.readFile(join(folder, "runs.parquet"));
    const rows = await parquetReadObjects({ file: buffer as ArrayBuffer });
    assert.deepEqual(Object.keys(rows[0]!), head!.split(","));
    const [first] = latestOfKeys(runs);
    assert.equal(rows[0]!.run, first!.key);
    assert.equal(rows[0]!["R@50"], 100 * first!.test[50]!.recall);
    assert.match(await results(folder, ["--csv", "runs.txt"]), /neither \.csv nor \.parquet/);
    assert.match(await results(folder, ["--csv", "a.csv", "--results", "."]), /no runs to write/);
    for (const ending of ["csv", "parquet"]) {
      const again = ["--csv", `runs.${ending}`, "--results", recorded];
      assert.match(await results(folder, again), /runs written to/); // an earlier table of runs
      const other = join(folder, `mine.${ending}`);
      await Deno.writeTextFile(other, "user,item,time\n1,2,3\n");
      const refused = await results(folder, ["--csv", `mine.${ending}`, "--results", recorded]);
      assert.match(refused, /mine\.\w+: already there, and no table of runs\. Name another file/);
      assert.equal(await Deno.readTextFile(other), "user,item,time\n1,2,3\n");
    }
    const listed = await results(folder, ["--results", "."]);
    assert.match(listed, /^no runs are recorded in /);
  }));

Deno.test("a folder that is refused keeps no other from being brought in", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(join(folder, "1", "runs"), { recursive: true }); // a task that recorded none
    for (const task of ["2", "3"]) await Deno.mkdir(join(folder, task));
    const [one, other] = exampleRuns;
    await appendRun(one!, join(folder, "2"));
    await appendRun(other!, join(folder, "3"));
    for await (const { name } of Deno.readDir(join(folder, "2", "curves"))) {
      await Deno.writeTextFile(join(folder, "2", "curves", name), "cut");
    }
    const said = await results(folder, ["merge", "1", "2", "3", "--results", "all"]);
    assert.match(said, /3: runs added: 1, here already: 0/);
    assert.match(said, /1: nothing of it is brought in\. .*no runs to bring in/);
    assert.match(said, /2: nothing of it is brought in\. .*curves/);
    assert.match(said, /2 of 3 folders not brought in/);
    assert.equal((await readRuns(join(folder, "all"))).runs.length, 1);
  }));

Deno.test("the file says of every run whether something published is made of it", () =>
  inFolder(async (folder) => {
    const { hash } = study("synthetic");
    const of = (machine: string, config: TrainConfig, name = "synthetic") => {
      const resolved = resolveConfig({ ...study("synthetic").settings, ...config });
      const data = { name, hash: name === "synthetic" ? hash : "own" };
      return recordable({ key: runKey(resolved, data), machine, config: resolved, data });
    };
    const asked = questions["tuned"]!.points.find(({ data, config }) =>
      data === "synthetic" && config.learningRate === 3e-4
    )!;
    const runs = {
      "": of("of the study", {}),
      " ": of("of a question", asked.config),
      "d 32": of("a stranger", { d: 32 }),
      "a data set without a study": of("own data", {}, "my-clicks"),
    };
    for (const run of Object.values(runs)) await appendRun(run, join(folder, "mine"));
    const named = { ...runs[""], data: { name: "the-same-data", hash } }; // which hides no other
    await appendRun({ ...named, finished: "2999-01-01T00:00:00.000Z" }, join(folder, "mine"));
    await results(folder, ["--csv", "runs.csv", "--results", "mine"]);
    const lines = (await Deno.readTextFile(join(folder, "runs.csv"))).split("\n").slice(1);
    for (const [why, { key }] of Object.entries(runs)) {
      const line = lines.find((line) => line.startsWith(`${key},`))!;
      assert.equal(line.split(",").at(-1), why.trim(), key);
    }
  }));

Deno.test("a merge of nothing, and what is no thing to do, are told", () =>
  inFolder(async (folder) => {
    assert.match(await results(folder, ["merge"]), /results merge: no folder is named/);
    assert.match(await results(folder, ["merg", "x"]), /not a thing to do, did you mean merge/);
  }));

Deno.test("three folders with an overlap and a conflict come together: told, nothing lost", () =>
  inFolder(async (folder) => {
    const [first, second, third] = exampleRuns as readonly [Run, Run, Run];
    const other = { ...third, finished: "2999-01-01", steps: third.steps + 1 };
    const parts = { "1": [first, second], "2": [second, third], "3": [other] };
    for (const [task, runs] of Object.entries(parts)) {
      for (const run of runs) await appendRun(run, join(folder, task));
    }
    const said = await results(folder, ["merge", ...Object.keys(parts), "--results", "all"]);
    const [one, two, three, conflict] = said.trim().split("\n");
    assert.equal(one, `${join(folder, "1")}: runs added: 2, here already: 0`, said);
    assert.equal(two, `${join(folder, "2")}: runs added: 1, here already: 1`, said);
    assert.equal(three, `${join(folder, "3")}: runs added: 0, here already: 0`, said);
    assert.match(conflict!, new RegExp(`run ${third.key} on .*: trained twice, to numbers that`));
    assert.match(conflict!, /Both are kept; what counts is the new one/);
    const all = join(folder, "all");
    const keys = (await readRuns(all)).runs.map(({ key }) => key);
    assert.deepEqual(keys, [first.key, second.key, third.key, third.key]);
    assert.equal((await findRun(third.data.name, third.key, all))?.steps, other.steps);
    for (const [task, runs] of Object.entries(parts)) {
      assert.equal((await readRuns(join(folder, task))).runs.length, runs.length);
    }
  }));
