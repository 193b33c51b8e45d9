import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { synthetic } from "../data/synthetic.ts";
import { appendRun, findRun } from "../results/store.ts";
import { readHits } from "../results/user_hits.ts";
import { inFolder } from "../testing/in_folder.ts";
import { train } from "../train/trainer.ts";

async function command(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", projectPath("lib", "cli", "model.ts"), ...args],
  }).output();
  const text = new TextDecoder();
  return { code, said: text.decode(stdout), error: text.decode(stderr) };
}

Deno.test("a saved model evaluated by the command gives what was recorded", () =>
  inFolder(async (folder) => {
    const trained = await train(synthetic(), { maxSteps: 4, evaluateEvery: 2 }, { folder });
    const file = join(folder, "mine.safetensors");
    await trained.save(file);
    trained.engine.dispose();
    await Deno.mkdir(join(folder, "trec"));
    const theirs = join(folder, "trec", "synthetic.qrels");
    await Deno.writeTextFile(theirs, "0 0 7 1\n");
    const refused = await command(file, "--trec", join(folder, "trec"));
    assert.match(refused.error, /^error: .*synthetic\.qrels: already there, with another content/);
    assert.equal(await Deno.readTextFile(theirs), "0 0 7 1\n");
    await Deno.remove(theirs);
    const { code, said } = await command(file, "--trec", join(folder, "trec"));
    assert.equal(code, 0);
    const lines = async (name: string) =>
      (await Deno.readTextFile(join(folder, "trec", name))).trim().split("\n");
    const served = await lines(`${trained.run.key}.run`);
    assert.equal(served.length, 800 * 50);
    assert.match(served[0]!, new RegExp(`^0 Q0 \\d+ 1 50 ${trained.run.key}$`));
    const wanted = new Set(
      (await lines("synthetic.qrels")).map((line) => line.split(" ").toSpliced(1, 1).join(" ")),
    );
    const hits = served.filter((line) => {
      const [user, , item] = line.split(" ");
      return wanted.has(`${user} ${item} 1`);
    });
    const found = new Set(hits.map((line) => line.split(" ")[0]));
    assert.equal(found.size / 800, trained.run.test[50]!.hr);
    assert.match(said, /ComiRec-SA, K = 4, seed 1, step \d of 4, on synthetic/);
    assert.equal(said.match(/as recorded, to the bit/g)?.length, 2);
  }));

Deno.test("a run gets what its saved model serves, once", () =>
  inFolder(async (folder) => {
    const checkpoints = join(folder, "checkpoints");
    const trained = await train(synthetic(), { maxSteps: 4, evaluateEvery: 2 }, {
      folder: checkpoints,
    });
    trained.engine.dispose();
    await appendRun(trained.run, folder);
    const first = await command("--record", "--results", folder);
    assert.match(first.said, new RegExp(`^1 of 1: run ${trained.run.key} on synthetic: recorded`));
    const line = await findRun("synthetic", trained.run.key, folder);
    assert.equal((await readHits(line!, folder))!.ranks.length, 800);
    assert.equal(line!.finished, trained.run.finished);
    const again = await command("--record", "--results", folder);
    assert.match(again.said, /^Every run whose model is saved has what it serves/);
    const named = await command("--record", trained.run.key, "--results", folder);
    assert.match(named.said, /recorded already/);
  }));

Deno.test("a sample of valid users is evaluated again; one bad model stops no other", () =>
  inFolder(async (folder) => {
    const checkpoints = join(folder, "checkpoints");
    const keys: string[] = [];
    for (const seed of [1, 2]) {
      const config = { maxSteps: 4, evaluateEvery: 2, validationUsers: 50, seed };
      const trained = await train(synthetic(), config, { folder: checkpoints });
      trained.engine.dispose();
      await appendRun(trained.run, folder);
      keys.push(trained.run.key);
    }
    const { said } = await command(keys[0]!, "--results", folder);
    assert.match(said, /^a sample of 50 valid users, %: .*\(as recorded, to the bit\)$/m);
    assert.equal(said.match(/as recorded, to the bit/g)?.length, 2);
    await Deno.truncate(join(checkpoints, `${keys[0]}.safetensors`), 1000);
    const both = await command("--record", "--results", folder);
    assert.equal(both.code, 1);
    assert.match(both.said, new RegExp(`^2 of 2: run ${keys[1]} on synthetic: recorded`, "m"));
    assert.match(both.error, new RegExp(`^1 of 2 are not recorded: ${keys[0]}$`, "m"));
  }));

Deno.test("a model that is not there is one plain message", async () => {
  const { code, error } = await command("0123456789abcdef");
  assert.equal(code, 1);
  assert.match(error, /^error: .*0123456789abcdef\.safetensors: no saved model/);
  assert.doesNotMatch(error, /\n\s+at /);
});
