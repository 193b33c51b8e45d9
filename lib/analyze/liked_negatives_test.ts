import assert from "node:assert/strict";
import type { Histories } from "../data/batch.ts";
import type { Dataset } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { resolveConfig } from "../train/config.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { likedNegatives } from "./liked_negatives.ts";
import { drawSample } from "./sample.ts";

const dataset = synthetic({ users: 600, interests: 5, itemsPerInterest: 40, seed: 2 });
const [d, L, K] = [8, 8, 2];
const size = { users: 12, negatives: 60 };
const { users } = drawSample(dataset, L, size);
const plantedOf = (u: number) => dataset.truth!.interestsOfUser.valid[users[u]!]!;

/**
 * A model whose first interest scores 1 what belongs to the user's first planted interest, and
 * whose second scores `loud` what belongs to the second.
 */
function model(loud: number, data: Dataset = dataset): TrainedModel {
  const table = new Float32Array((dataset.itemCount + 1) * d);
  for (let item = 1; item <= dataset.itemCount; item++) {
    table[item * d + dataset.truth!.interestOfItem[item]!] = 1;
  }
  const interests = ({ length }: Histories) => {
    const vectors = new Float32Array(length.length * K * d); // [U, K, d]
    length.forEach((_, u) => {
      vectors[u * K * d + plantedOf(u)[0]!] = 1;
      vectors[(u * K + 1) * d + plantedOf(u)[1]!] = loud;
    });
    return Promise.resolve({ K, interests: vectors, routing: null });
  };
  const config = resolveConfig({ K, L, d });
  const parameters = { table, dense: {} };
  return { dataset: data, config, parameters, engine: { interests } } as unknown as TrainedModel;
}

Deno.test("where interests are the planted ones, all far above the target is liked", async () => {
  const ranges = await likedNegatives(model(3.5), size);
  assert.deepEqual(ranges.map(({ from }) => from), [-Infinity, 0, 1, 2]);
  const sum = ranges.reduce((total, { share }) => total + share, 0);
  assert.ok(Math.abs(sum - 1) < 1e-9);
  const far = ranges.at(-1)!;
  assert.ok(far.share > 0 && far.likedOfHidden === 1);
  assert.deepEqual([ranges[0]!.hidden, ranges[0]!.likedOfSeen], [1, null]); // none is above
});

Deno.test("without a planted truth there is nothing to compare with", async () => {
  const { truth: _, ...real } = dataset;
  await assert.rejects(() => likedNegatives(model(2, real), size), /no planted interests/);
});

Deno.test("a range without negatives has no hidden ones, and no share of them", async () => {
  const ranges = await likedNegatives(model(1), size);
  const empty = ranges.filter(({ share }) => share === 0);
  assert.ok(empty.length > 0);
  assert.ok(empty.every(({ hidden }) => hidden === null));
});
