import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { inFolder } from "../testing/in_folder.ts";

async function command(name: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", projectPath("lib", "cli", `${name}.ts`), ...args],
  }).output();
  const text = new TextDecoder();
  return { code, said: text.decode(stdout), error: text.decode(stderr) };
}

const table = projectPath("data", "examples", "town-library.csv");
const own = ["--from", table, "--user", "reader", "--item", "title", "--time", "borrowed"];
const tiny = ["--d", "16", "--S", "40", "--B", "32", "--max-steps", "10", "--evaluate-every", "10"];

Deno.test("a training of the same data under another name is neither tuned nor trained again", () =>
  inFolder(async (folder) => {
    const results = ["--results", join(folder, "my results")];
    const first = await command("train", ...own, "--name", "before", ...tiny, ...results);
    const [, key] = first.said.match(/recorded as run (\w+)/)!;
    const tuned = await command("tune", ...own, ...tiny, ...results, "--trainings", "1");
    assert.equal(tuned.code, 0, tuned.error);
    assert.doesNotMatch(tuned.said, /^begun/m);
    assert.match(tuned.said, new RegExp(`which is run ${key}, trained already`));
    assert.match(tuned.said, / {2}deno task train .* --results '.*my results'\n/);
    const again = await command("train", ...own, "--name", "after", ...tiny, ...results);
    assert.match(again.said, new RegExp(` on before, seed 1\nrun ${key} is recorded already`));
    assert.match(again.said, /--again trains and records it as after too\.\n$/);
    const asked = await command("train", ...own, "--name", "after", ...tiny, ...results, "--again");
    assert.match(asked.said, new RegExp(`recorded as run ${key} in .*after\\.jsonl`));
  }));

Deno.test("where every training fails a tuning ends with that", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "checkpoints"), "a file in the place of the folder");
    const options = ["--results", folder, "--processes", "4"];
    const { code, said, error } = await command("tune", ...own, ...tiny, ...options);
    assert.equal(code, 1);
    assert.equal(said.match(/^NOT DONE .*a file is in the place of a folder/gm)?.length, 4, said);
    assert.match(said, /\nEvery training failed, for the reasons above: nothing is chosen\.\n$/);
    assert.equal(error, "");
  }));

Deno.test("what a tuning cannot tune it says before the first training", async () => {
  const full = await command("tune", ...own, "--softmax", "full", "--S", "40");
  assert.deepEqual([full.code, full.said], [2, ""]);
  assert.match(full.error, /--S does nothing beside --softmax/);
  const popular = await command("tune", ...own, "--model", "popularity");
  assert.deepEqual([popular.code, popular.said], [1, ""]);
  assert.match(popular.error, /^error: .*there is nothing to tune: "popularity"/);
  const umi = await command("tune", ...own, "--model", "umi");
  assert.deepEqual([umi.code, umi.said], [1, ""]);
  assert.match(umi.error, /^error: .*for model umi: it has no profiles of its users/);
  const large = await command("tune", ...own, "--S", "2000000000");
  assert.deepEqual([large.code, large.said], [1, ""]);
  assert.match(large.error, /^error: .*memory/);
});
