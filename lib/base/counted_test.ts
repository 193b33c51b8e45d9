import assert from "node:assert/strict";
import { counted } from "./counted.ts";

Deno.test("one thing has no s, and thousands are grouped", () => {
  const said = [0, 1, 2, 1200].map((n) => counted(n, "step"));
  assert.deepEqual(said, ["0 steps", "1 step", "2 steps", "1,200 steps"]);
});
