import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { basename, dirname, join } from "../base/paths.ts";
import { smallClicks, smallConfig } from "../testing/small_clicks.ts";
import { inFolder } from "../testing/in_folder.ts";
import { checkpointPath } from "./checkpoint.ts";
import { resolveConfig } from "./config.ts";
import { runKey } from "./run_key.ts";
import { train } from "./trainer.ts";
import { inSmallDisk, whyNoDisk } from "../testing/small_disk.ts";

const key = runKey(resolveConfig(smallConfig), smallClicks);

/** Trains while something is done at some steps; what was warned of, and the run. */
async function trained(folder: string, at: Readonly<Record<number, () => Promise<unknown>>>) {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => said.push(line);
  try {
    const probe = async (_: unknown, step: number) => {
      await at[step]?.();
      return {};
    };
    const model = await train(smallClicks, smallConfig, {
      folder,
      checkpointSeconds: 0,
      probes: [probe],
    });
    model.engine.dispose();
    return { said, run: model.run };
  } finally {
    console.warn = warn;
  }
}

Deno.test("a checkpoint that fails is told once, tried again, and does not end the training", () =>
  inFolder(async (folder) => {
    const path = checkpointPath(key, folder);
    const { said, run } = await trained(folder, {
      20: () => Deno.mkdir(join(path, "in its place"), { recursive: true }),
      60: () => Deno.remove(path, { recursive: true }),
    });
    assert.deepEqual([run.stop, run.steps], ["max-steps", 100]);
    assert.equal(said.length, 2, said.join("\n"));
    assert.match(said[0]!, /step 20 could not be saved: .*\.ckpt.* goes on and tries again\.$/);
    assert.match(said[1]!, /The checkpoint at step 60 is saved again\./);
    assert.equal(await exists(path), false);
  }));

Deno.test("a model that cannot be saved is told, and the training is finished", () =>
  inFolder(async (folder) => {
    const model = join(folder, `${key}.safetensors`, "in its place");
    const { said, run } = await trained(folder, {
      20: () => Deno.mkdir(model, { recursive: true }),
    });
    assert.equal(run.steps, 100);
    assert.match(said.join("\n"), /parameters could not be saved for loadModel: .*safetensors/);
    assert.match(said.join("\n"), /The checkpoint of step 100 stays, .*\.ckpt: train once more/);
    await Deno.remove(dirname(model), { recursive: true });
    const steps: number[] = [];
    const note = (step: number) => [step, () => Promise.resolve(steps.push(step))] as const;
    const again = await trained(folder, Object.fromEntries([20, 40, 60, 80, 100].map(note)));
    assert.deepEqual([steps, again.run.curve], [[], run.curve]);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [
      basename(dirname(model)),
    ]);
  }));

Deno.test({
  name: `on a disk that is full the training goes on, and what is recorded is whole${whyNoDisk}`,
  ignore: whyNoDisk !== "",
  fn: () =>
    inSmallDisk("512k", async (folder) => {
      const filler = join(folder, "filler");
      const fill = async () => {
        using file = await Deno.open(filler, { write: true, create: true });
        for (;;) await file.write(new Uint8Array(4096));
      };
      const { said, run } = await trained(folder, {
        20: () => fill().catch(() => {}),
        60: () => Deno.remove(filler),
      });
      assert.equal(run.steps, 100);
      assert.match(said[0]!, /could not be saved: .*disk full/);
      assert.match(said[1]!, /saved again/);
      const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
      assert.deepEqual(left, [`${key}.safetensors`]);
    }),
});
