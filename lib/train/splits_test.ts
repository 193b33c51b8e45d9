import assert from "node:assert/strict";
import { Evaluator } from "../evaluate/evaluate.ts";
import { synthetic } from "../data/synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";
import { modelPath } from "./checkpoint.ts";
import { loadModel } from "./load_model.ts";
import { train } from "./trainer.ts";

const SMALL = { users: 1500, interests: 15, itemsPerInterest: 30, noise: 0, drift: 1 };

Deno.test("a model trains on every split, and is measured on what it asks for", () =>
  inFolder(async (folder) => {
    for (const split of ["users", "leave-last-out", "time"]) {
      const dataset = synthetic({ ...SMALL, split });
      const config = { B: 64, L: 10, K: 2, S: 128, d: 16, maxSteps: 300, learningRate: 0.01 };
      const model = await train(dataset, { ...config, objective: { rr: { lambda: 100 } } }, {
        folder,
      });
      const { run } = model;
      assert.equal(run.data.split, split === "users" ? undefined : dataset.split);
      const chance = 50 / dataset.itemCount;
      assert.ok(run.test[50]!.recall > 1.5 * chance, `${split} ${run.test[50]!.recall} ${chance}`);
      const evaluator = await Evaluator.create(dataset, config.L);
      const cases = evaluator.cases("test");
      assert.equal(cases.dropped.length, 0);
      if (split === "leave-last-out") assert.equal(cases.targets(3).length, 1);
      const loaded = await loadModel(modelPath(run.key, folder), dataset);
      assert.deepEqual(await loaded.metrics("test"), run.test);
      for (const one of [model, loaded]) one.engine.dispose();
    }
  }));
