import assert from "node:assert/strict";
import { recordable } from "../testing/example_runs.ts";
import type { Run } from "../train/run.ts";
import { fingerprint } from "../train/fingerprint.ts";
import { byArithmetic } from "./arithmetic.ts";

Deno.test("runs are parted by what computed them", async () => {
  const old = recordable({ key: "old", backend: "fused" });
  const now = { ...old, key: "now", fingerprint: await fingerprint(old.config, "fused") };
  const other = { ...now, key: "other", fingerprint: "f".repeat(16) };
  const begunBy = [{ fingerprint: other.fingerprint, code: "9", steps: 20 }];
  const mixed = { ...now, key: "mixed", begunBy };
  const foreign = { ...now, key: "foreign", backend: "a backend of the future" };
  assert.deepEqual(await byArithmetic<Run>([old, now, other, mixed, foreign]), {
    same: [now],
    other: [other, mixed],
    unknown: [old, foreign],
  });
});
