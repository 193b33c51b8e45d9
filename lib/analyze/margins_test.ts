import assert from "node:assert/strict";
import { marginEdges, marginHistograms } from "./margins.ts";

/** The lower edges of the bins that hold something, with their counts. */
function filled(counts: readonly number[]): [number, number][] {
  return counts.flatMap((count, bin) =>
    count > 0 ? [[marginEdges[bin - 1] ?? -Infinity, count] as [number, number]] : []
  );
}

Deno.test("margins worked by hand: selected, other, single, the user's maximum", () => {
  const histograms = marginHistograms([{
    positives: Float64Array.of(1, 4), // the second is selected
    negatives: [Float64Array.of(3, 1, -90), Float64Array.of(2.1, 4, 60)],
  }]);
  assert.deepEqual(filled(histograms.selected), [[-2, 1], [0, 1], [12, 1]]); // -1.9, 0, 56
  assert.deepEqual(filled(histograms.other), [[-Infinity, 1], [0, 1], [2, 1]]); // 2, 0, -91
  assert.deepEqual(filled(histograms.single), [[-17.5, 1], [0, 2]]); // 0.05, 0, -17.5
  assert.deepEqual(filled(histograms.userMax), [[-1, 1], [0, 1], [12, 1]]); // -1, 0, 56
});

Deno.test("every negative of every user is counted once by each vector", () => {
  const user = {
    positives: Float64Array.of(0, 1, 2),
    negatives: [0, 1, 2].map((k) => Float64Array.from({ length: 7 }, (_, j) => j - 3 * k)),
  };
  const { edges, ...counts } = marginHistograms([user, user]);
  const sums = Object.values(counts).map((count) => count.reduce((a, b) => a + b, 0));
  assert.deepEqual(sums, [14, 28, 14, 14]);
  assert.ok(Object.values(counts).every((count) => count.length === edges.length + 1));
});
