import assert from "node:assert/strict";
import { synthetic } from "../data/synthetic.ts";
import { train } from "../train/trainer.ts";
import { gainsByUsers, userGroups } from "./gains_by_users.ts";

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
