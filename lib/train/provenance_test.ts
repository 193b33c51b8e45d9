import assert from "node:assert/strict";
import { changedFiles } from "./provenance.ts";

Deno.test("what is as committed, or is nowhere, has not changed", async () => {
  assert.deepEqual(await changedFiles("no/such/folder", "LICENSE"), []);
});
