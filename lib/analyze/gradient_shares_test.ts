import assert from "node:assert/strict";
import { mean } from "../base/statistics.ts";
import { synthetic } from "../data/synthetic.ts";
import type { Histories } from "../data/batch.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { resolveConfig } from "../train/config.ts";
import { negativeGradient, shareOfTop } from "./easy_negatives.ts";
import { gradientShares } from "./gradient_shares.ts";
import { drawSample } from "./sample.ts";

const dataset = synthetic({ users: 600, interests: 5, itemsPerInterest: 40, seed: 2 });
const [d, L] = [4, 8];

/**
 * A model whose user vectors are given and whose items lie on the first axis, by their number, and
 * are 1 on the third.
 */
function model(K: number, vectorOf: (k: number) => number[]) {
  const table = new Float32Array((dataset.itemCount + 1) * d);
  for (let item = 0; item <= dataset.itemCount; item++) table.set([item / 10, 0, 1, 0], item * d);
  const interests = ({ length }: Histories) => {
    const rows = Array.from({ length: length.length * K }, (_, row) => vectorOf(row % K));
    return Promise.resolve({ K, interests: Float32Array.from(rows.flat()), routing: null });
  };
  const config = resolveConfig({ K, L, d });
  const parameters = { table, dense: {} };
  return { dataset, config, parameters, engine: { interests } } as unknown as TrainedModel;
}

const flat = () => [0, 1, 0, 0];
const size = { users: 10, negatives: 50 };

Deno.test("equal scores give the diagonal", async () => {
  const { negatives, selected, single } = await gradientShares(model(1, flat), size);
  assert.ok(Math.abs(negatives[0]! - 1 / 50) < 1e-12);
  for (const [i, share] of negatives.entries()) {
    assert.ok(Math.abs(selected[i]! - share) <= 0.5 / 49 + 1e-9, `${selected[i]} at ${share}`);
  }
  assert.deepEqual(single, selected);
});

Deno.test("the hardest negatives come first, and all of them carry everything", async () => {
  const { selected, other, single } = await gradientShares(
    model(2, (k) => k === 0 ? [1, 0, 0, 0] : flat()),
    size,
  );
  for (const curve of [selected, other!, single]) {
    assert.ok(Math.abs(curve.at(-1)! - 1) < 1e-9);
    curve.slice(1).forEach((share, i) => assert.ok(share >= curve[i]! - 1e-12));
  }
  // the steep interest is selected, the flat one is not, the mean lies between
  assert.ok(selected[0]! > single[0]! && single[0]! > other![0]!);
});

Deno.test("the curve passes through the recorded share of the hardest", async () => {
  const steep = model(1, () => [1, 0, 0, 0]);
  const { negatives: sample, target } = drawSample(dataset, L, size);
  const { selected } = await gradientShares(steep, size);
  const wanted = [...target].map((positive) => {
    const scores = Float64Array.from(
      [...sample].filter((item) => item !== positive),
      (i) => i / 10,
    );
    return shareOfTop(negativeGradient(scores, 0).weights, 1 / 50);
  });
  assert.ok(Math.abs(selected[0]! - mean(wanted)) < 1e-6);
});

Deno.test("one interest has no others", async () => {
  assert.equal((await gradientShares(model(1, flat), size)).other, null);
});

Deno.test("hidden is what only an interest that is not selected puts above", async () => {
  const none = await gradientShares(model(1, flat), size);
  assert.deepEqual(none.hidden, { negatives: 0, selected: 0, user: 0 });
  // the first scores all items like the middle one, the second by their number
  const middle = dataset.itemCount / 20;
  const { hidden } = await gradientShares(
    model(2, (k) => k === 0 ? [0, 0, middle, 0] : [1, 0, 0, 0]),
    size,
  );
  assert.ok(hidden.negatives > 0 && hidden.negatives < 0.5);
  // where the first is selected, all negatives are alike for it; the second then shouts
  assert.ok(Math.abs(hidden.selected - hidden.negatives) < 1e-9);
  assert.ok(hidden.user > 1.5 * hidden.selected);
});
