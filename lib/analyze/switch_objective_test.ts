import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";
import { train } from "../train/trainer.ts";
import { analysisProbe } from "./probes.ts";
import { switchObjective } from "./switch_objective.ts";

const dataset = synthetic({ users: 400, interests: 10, itemsPerInterest: 20, length: [8, 12] });
const small = { B: 16, L: 8, K: 2, S: 24, d: 8, maxSteps: 60, evaluateEvery: 30 };

Deno.test("step 0 is the model as it was, later ones have moved, and the model has not", () =>
  inFolder(async (folder) => {
    const model = await train(dataset, small, { folder });
    const before = model.parameters.table.slice();
    const rr = { rr: { lambda: 1e4 } };
    const [start, end] = await switchObjective(model, rr, [0, 60]);
    assert.equal(start!.recall50, model.run.valid[50]!.recall);
    assert.deepEqual(start!.measures, await analysisProbe(dataset, small)(model.engine));
    assert.ok(end!.measures["effective-items"]! > start!.measures["effective-items"]! + 0.05);
    assert.deepEqual(model.parameters.table, before);
    assert.deepEqual(await switchObjective(model, rr, [0, 60]), [start, end]);
    model.engine.dispose();
  }));

Deno.test("steps that do not ascend from 0 on are refused before anything is trained", async () => {
  const model = {} as Parameters<typeof switchObjective>[0];
  for (const at of [[], [5, 2], [1.5], [NaN, -3], [-1], [Infinity]]) {
    await assert.rejects(
      switchObjective(model, { softmax: "sampled" }, at),
      /^BadInput: switchObjective, steps to look at: not ascending whole numbers from 0 on/,
    );
  }
});
