import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { synthetic } from "../data/synthetic.ts";
import { inFolder } from "../testing/in_folder.ts";
import { train } from "./trainer.ts";

Deno.test("questions about items that are none are refused before they become ids", () =>
  inFolder(async (folder) => {
    const dataset = synthetic({ users: 400, interests: 20, itemsPerInterest: 15, length: [8, 12] });
    const config = { B: 16, L: 4, K: 2, S: 24, d: 8, maxSteps: 2 };
    const model = await train(dataset, config, { folder });
    const beyond = dataset.itemCount + 1;
    const vector = new Float32Array(8);
    const wrong: readonly (readonly [() => unknown, RegExp])[] = [
      [() => model.interestsOf([]), /length of user 0's history: not in 1\.\.L: 0/],
      [() => model.interestsOf([3, 1.5]), /position 1 of the history: no such item: 1\.5/],
      [() => model.interestsOf([0, 3]), /position 0 of the history: no such item: 0/],
      [() => model.interestsOf([2 ** 32 + 1]), /no such item: 4294967297/],
      [() => model.interestsOf([beyond, 1, 2, 3, 4, 5]), /position 0 of the history: no such item/],
      [() => model.recommend([NaN], 5), /position 0 of the history: no such item: NaN/],
      [() => model.recommend([3], 0), /N: not a size: 0/],
      [
        () => model.recommend([3], 5, { exclude: [3.5] }),
        /excluded for user 0: not an item .*3\.5/,
      ],
      [() => model.recommend([3], 5, { exclude: [-1] }), /excluded for user 0: not an item .*-1/],
      [() => model.recommend([3], Infinity), /N: not a size: Infinity/],
      [() => model.recommend([3], 2e9 + 0.5), /N: not a size/],
      [() => model.nearest([vector.slice(1), new Float32Array(9)], 5), /vector 0: not d = 8 .*: 7/],
      [() => model.nearest([vector.with(3, NaN)], 5), /without a finite norm/],
      [() => model.nearest([], 5), /vectors: not a list of vectors/],
      [() => model.nearest([null!], 5), /vectors: not a list of vectors/],
      [() => model.interestsOf(null!), /history: not a list of item numbers: null/],
      [() => model.recommend(7 as never, 5), /history: not a list of item numbers: 7/],
      [() => model.metrics("train" as never), /split: not valid or test: "train"/],
      [() => model.save(42 as never), /save: not a path: 42/],
      [() => model.embedding(beyond), /embedding: no such item/],
    ];
    for (const [ask, message] of wrong) {
      await assert.rejects(async () => await ask(), (error: Error) => {
        assert.ok(error instanceof BadInput, String(error));
        assert.match(error.message, message);
        return true;
      });
    }
    const all = await model.recommend([3], dataset.itemCount);
    for (const N of [1e8, 1e11]) assert.deepEqual(await model.recommend([3], N), all);
    assert.equal((await model.recommend([3, 4, 5, 6, 7], 5, { exclude: [3, 0] })).length, 5);
    model.engine.dispose();
  }));
