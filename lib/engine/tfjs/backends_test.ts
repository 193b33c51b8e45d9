import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { tfjsBackends, useTfjsBackend, whyNot } from "./backends.ts";

Deno.test("wasm and cpu load everywhere", async () => {
  for (const name of ["wasm", "cpu"] as const) {
    assert.equal(await whyNot(name), null);
    await useTfjsBackend(name);
    assert.equal(tf.getBackend(), name);
  }
});

for (const name of tfjsBackends) {
  const reason = await whyNot(name);
  if (reason === null) continue;
  Deno.test(`${name}, which does not load here, is refused with the reason`, async () => {
    assert.match(reason, /^.{10,300}$/);
    await assert.rejects(useTfjsBackend(name), (error) => {
      assert.ok(error instanceof BadInput);
      assert.equal(error.where, "config.backend");
      assert.ok(error.message.includes(reason) && error.message.includes(name));
      return true;
    });
  });
}
