import assert from "node:assert/strict";
import { BadInput } from "../base/bad_input.ts";
import { effectiveItems, historySeen, routingCollapse } from "./routing_collapse.ts";
import { assertClose } from "../testing/assert_close.ts";

/** What float64 rounds away. */
const rounding = { absolute: 1e-12 };

const [K, L] = [3, 6];
const length = [6, 4, 1];

/** [U, K, L] from the weight of each real position. */
function routing(weight: (k: number, l: number, n: number) => number): Float64Array {
  const rows = length.flatMap((n) =>
    Array.from(
      { length: K * L },
      (_, i) => i % L < n ? weight(Math.floor(i / L), i % L, n) : 0,
    )
  );
  return Float64Array.from(rows);
}

Deno.test("uniform routing expresses the whole history", () => {
  const measured = routingCollapse(routing((_k, _l, n) => 1 / n), length, K, 0.5);
  assertClose(measured.effectiveItems, (6 + 4 + 1) / 3, rounding);
  assertClose(measured.effectiveItems, measured.effectiveItemsUniform, rounding);
  assertClose(measured.largestWeight, (1 / 6 + 1 / 4 + 1) / 3, rounding);
  assertClose(measured.largestWeight, measured.largestWeightUniform, rounding);
  assertClose(measured.historySeen, 1, rounding);
});

Deno.test("one-hot routing expresses one item an interest", () => {
  const measured = routingCollapse(routing((k, l, n) => l === k % n ? 1 : 0), length, K, 0.5);
  assertClose(measured.effectiveItems, 1, rounding);
  assertClose(measured.largestWeight, 1, rounding);
  assertClose(measured.historySeen, (3 / 6 + 3 / 4 + 1) / 3, rounding);
});

Deno.test("identical one-hot heads see one position of each history", () => {
  const measured = routingCollapse(routing((_k, l) => l === 0 ? 1 : 0), length, K, 0.5);
  assertClose(measured.historySeen, (1 / 6 + 1 / 4 + 1) / 3, rounding);
});

Deno.test("effective items worked by hand", () => {
  assertClose(effectiveItems([0.5, 0.5, 0, 0]), 2, rounding);
  assertClose(effectiveItems([0.5, 0.25, 0.25]), Math.exp(1.5 * Math.log(2)), rounding);
});

Deno.test("a position counts from the stated share of the uniform weight on", () => {
  const rows = [[0.75, 0.125, 0.0625, 0.0625], [0.5, 0.25, 0.1875, 0.0625]];
  assert.equal(historySeen(rows, 0.5), 3 / 4);
  assert.equal(historySeen(rows, 1), 2 / 4);
  assert.equal(historySeen(rows, 0.25), 1);
});

Deno.test("padding is not looked at", () => {
  const padded = routing((_k, _l, n) => 1 / n);
  const spoiled = padded.map((w, i) => i % L >= length[Math.floor(i / (K * L))]! ? NaN : w);
  assert.deepEqual(
    routingCollapse(spoiled, length, K, 0.5),
    routingCollapse(padded, length, K, 0.5),
  );
});

Deno.test("rows that do not sum to 1, as those of capsules, are measured by their shares", () => {
  const peaked = (k: number, l: number, n: number) => l === k % n ? 0.7 : 0.3 / n;
  const scaled = (k: number, l: number, n: number) => 0.01 * (k + 1) * peaked(k, l, n);
  const [of, ofScaled] = [peaked, scaled].map((f) => routingCollapse(routing(f), length, K, 0.5));
  for (const [name, value] of Object.entries(of!)) {
    assertClose(ofScaled![name as keyof typeof of], value, rounding, name);
  }
  const flat = routingCollapse(routing(() => 0.01), length, K, 0.5);
  assertClose(flat.effectiveItems, flat.effectiveItemsUniform, rounding);
  assertClose(flat.historySeen, 1, rounding);
});

Deno.test("rows of different lengths, and no fraction, show nothing", () => {
  for (const rows of [[[0.5, 0.5], [1]], [[1], [0.5, 0.5]], [[]]]) {
    assert.throws(() => historySeen(rows, 0.5), BadInput);
  }
  assert.throws(() => historySeen([[0.5, 0.5]], NaN), BadInput);
});
