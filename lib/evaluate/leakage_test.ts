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
