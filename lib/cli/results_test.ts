import assert from "node:assert/strict";
import { projectPath, projectRoot } from "../base/files.ts";
import { join } from "../base/paths.ts";
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

Deno.test("a merge of nothing, and what is no thing to do, are told", () =>
  inFolder(async (folder) => {
    assert.match(await results(folder, ["merge"]), /results merge: which folders\?/);
    assert.match(await results(folder, ["merg", "x"]), /not a thing to do, did you mean merge/);
  }));
