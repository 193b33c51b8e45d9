import assert from "node:assert/strict";
import { runOften } from "../testing/run_often.ts";

Deno.test("on a busy machine every output is in its place", async () => {
  assert.deepEqual(await runOften(2), []);
});
