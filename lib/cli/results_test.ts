import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { projectPath, projectRoot } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { latestOfKeys, readRuns } from "../results/store.ts";
import { inFolder } from "../testing/in_folder.ts";

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
  }));

Deno.test("a merge of nothing, and what is no thing to do, are told", () =>
  inFolder(async (folder) => {
    assert.match(await results(folder, ["merge"]), /results merge: which folders\?/);
    assert.match(await results(folder, ["merg", "x"]), /not a thing to do, did you mean merge/);
  }));
