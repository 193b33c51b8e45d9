import assert from "node:assert/strict";
import { exists } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { synthetic } from "../data/synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";
import { Diverged } from "../train/diverged.ts";
import { train } from "../train/trainer.ts";
import { watch } from "./watch.ts";

const dataset = synthetic({ users: 600, interests: 5, itemsPerInterest: 40, seed: 2 });
const small = { B: 16, L: 8, S: 24, d: 8, evaluateEvery: 10, maxSteps: 20 };

Deno.test("watched trainings are measured and kept, and are what they would be unwatched", () =>
  inFolder(async (folder) => {
    const watched = await watch(dataset, [{ ...small, K: 1 }, { ...small, K: 2 }], { folder });
    assert.deepEqual(watched.map(({ model }) => model.config.K), [1, 2]);
    for (const { model, snapshots } of watched) {
      assert.deepEqual(snapshots.snapshots.map(({ step }) => step), [10, 20]);
      assert.equal(snapshots.key, model.run.key);
      assert.ok(model.run.curve.every(({ measures }) => measures!["effective-items"]! >= 1));
    }
    const alone = await train(dataset, { ...small, K: 2 }, { folder });
    assert.deepEqual(watched[1]!.model.parameters, alone.parameters);
    for (const { engine } of [alone, ...watched.map(({ model }) => model)]) engine.dispose();
  }));

Deno.test("what is remembered of a broken call is of its folder, and begun anew if asked", () =>
  inFolder(async (folder) => {
    const [good, bad] = [{ ...small, K: 1 }, { ...small, K: 2, learningRate: 1e30 }];
    const places = ["a", "b"].map((name) => join(folder, name));
    await assert.rejects(() => watch(dataset, [good, bad], { folder: places[0]! }), Diverged);
    const [elsewhere] = await watch(dataset, [good], { folder: places[1]! });
    assert.ok(await exists(join(places[1]!, `${elsewhere!.model.run.key}.safetensors`)));
    const again = (restart: boolean) => watch(dataset, [good], { folder: places[0]!, restart });
    const [remembered] = await again(false);
    await assert.rejects(() => watch(dataset, [good, bad], { folder: places[0]! }), Diverged);
    const [anew] = await again(true);
    assert.notEqual(anew!.model, remembered!.model);
    for (const { model } of [elsewhere!, remembered!, anew!]) model.engine.dispose();
  }));
