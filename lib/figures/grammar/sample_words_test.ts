import assert from "node:assert/strict";
import { recordedSnapshots } from "../../results/snapshots.ts";
import { exampleSnapshots } from "../../testing/example_collapses.ts";
import { testPublished } from "../../testing/test_published.ts";
import { marginsInWords, usersInWords } from "./sample_words.ts";

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
