import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { join } from "../base/paths.ts";
import { readTensors, writeTensors } from "../base/safetensors.ts";
import { synthetic } from "../data/synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";
import { modelPath } from "./checkpoint.ts";
import { loadModel } from "./load_model.ts";
import { train } from "./trainer.ts";

const dataset = synthetic({ users: 300 });
const config = { maxSteps: 20, evaluateEvery: 10, B: 16, S: 40, d: 16 } as const;

for (const model of ["comirec-sa", "youtube-dnn"]) {
  Deno.test(`a saved ${model} comes back with its parameters, metrics and answers`, () =>
    inFolder(async (folder) => {
      const trained = await train(dataset, { ...config, model }, { folder });
      const loaded = await loadModel(modelPath(trained.run.key, folder), dataset);
      assert.deepEqual(loaded.parameters, trained.parameters);
      assert.deepEqual(loaded.run, trained.run);
      assert.deepEqual(await loaded.metrics("test"), trained.run.test);
      assert.deepEqual(await loaded.metrics("valid"), trained.run.valid);
      const history = [3, 1, 4];
      assert.deepEqual(await loaded.recommend(history, 5), await trained.recommend(history, 5));
      trained.engine.dispose();
      loaded.engine.dispose();
    }));
}

Deno.test("a saved model names its tensors and shapes as other libraries read them", () =>
  inFolder(async (folder) => {
    const { run, engine } = await train(dataset, config, { folder });
    engine.dispose();
    const { tensors, metadata } = await readTensors(modelPath(run.key, folder), "");
    const shapes = Object.entries(tensors).map(([name, { shape }]) => [name, shape]);
    assert.deepEqual(Object.fromEntries(shapes), {
      table: [dataset.itemCount + 1, 16],
      W1: [16, 64],
      W2: [64, 4],
      P: [20, 16],
    });
    assert.equal(JSON.parse(metadata.run!).key, run.key);
  }));

Deno.test("a folder that is named as a run hides no saved model", () =>
  inFolder(async (folder) => {
    const { run, engine } = await train(dataset, config, { folder: join(folder, "checkpoints") });
    engine.dispose();
    await Deno.mkdir(join(folder, run.key));
    const [cwd, results] = [Deno.cwd(), Deno.env.get("REMI_RESULTS")];
    try {
      Deno.chdir(folder);
      Deno.env.set("REMI_RESULTS", folder);
      const loaded = await loadModel(run.key, dataset);
      loaded.engine.dispose();
      assert.equal(loaded.run.key, run.key);
    } finally {
      Deno.chdir(cwd);
      if (results === undefined) Deno.env.delete("REMI_RESULTS");
      else Deno.env.set("REMI_RESULTS", results);
    }
  }));

Deno.test("a model is refused with other data, another configuration, or other parameters", () =>
  inFolder(async (folder) => {
    const { run, engine } = await train(dataset, config, { folder });
    engine.dispose();
    const path = modelPath(run.key, folder);
    const other = synthetic({ users: 300, seed: 2 });
    await refused(loadModel(path, other), /was trained on other data, .*hash.*hash/);
    const { tensors, metadata: { run: record } } = await readTensors(path, "");
    const changed = join(folder, "changed.safetensors");
    const parsed = JSON.parse(record!);
    const config2 = { ...parsed, config: { ...parsed.config, S: 41 } };
    await writeTensors(changed, { tensors, metadata: { run: JSON.stringify(config2) } });
    await refused(loadModel(changed, dataset), /its configuration is not the one of its key/);
    const { W1: _, ...others } = tensors;
    await writeTensors(changed, { tensors: others, metadata: { run: record! } });
    await refused(loadModel(changed, dataset), /missing.*W1|W1.*missing/);
    await writeTensors(changed, { tensors, metadata: {} });
    await refused(loadModel(changed, dataset), /it has no record of its run/);
    await refused(loadModel("0123456789abcdef"), /no saved model/);
    await refused(loadModel(path), /not at hand|was trained on other data/);
  }));

async function refused(loading: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(loading, (error: Error) => {
    assert.ok(error instanceof BadInput, String(error.stack));
    assert.match(error.message, message);
    return true;
  });
}
