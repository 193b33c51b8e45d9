import assert from "node:assert/strict";
import { exampleStarts } from "../../testing/example_references.ts";
import { titleOf } from "../../testing/example_runs.ts";
import { startLengths } from "./start_lengths.ts";

Deno.test("the caption has the seeds whose first batches were measured", () => {
  assert.match(titleOf(startLengths(exampleStarts, "made-up")), /the first batch of seed 1 ?$/);
  const third = exampleStarts.map((start) => ({ ...start, seed: 3 }));
  assert.match(titleOf(startLengths(third, "made-up")), /the first batch of seed 3 ?$/);
  const both = titleOf(startLengths([...third, ...exampleStarts], "made-up"));
  assert.match(both, /the first batch of seeds 1, 3 ?$/);
});
