import assert from "node:assert/strict";
import { join } from "../base/paths.ts";
import { smallClicks, smallConfig } from "../testing/small_clicks.ts";
import { inFolder } from "../testing/in_folder.ts";
import { checkpointPath } from "./checkpoint.ts";
import { resolveConfig, type TrainConfig } from "./config.ts";
import { runKey } from "./run_key.ts";
import type { TrainedModel } from "./trained_model.ts";
import type { TrainOptions } from "./train_options.ts";
import { train } from "./trainer.ts";

async function trained(config: TrainConfig, options: TrainOptions): Promise<TrainedModel> {
  const result = await train(smallClicks, config, options);
  result.engine.dispose();
  return result;
}

/** Trains until a step's evaluation throws; the checkpoints are those of the evaluations before. */
async function brokenOffAt(step: number, config: TrainConfig, options: TrainOptions) {
  const probe = (_: unknown, at: number) =>
    at === step ? Promise.reject(new Error("broken off")) : Promise.resolve({});
  const broken = trained(config, { ...options, probes: [probe], checkpointSeconds: 0 });
  await assert.rejects(() => broken, /broken off/);
}

Deno.test("begun anew, a training forgets its checkpoint at once", () =>
  inFolder(async (folder) => {
    await brokenOffAt(80, smallConfig, { folder });
    await brokenOffAt(20, smallConfig, { folder, restart: true });
    const steps: number[] = [];
    const onProgress = ({ step }: { step: number }) => void steps.push(step);
    const result = await trained(smallConfig, { folder, onProgress });
    assert.ok(Math.min(...steps) <= 20, `${steps}`);
    const whole = await trained(smallConfig, { folder });
    assert.deepEqual([result.run.curve, result.parameters], [whole.run.curve, whole.parameters]);
  }));

Deno.test("the checkpoint of another training is refused, whatever its name", () =>
  inFolder(async (folder) => {
    await brokenOffAt(80, smallConfig, { folder });
    const other = { ...smallConfig, seed: 2 };
    const [{ name }] = (await Array.fromAsync(Deno.readDir(folder)))
      .filter(({ name }) => name.endsWith(".ckpt")) as [Deno.DirEntry];
    const key = runKey(resolveConfig(other), smallClicks);
    await Deno.rename(join(folder, name), checkpointPath(key, folder));
    await assert.rejects(() => trained(other, { folder }), /the checkpoint of another training/);
  }));
