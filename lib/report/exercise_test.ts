import assert from "node:assert/strict";
import { check, NotYet } from "./exercise.ts";

Deno.test("a right answer is told why, a wrong one stops with the hint", async () => {
  const said: unknown[] = [];
  const log = console.log;
  console.log = (words: unknown) => said.push(words);
  try {
    await check(true, "Because.", "Think.");
  } finally {
    console.log = log;
  }
  assert.deepEqual(said, ["Right. Because."]);
  await assert.rejects(() => check(false, "Because.", "Think."), (error: Error) => {
    assert.ok(error instanceof NotYet);
    assert.equal(error.message, "Not yet. Think.");
    return true;
  });
});
