/** What the popularity baseline recommends: the definition of its ranking, by counting. */
import assert from "node:assert/strict";
import { Random } from "../base/random.ts";
import { BatchSampler } from "../data/batch_sampler.ts";
import { synthetic } from "../data/synthetic.ts";
import { Evaluator } from "../evaluate/evaluate.ts";
import { resolveConfig } from "./config.ts";
import { train } from "./trainer.ts";
import { inFolder } from "../testing/in_folder.ts";

const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 40, seed: 2 });
const config = { model: "popularity", B: 16, evaluateEvery: 10, maxSteps: 40, seed: 3 } as const;

/** Items by falling count, equal counts by rising item: most items are never a target. */
function rankedByCounting(steps: number): number[] {
  const { B, L, S, seed } = resolveConfig(config);
  const sizes = { B, L, S, itemCount: dataset.itemCount };
  const sampler = new BatchSampler(dataset.train, sizes, new Random(seed, "batches"));
  const counts = new Array<number>(dataset.itemCount + 1).fill(0);
  for (let step = 0; step < steps; step++) {
    for (const item of new Set(sampler.next().target)) counts[item]! += 1;
  }
  const items = Array.from({ length: dataset.itemCount }, (_, i) => i + 1);
  return items.sort((a, b) => counts[b]! - counts[a]! || a - b);
}

Deno.test("popularity ranks by count, ties by item, those never seen last", () =>
  inFolder(async (folder) => {
    const model = await train(dataset, config, { folder });
    const ranked = rankedByCounting(model.run.bestStep);
    for (const cutoffs of [[20, 50], [dataset.itemCount]]) {
      const evaluator = await Evaluator.create(dataset, model.config.L, { cutoffs });
      const lists = await evaluator.ranking(model.engine, model.parameters, "test");
      const N = Math.max(...cutoffs);
      for (let u = 0; u < evaluator.cases("test").count; u++) {
        assert.deepEqual([...lists.subarray(u * N, (u + 1) * N)], ranked.slice(0, N));
      }
      if (N > 50) continue;
      assert.deepEqual(
        await evaluator.metrics(model.engine, model.parameters, "test"),
        model.run.test,
      );
    }
    model.engine.dispose();
    assert.equal(model.config.K, 1);
    const again = await train(dataset, config, { folder, restart: true });
    again.engine.dispose();
    assert.deepEqual(again.run.curve, model.run.curve);
    assert.deepEqual(again.run.test, model.run.test);
  }));
