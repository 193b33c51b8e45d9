import assert from "node:assert/strict";
import type { CatalogueScores } from "./catalogue_scores.ts";
import { catalogueParts, idealNegatives, ownShare } from "./ideal_negatives.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-12 };

/** exp(x) = 1, 2, 3, 4 for items 1 to 4; the target is item 4, the user's own are 3 and 4. */
const user: CatalogueScores = {
  user: 0,
  target: 4,
  positive: Math.log(4),
  scores: Float64Array.of(1, 2, 3, 4).map(Math.log),
  own: Uint8Array.of(0, 0, 1, 1),
};
const parts = [0.1, 0.5, 1];

Deno.test("beta 0 is uniform", () => {
  const { massOfHardest, effectiveItems, target, own } = idealNegatives([user], 0, parts);
  [0.25, 0.5, 1].forEach((want, i) => assertClose(massOfHardest[i]!, want, rounding));
  assertClose(effectiveItems, 4, rounding);
  assertClose(target, 0.25, rounding);
  assertClose(own, 0.5, rounding);
  assertClose(ownShare([user]), 0.5, rounding);
});

Deno.test("beta 1, worked by hand: q = 0.1, 0.2, 0.3, 0.4", () => {
  const { massOfHardest, effectiveItems, target, own } = idealNegatives([user], 1, parts);
  [0.4, 0.7, 1].forEach((want, i) => assertClose(massOfHardest[i]!, want, rounding));
  assertClose(target, 0.4, rounding);
  assertClose(own, 0.7, rounding);
  const entropy = -[0.1, 0.2, 0.3, 0.4].reduce((sum, q) => sum + q * Math.log(q), 0);
  assertClose(effectiveItems, Math.exp(entropy), rounding);
});

Deno.test("a large beta leaves one item", () => {
  const { massOfHardest, effectiveItems, target } = idealNegatives([user], 500, parts);
  [massOfHardest[0]!, effectiveItems, target].forEach((one) => assertClose(one, 1, rounding));
});

Deno.test("users are averaged; without a planted truth nothing is their own", () => {
  const even = { ...user, scores: new Float64Array(4), own: null };
  const both = idealNegatives([user, even], 1, parts);
  assertClose(both.target, (0.4 + 0.25) / 2, rounding);
  assert.deepEqual([both.own, ownShare([user, even])], [null, null]);
});

Deno.test("parts of a catalogue go from one item to all, ascending, with the marked ones", () => {
  const parts = catalogueParts(4000);
  assert.deepEqual([parts[0], parts.at(-1)], [1 / 4000, 1]);
  assert.ok(parts.every((part, i) => i === 0 || part > parts[i - 1]!));
  assert.ok([0.001, 0.01, 0.1].every((part) => parts.includes(part)) && parts.length < 50);
});
