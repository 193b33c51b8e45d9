import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";
import { train } from "../train/trainer.ts";
import { meanInterest, meanItem, singleVectorMetrics } from "./single_vector.ts";

// [U = 2, L = 3]
const histories = { history: Int32Array.of(1, 2, 0, 3, 0, 0), length: Int32Array.of(2, 1) };

Deno.test("the mean interest, worked by hand", async () => {
  const interests = Float32Array.of(1, 2, 3, 6, 5, 5, 7, 9); // [U = 2, K = 2, d = 2]
  const source = { interests: () => Promise.resolve({ K: 2, interests, routing: null }) };
  const made = await meanInterest(source, 2).interests(histories);
  assert.deepEqual([...made.interests], [2, 4, 6, 7]);
});

Deno.test("the mean item is over real positions only, worked by hand", async () => {
  const table = Float32Array.of(90, 90, 1, 2, 3, 6, 5, 7); // items 0..3, d = 2
  const made = await meanItem(table, 2).interests(histories);
  assert.deepEqual([...made.interests], [2, 4, 5, 7]);
});

Deno.test("a model with one interest is served as it is; without it, it is another", () =>
  inFolder(async (folder) => {
    const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 20, length: [8, 10] });
    const sizes = { B: 16, L: 8, K: 1, S: 24, d: 8, maxSteps: 60, evaluateEvery: 30 };
    const model = await train(dataset, sizes, { folder });
    assert.deepEqual(await singleVectorMetrics(model, "mean interest"), model.run.test);
    assert.notDeepEqual(await singleVectorMetrics(model, "mean item"), model.run.test);
    model.engine.dispose();
  }));
