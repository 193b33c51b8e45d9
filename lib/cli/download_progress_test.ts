import assert from "node:assert/strict";
import { Pace } from "../train/pace.ts";
import { progressText } from "./download_progress.ts";

Deno.test("a download says how much there is, how fast it comes, and how long it will take", () => {
  let now = 0;
  const pace = new Pace(1_000_000, 0, () => now);
  assert.equal(progressText(1_000_000, 9_000_000, pace), "1.0 of 9.0 MB");
  now = 2;
  pace.mark(3_000_000);
  assert.equal(progressText(3_000_000, 9_000_000, pace), "3.0 of 9.0 MB, 1.0 MB/s, 6 s left");
  assert.equal(progressText(3_000_000, 0, pace), "3.0 MB, 1.0 MB/s");
});
