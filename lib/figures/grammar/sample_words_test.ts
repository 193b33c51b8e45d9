import assert from "node:assert/strict";
import { study, studyNames } from "../../results/study.ts";
import { recordedSnapshots } from "../../results/snapshots.ts";
import { exampleSnapshots } from "../../testing/example_collapses.ts";
import { testPublished } from "../../testing/test_published.ts";
import { marginsInWords, measuredUsersOf, usersInWords } from "./sample_words.ts";

const files = ["results/runs", "results/snapshots"];

await testPublished(
  "margins of 100 users are recorded, less targets among negatives",
  files,
  async () => {
    const recorded = await recordedSnapshots("synthetic");
    assert.ok(recorded.length > 0);
    for (const of of recorded) {
      const { selected } = of.snapshots[0]!.margins;
      assert.ok(selected.reduce((sum, count) => sum + count, 0) < 128_000);
      assert.equal(marginsInWords(of), "100 valid users × 1,280 uniform negatives");
    }
  },
);

Deno.test("users in words: how many, and from the shortest to the longest history", () => {
  const { users } = exampleSnapshots[0]!.snapshots[0]!;
  assert.equal(usersInWords(users), "2 valid users with 9 to 14 items");
  assert.equal(usersInWords([users[1]!, users[1]!]), "2 valid users with 14 items");
});

Deno.test("data of which nobody knows the users may have fewer than are measured", () => {
  const known = studyNames.map((name) => ({ data: { name, hash: study(name).hash } }));
  assert.equal(measuredUsersOf(known), "100 valid users");
  const renamed = { data: { ...known[0]!.data, name: "own" } };
  const changed = { data: { ...known[0]!.data, hash: "other" } };
  for (const own of [renamed, changed]) {
    assert.equal(measuredUsersOf([...known, own]), "up to 100 valid users");
  }
});
