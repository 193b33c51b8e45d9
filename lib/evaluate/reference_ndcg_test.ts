import assert from "node:assert/strict";
import { referenceNdcg, setOrder } from "./reference_ndcg.ts";

// The orders are those of CPython 3.11: list(s) after s.add(x) for every x.
Deno.test("sets of integers are iterated as CPython does", () => {
  const orders: readonly (readonly [number[], number[]])[] = [
    [[42, 20, 51, 84], [42, 51, 20, 84]],
    [[7, 10, 69, 13, 47], [69, 7, 10, 13, 47]], // has grown
    [[8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104], [
      ...[32, 64, 96, 8, 40, 72, 104, 16, 48, 80, 24, 56, 88], // many collisions
    ]],
    [[1194, 119, 1864, 1040, 440, 77, 177, 889, 857, 144, 493, 186], [
      ...[1864, 1194, 77, 493, 1040, 177, 144, 119, 440, 889, 186, 857],
    ]],
    [
      [
        ...[288908, 222571, 30991, 296461, 64908, 117042, 330630, 328956, 305659, 32434, 302569],
        ...[306993, 207975, 26000, 115911, 24423, 291853, 69822, 151839, 219750, 75632, 283476],
        ...[61758, 299324],
      ],
      [
        ...[330630, 64908, 288908, 296461, 30991, 26000, 291853, 151839, 306993, 117042, 32434],
        ...[299324, 69822, 61758, 115911, 283476, 219750, 207975, 24423, 302569, 222571, 75632],
        ...[305659, 328956],
      ],
    ],
  ];
  for (const [added, order] of orders) assert.deepEqual(setOrder(added), order);
});

Deno.test("a large set, and values added again", () => {
  const values = Array.from({ length: 3000 }, (_, i) => (i * 7919) % 5000 + 1);
  const order = setOrder([...values, ...values.slice(0, 100)]);
  assert.equal(order.length, 3000);
  assert.equal(order.reduce((sum, x, i) => sum + i * x, 0) % 1000003, 410768);
});

Deno.test("the reference's NDCG counts places of the hash table as ranks", () => {
  // added as 42, 20, 51, 84; iterated as 42, 51, 20, 84: item 20, found second, counts as third
  assert.equal(referenceNdcg([42, 20, 51, 84], [20]), 1 / Math.log2(4));
  assert.equal(referenceNdcg([42, 20, 51, 84], [1]), 0);
  assert.equal(referenceNdcg([42, 20, 51, 84], [51, 42]), 1);
});
