import assert from "node:assert/strict";
import { effectiveItems, historySeen, routingCollapse } from "./routing_collapse.ts";

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

function close(got: number, want: number): void {
  assert.ok(Math.abs(got - want) < 1e-12, `${got} is not ${want}`);
}

Deno.test("uniform routing expresses the whole history", () => {
  const measured = routingCollapse(routing((_k, _l, n) => 1 / n), length, K, 0.5);
  close(measured.effectiveItems, (6 + 4 + 1) / 3);
  close(measured.effectiveItems, measured.effectiveItemsUniform);
  close(measured.largestWeight, (1 / 6 + 1 / 4 + 1) / 3);
  close(measured.largestWeight, measured.largestWeightUniform);
  close(measured.historySeen, 1);
});

Deno.test("one-hot routing expresses one item an interest", () => {
  const measured = routingCollapse(routing((k, l, n) => l === k % n ? 1 : 0), length, K, 0.5);
  close(measured.effectiveItems, 1);
  close(measured.largestWeight, 1);
  close(measured.historySeen, (3 / 6 + 3 / 4 + 1) / 3);
});

Deno.test("identical one-hot heads see one position of each history", () => {
  const measured = routingCollapse(routing((_k, l) => l === 0 ? 1 : 0), length, K, 0.5);
  close(measured.historySeen, (1 / 6 + 1 / 4 + 1) / 3);
});

Deno.test("effective items worked by hand", () => {
  close(effectiveItems([0.5, 0.5, 0, 0]), 2);
  close(effectiveItems([0.5, 0.25, 0.25]), Math.exp(1.5 * Math.log(2)));
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
