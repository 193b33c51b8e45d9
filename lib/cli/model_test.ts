import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { synthetic } from "../data/synthetic.ts";
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
    const { code, said } = await command(file);
    assert.equal(code, 0);
    assert.match(said, /ComiRec-SA, K = 4, seed 1, step \d of 4, on synthetic/);
    assert.equal(said.match(/as recorded, to the bit/g)?.length, 2);
  }));

Deno.test("a model that is not there is one plain message", async () => {
  const { code, error } = await command("0123456789abcdef");
  assert.equal(code, 1);
  assert.match(error, /^error: .*0123456789abcdef\.safetensors: no saved model/);
  assert.doesNotMatch(error, /\n\s+at /);
});
