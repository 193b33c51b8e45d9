import assert from "node:assert/strict";
import { Barrier } from "./barrier.ts";

function words(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(256));
}

Deno.test("one thread does not wait for itself", () => {
  const barrier = new Barrier(words(), 1);
  for (let i = 0; i < 3; i++) barrier.wait();
});

Deno.test("a broken barrier lets nobody wait, whoever comes later included", () => {
  const shared = words();
  new Barrier(shared, 2).break();
  assert.throws(() => new Barrier(shared, 2).wait(), /another thread of the engine failed/);
});
