import assert from "node:assert/strict";
import { cutShort, endingOf, type StopReason } from "./run.ts";

const run = (stop: StopReason, steps: number) => ({ stop, steps });

Deno.test("a run says how it ended, a stop by hand with its step", () => {
  assert.equal(endingOf(run("interrupted", 1234)), "stopped by hand at step 1,234");
  assert.equal(endingOf(run("max-steps", 300)), "capped at step 300");
  assert.match(endingOf(run("early-stopping", 300)), /no better for long enough at step 300/);
});

Deno.test("runs that were cut short are called what they are, never capped for stopped", () => {
  assert.equal(cutShort([run("early-stopping", 300)]), null);
  assert.equal(cutShort([run("early-stopping", 300), run("max-steps", 400)]), "some capped");
  assert.equal(cutShort([run("max-steps", 300), run("max-steps", 400)]), "capped");
  assert.equal(cutShort([run("interrupted", 1200)]), "stopped by hand at step 1,200");
  assert.equal(
    cutShort([run("interrupted", 90), run("max-steps", 400), run("interrupted", 20)]),
    "capped, stopped by hand at step 20 and 90",
  );
});
