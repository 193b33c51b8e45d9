import assert from "node:assert/strict";
import { referenceNdcg } from "../evaluate/reference_ndcg.ts";
import { fixture, fixturesOf } from "./fixtures.ts";
import { evaluateParity, type EvaluationFixture } from "./evaluate_parity.ts";

for (const name of fixturesOf("evaluation")) {
  Deno.test(`parity with the official code: ${name}`, async (t) => {
    const { comparisons, swapped } = await evaluateParity(fixture<EvaluationFixture>(name));
    await t.step(`${swapped} pairs equal to float32 rounding stand in another order`, () => {
      for (const { quantity, largestError, tolerance } of comparisons) {
        assert.ok(largestError <= tolerance, `${quantity}: ${largestError} > ${tolerance}`);
      }
    });
  });
}

/** Items 1 and 2 have scores 0.3 and 0.3 + distance; the official list has item 1 first. */
function nearTie(distance: number): EvaluationFixture {
  const items = [[0, 0, 0, 0], [0.3, 0, 0, 0], [0.3 + distance, 0, 0, 0], [0.1, 0, 0, 0]];
  return {
    name: "near tie",
    items: 4,
    dim: 4,
    interests: 1,
    item_embeddings: items.flat(),
    user_vectors: [1, 0, 0, 0],
    targets: [[1]],
    official: { 2: { recall: 1, hitrate: 1, ndcg: referenceNdcg([1, 2], [1]) } },
    score_order: { 2: { recall: 1, hitrate: 1, ndcg_hits_ideal: 1, top: [[1, 2]] } },
  };
}

Deno.test("only scores equal to float32 rounding may change places", async () => {
  const wrong = ({ largestError, tolerance }: { largestError: number; tolerance: number }) =>
    largestError > tolerance;
  const near = await evaluateParity(nearTie(3e-8));
  assert.equal(near.swapped, 1);
  assert.deepEqual(near.comparisons.filter(wrong), []);
  // beyond the bound of 2 gamma * 0.3 = 1.4e-7
  const far = await evaluateParity(nearTie(2e-7));
  assert.equal(far.swapped, 0);
  const quantities = far.comparisons.filter(wrong).map(({ quantity }) => quantity);
  assert.deepEqual(quantities, ["misplaced pairs @2", "NDCG by score, hits as ideal@2"]);
});
