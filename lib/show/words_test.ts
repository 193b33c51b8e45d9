import assert from "node:assert/strict";
import { unbroken, withMinus, wrapped } from "./words.ts";

/** No-break spaces made visible. */
const shown = (text: string) => unbroken(text).replaceAll("\u00a0", "~");

Deno.test("values stay with their units and symbols", () => {
  assert.equal(shown("32.1 % with K = 4, 3 seeds"), "32.1~% with K~=~4, 3~seeds");
  assert.equal(shown("36.3 ± 0.4 and ≈ 98 %"), "36.3~±~0.4 and ≈~98~%");
  assert.equal(shown("β = −0.1 at step 1,200"), "β~=~−0.1 at step~1,200");
  assert.equal(
    shown("100 valid users × 1,280 uniform negatives"),
    "100~valid users~×~1,280~uniform negatives",
  );
  assert.equal(shown("5 to 95 % of 20 and 1.2 s left"), "5 to 95~% of 20 and 1.2~s left");
  assert.equal(shown("up in 3 of 8 comparisons"), "up in 3~of~8~comparisons");
  assert.equal(shown("n = L = 20 · seed 1 · REMI"), "n~=~L~=~20~· seed~1~· REMI");
});

Deno.test("a word that ends in a digit is no number, and no unit follows a name", () => {
  assert.equal(shown("recall@50 of A2 goes"), "recall@50 of A2 goes");
  assert.equal(shown("run 3f2a91, 77be04"), "run 3f2a91, 77be04");
});

Deno.test("lines end at plain spaces only, and are about equally long", () => {
  assert.deepEqual(wrapped("one two three four", 9), ["one two", "three", "four"]);
  assert.deepEqual(wrapped("90 % ".repeat(20).trim(), 72).map((line) => line.length), [49, 49]);
  for (const line of wrapped("the least with K = 4 and the most with K = 8", 14)) {
    assert.doesNotMatch(line, /^=|=$/);
  }
});

Deno.test("one minus sign, and only before numbers", () => {
  assert.equal(withMinus("-0.5 (-1 to -.2)"), "−0.5 (−1 to −.2)");
  assert.equal(
    withMinus("ComiRec-SA, 2026-11-24, 1-2, top-1"),
    "ComiRec-SA, 2026-11-24, 1-2, top-1",
  );
});
