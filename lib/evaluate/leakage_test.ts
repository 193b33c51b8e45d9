import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { type Dataset, itemsOf, timesOf, userCount } from "../data/interactions.ts";
import { synthetic } from "../data/synthetic.ts";
import { leakage, leakageText } from "./leakage.ts";

const SMALL = { users: 800, interests: 12, itemsPerInterest: 30, drift: 2 };

/** The same counts, each behaviour beside each target. */
function plainLeakage({ train, test }: Dataset) {
  let [users, targets, onTargets, onTargetsLater] = [0, 0, 0, 0];
  const shares: number[] = [];
  for (let u = 0; u < userCount(test); u++) {
    const [items, times] = [itemsOf(test, u), timesOf(test, u)!];
    const from = test.targetsFrom?.[u] ?? Math.trunc(0.8 * items.length);
    users++;
    shares.push(train.times!.filter((time) => time > times[from]!).length / train.items.length);
    for (let at = from; at < items.length; at++) {
      targets++;
      train.items.forEach((item, t) => {
        if (item !== items[at]) return;
        onTargets++;
        if (train.times![t]! > times[at]!) onTargetsLater++;
      });
    }
  }
  const usersWithLater = shares.filter((share) => share > 0).length;
  return { users, usersWithLater, shares, targets, onTargets, onTargetsLater };
}

Deno.test("what leaks is counted as by the plain definition", () => {
  for (const split of ["users", "leave-last-out", "time"]) {
    const dataset = synthetic({ ...SMALL, split });
    const { laterShare, ...counts } = leakage(dataset)!;
    const { shares, ...plain } = plainLeakage(dataset);
    assert.deepEqual(counts, plain, split);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    assert.ok(Math.abs(laterShare - mean) < 1e-9);
  }
});

Deno.test("the data that data/README.md describes leaks as much as it says", async () => {
  const text = leakageText(synthetic({ drift: 1 }));
  const said = (await Deno.readTextFile(projectPath("data", "README.md"))).replaceAll("\n", " ");
  const [, users, mean, onItems] =
    /^what leaks: for (\d+) of \1 test users .*, (\S+) % .* its item, (\S+) %/.exec(text)!;
  assert.ok(said.includes(`all of its ${users} test users`));
  assert.ok(said.includes(`${mean} % of the trained behaviours in the mean, and ${onItems} % of`));
});

Deno.test("a split by time leaks nothing, one by users nearly everywhere", () => {
  const byTime = leakage(synthetic({ ...SMALL, split: "time" }))!;
  assert.deepEqual([byTime.usersWithLater, byTime.laterShare, byTime.onTargetsLater], [0, 0, 0]);
  assert.match(leakageText(synthetic({ ...SMALL, split: "time" })), /^what leaks: nothing/);
  const byUsers = leakage(synthetic(SMALL))!;
  assert.ok(byUsers.usersWithLater > 0.9 * byUsers.users);
  assert.match(
    leakageText(synthetic(SMALL)),
    /% of all trained behaviours in the mean; of [\d,]+ pairs of one of [\d,]+ targets and a/,
  );
  assert.equal(leakage(synthetic({ ...SMALL, drift: 0 })), undefined);
});

Deno.test("without test users nothing can be counted, and untrained nothing leaks", () => {
  const dataset = synthetic({ ...SMALL, split: "time" });
  const none = {
    offsets: Uint32Array.of(0),
    items: new Uint32Array(0),
    times: new Float64Array(0),
  };
  const noCounts = { users: 0, usersWithLater: 0, laterShare: 0 };
  const noTargets = { targets: 0, onTargets: 0, onTargetsLater: 0 };
  const oneBehaviour = { // neither a history nor a target is left of it
    offsets: Uint32Array.of(0, 1),
    items: Uint32Array.of(1),
    times: Float64Array.of(1),
  };
  for (const test of [none, oneBehaviour]) {
    assert.deepEqual(leakage({ ...dataset, test }), { ...noCounts, ...noTargets });
    assert.match(leakageText({ ...dataset, test }), /cannot be counted: there is no test user/);
  }
  const untrained = { ...dataset, train: none };
  const { laterShare, users } = leakage(untrained)!;
  assert.deepEqual([laterShare, users > 0], [0, true]);
  assert.match(leakageText(untrained), /^what leaks: nothing/);
});

Deno.test("where no target's item is trained on, no share of such behaviours is told", () => {
  const dataset = synthetic(SMALL);
  const items = dataset.train.items.map(() => 1);
  const targets = dataset.test.items.map(() => 2);
  const text = leakageText({
    ...dataset,
    train: { ...dataset.train, items },
    test: { ...dataset.test, items: targets },
  });
  assert.match(text, /^what leaks: for .* in the mean; no target's item is trained on$/);
});
