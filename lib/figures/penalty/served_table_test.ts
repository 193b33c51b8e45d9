import assert from "node:assert/strict";
import { synthetic } from "../../data/synthetic.ts";
import { inFolder } from "../../testing/in_folder.ts";
import { train } from "../../train/trainer.ts";
import { servedTable } from "./served_table.ts";

Deno.test("a row a model; with one interest its mean is itself", () =>
  inFolder(async (folder) => {
    const dataset = synthetic({ users: 300, interests: 10, itemsPerInterest: 20, length: [8, 10] });
    const sizes = { B: 16, L: 8, K: 1, S: 24, d: 8, maxSteps: 60, evaluateEvery: 30 };
    const model = await train(dataset, sizes, { folder });
    const [columns, row] = (await servedTable({ single: model })).toCsv().trim().split("\n");
    assert.match(
      columns!,
      /^model,R@50: own,HR@50: own,R@50: mean interest,HR@50: mean interest,R@50: mean item/,
    );
    const [name, own, hr, mean, meanHr] = row!.split(",");
    assert.deepEqual([name, own, hr], ["single", mean, meanHr]);
    assert.equal(Number(own), 100 * model.run.test[50]!.recall);
    model.engine.dispose();
  }));
