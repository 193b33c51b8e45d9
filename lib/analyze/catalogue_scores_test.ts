import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { evaluationCases } from "../evaluate/cases.ts";
import { inFolder } from "../testing/in_folder.ts";
import { train } from "../train/trainer.ts";
import { catalogueScores } from "./catalogue_scores.ts";

Deno.test("the selected interest's scores of all items, the target among them", () =>
  inFolder(async (folder) => {
    const dataset = synthetic({ users: 300, interests: 8, itemsPerInterest: 30 });
    const model = await train(dataset, { maxSteps: 20, S: 40, d: 8 }, { folder });
    const users = await catalogueScores(model, 5);
    assert.equal(users.length, 5);
    const cases = evaluationCases(dataset.valid, model.config.L);
    for (const { user, target, positive, scores, own } of users) {
      const at = cases.users.indexOf(user);
      const { interests } = await model.interestsOf(cases.seen(at));
      assert.equal(target, cases.targets(at)[0]);
      assert.equal(scores.length, dataset.itemCount);
      const score = (k: number, item: number) =>
        interests[k]!.reduce((sum, v, i) => sum + v * model.embedding(item)[i]!, 0);
      const best = [0, 1, 2, 3].map((k) => score(k, target));
      const selected = best.indexOf(Math.max(...best));
      assert.ok(Math.abs(positive - best[selected]!) < 1e-6);
      assert.ok(Math.abs(scores[6]! - score(selected, 7)) < 1e-6);
      assert.equal(scores[target - 1], positive);
      const planted = dataset.truth!.interestsOfUser.valid[user]!;
      assert.equal(own![6] === 1, planted.includes(dataset.truth!.interestOfItem[7]!));
    }
    model.engine.dispose();
  }));
