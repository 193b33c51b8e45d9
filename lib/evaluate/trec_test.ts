import assert from "node:assert/strict";
import { evaluationCases } from "./cases.ts";
import { trecQrels, trecRun } from "./trec.ts";

// the second user is too short to be evaluated; the third's targets repeat
const offsets = Uint32Array.of(0, 5, 6, 16);
const items = Uint32Array.of(1, 2, 3, 4, 5, 9, 1, 1, 1, 1, 1, 1, 1, 1, 7, 7);
const cases = evaluationCases({ offsets, items }, 3);

Deno.test("a run file has a line an item, scores that fall, and no missing items", () => {
  const ranked = Uint32Array.of(5, 8, 7, 0);
  assert.deepEqual([...trecRun(ranked, 2, cases, "tag")], [
    "0 Q0 5 1 2 tag\n0 Q0 8 2 1 tag\n",
    "2 Q0 7 1 2 tag\n",
  ]);
});

Deno.test("a qrels file has each distinct target once, of the users that are evaluated", () => {
  assert.deepEqual([...trecQrels(cases)], ["0 0 5 1\n", "2 0 7 1\n"]);
});
