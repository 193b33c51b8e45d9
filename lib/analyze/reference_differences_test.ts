import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { train } from "../train/trainer.ts";
import { ndcgWays } from "./ndcg_ways.ts";
import { paddingInSum } from "./padding_in_sum.ts";
import { startsOf } from "./starts.ts";
import { stoppedGradients } from "./stopped_gradient.ts";

const clicks = synthetic({ users: 300, interests: 10, itemsPerInterest: 30 });
const config = { B: 16, L: 10, S: 20, d: 8, maxSteps: 4, evaluateEvery: 4 };

Deno.test("the reference's ideal never gives less, and NDCG by score is the run's", async () => {
  const model = await train(clicks, { ...config, K: 2 });
  for (const { N, usual, hitsIdeal, hashOrder } of await ndcgWays(model)) {
    assert.equal(usual, model.run.test[N]!.ndcg);
    assert.equal(hitsIdeal, model.run.test[N]!.ndcgReference);
    assert.ok(hitsIdeal >= usual && hashOrder > 0 && hashOrder <= 1);
  }
});

Deno.test("padding turns vectors of short histories, not of full ones", async () => {
  const model = await train(clicks, { ...config, model: "youtube-dnn", K: 1 });
  const lengths = paddingInSum(model);
  const full = lengths.find(({ n }) => n === config.L)!;
  assert.ok(Math.abs(full.cosine - 1) < 1e-6 && full.added === 0);
  for (const { n, cosine, added } of lengths) if (n < config.L) assert.ok(cosine < 1 && added > 0);
  const other = await train(clicks, { ...config, K: 1 });
  assert.throws(() => paddingInSum(other), /not a YouTube DNN/);
});

Deno.test("starts of one vector have no routing, ComiRec-DR's are short", async () => {
  const [sa, dr, dnn] = await startsOf(clicks, [
    config,
    { ...config, model: "comirec-dr" },
    { ...config, model: "youtube-dnn", K: 1 },
  ]);
  assert.equal(dnn!.largestWeight, null);
  assert.ok(dr!.length < 0.01 * sa!.length);
});

Deno.test("lifting the stop changes gradients, and RR has one of its own then", async () => {
  const found = await stoppedGradients(clicks, "mind", {}, { batches: 1 });
  assert.deepEqual(found.map(({ parameter }) => parameter), ["W", "the history's embeddings"]);
  for (const { stopped, lifted, cosine, ofPenalty } of found) {
    assert.ok(stopped > 0 && stopped !== lifted && ofPenalty > 0);
    assert.ok(cosine > 0.5 && cosine < 1);
  }
});

Deno.test("no batch, an RR without weight and too few users for a batch are refused", async () => {
  const of = (options: object, dataset = clicks) => stoppedGradients(dataset, "mind", {}, options);
  for (const batches of [0, 1.5, NaN]) {
    await assert.rejects(of({ batches }), /stoppedGradients, batches: not a whole number from 1/);
  }
  for (const lambda of [0, -1, NaN, Infinity]) {
    await assert.rejects(of({ lambda }), /stoppedGradients, lambda: not above 0/);
  }
  const few = synthetic({ users: 40, interests: 5, itemsPerInterest: 30 });
  await assert.rejects(of({}, few), (error: Error) => {
    assert.match(error.message, /than the 128 of a batch.*Give a data set with more users/);
    return !/smaller batch/.test(error.message);
  });
});
