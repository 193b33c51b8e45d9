import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { train } from "../train/trainer.ts";
import { gainsByUsers, type TrainedPair, userGroups } from "./gains_by_users.ts";

const clicks = synthetic({ users: 120, interests: 10, itemsPerInterest: 30 });
const config = { B: 16, L: 10, K: 2, S: 20, d: 8, maxSteps: 4, evaluateEvery: 4 };

Deno.test("groups of one kind have every test user once", async () => {
  const model = await train(clicks, config);
  const groups = userGroups(model);
  const kinds = Map.groupBy(groups, ({ by }) => by);
  assert.deepEqual([...kinds.keys()], ["history", "spread", "planted interests seen"]);
  const counts = [...kinds.values()].map((its) => its.flatMap(({ users }) => users).sort());
  for (const users of counts) {
    assert.deepEqual(users, counts[0]);
    assert.equal(new Set(users).size, users.length);
  }
});

Deno.test("a model gains nothing beside itself, and one seed supports no verdict", async () => {
  const model = await train(clicks, config);
  for (const { gains, overUsers, verdict } of await gainsByUsers([{ from: model, to: model }])) {
    assert.deepEqual(gains, [0]);
    assert.equal(overUsers.mean, 0);
    assert.equal(verdict, "too few seeds");
  }
  await assert.rejects(() => gainsByUsers([]), /no two models/);
});

Deno.test("pairs are a seed each, of one data set and one configuration a side", async () => {
  const [one, two] = [await train(clicks, config), await train(clicks, { ...config, seed: 2 })];
  const again = await train(clicks, { ...config, seed: 2, L: 8 });
  const others = synthetic({ users: 120, interests: 10, itemsPerInterest: 29 });
  const elsewhere = await train(others, { ...config, seed: 2 });
  const pair = { from: one, to: one };
  const wrong: [TrainedPair[], RegExp][] = [
    [[pair, pair], /a seed appears twice/],
    [[{ from: one, to: two }], /pair 1: a pair of two seeds: "1 and 2"/],
    [[{ from: one, to: elsewhere }], /not the runs of one data set/],
    [[pair, { from: elsewhere, to: elsewhere }], /not the runs of one data set/],
    [[pair, { from: again, to: two }], /must not be averaged/],
  ];
  for (const [pairs, message] of wrong) await assert.rejects(() => gainsByUsers(pairs), message);
  await assert.rejects(
    () => gainsByUsers([pair], "recall@50" as "recall"),
    /gainsByUsers, metric: no such name.*: "recall@50"\. There are "recall", "hr"/,
  );
});
