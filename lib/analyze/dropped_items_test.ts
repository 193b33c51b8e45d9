import assert from "node:assert/strict";
import type { Histories } from "../data/batch.ts";
import { synthetic } from "../data/synthetic.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { byAttention, droppedItems } from "./dropped_items.ts";
import { drawSample } from "./sample.ts";

const dataset = synthetic({ users: 600, interests: 8, itemsPerInterest: 40, seed: 4 });
const [L, d] = [12, 8];

/** A model that points to the planted interest of one item of the history, and looks at it only. */
function lookingAt(position: (n: number) => number): TrainedModel {
  const { interestOfItem } = dataset.truth!;
  const table = new Float32Array((dataset.itemCount + 1) * d);
  for (let item = 1; item <= dataset.itemCount; item++) {
    table[item * d + interestOfItem[item]!] = 1 + item % 7;
  }
  const interests = ({ history, length }: Histories) => {
    const [vectors, routing] = [length.length * d, length.length * L].map((n) =>
      new Float32Array(n)
    ) as [Float32Array, Float32Array];
    length.forEach((n, u) => {
      vectors[u * d + interestOfItem[history[u * L + position(n)]!]!] = 1;
      routing[u * L + position(n)] = 1;
    });
    return Promise.resolve({ K: 1, interests: vectors, routing });
  };
  const engine = { interests };
  return { dataset, config: { L, d }, engine, parameters: { table } } as unknown as TrainedModel;
}

Deno.test("only the item that a model looks at changes its list, by all or nothing", async () => {
  const users = await droppedItems(lookingAt((n) => n - 1), { users: 50 });
  const { length } = drawSample(dataset, L, { users: 50, negatives: 1 });
  assert.deepEqual(users.map((items) => items.length), [...length]);
  const interestOf = (item: number) => dataset.truth!.interestOfItem[item];
  let changed = 0;
  for (const items of users) {
    const last = items.at(-1)!;
    for (const { attention, change } of items.slice(0, -1)) {
      assert.deepEqual([attention, change], [0, 0]);
    }
    const alike = interestOf(items.at(-2)!.item) === interestOf(last.item);
    assert.equal(last.attention, 1);
    if (alike) assert.equal(last.change, 0);
    else {
      changed++;
      assert.ok(last.change > 0.8, String(last.change));
    }
  }
  assert.ok(changed > 5);
});

Deno.test("items are seen from half of the uniform weight on; others come before or later", () => {
  const attention = [0.1, 0.25, 0.12, 0.01]; // of 4 items half the uniform weight is 0.125
  const items = attention.map((attention, l) => ({ item: l + 1, attention, change: 0 }));
  const { seen, later, before } = byAttention([items, items.slice(0, 1)]);
  const ids = (of: typeof seen) => of.map(({ item }) => item);
  assert.deepEqual([ids(seen), ids(later), ids(before)], [[2], [3, 4, 1], [1]]);
});

Deno.test("a model without routing attends to no item more than to another", async () => {
  const model = lookingAt(() => 0);
  const interests = async (of: Histories) => ({
    ...await model.engine.interests(of),
    routing: null,
  });
  const blind = { ...model, engine: { interests } } as unknown as TrainedModel;
  await assert.rejects(() => droppedItems(blind, { users: 2 }), /a model without routing/);
});
