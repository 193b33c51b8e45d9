import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { principalProjection } from "./principal_directions.ts";

Deno.test("known directions are found, with their share of the variance", () => {
  // Variance 9 along (1, 1, 0)/√2, 1 along (0, 0, 1), nothing else.
  const random = new Random(3);
  const vectors = Array.from({ length: 4000 }, () => {
    const [a, b] = [3 * random.normal() / Math.SQRT2, random.normal()];
    return [a + 5, a - 1, b];
  });
  const { points, explained } = principalProjection(vectors);
  assert.ok(Math.abs(explained[0] - 0.9) < 0.01 && Math.abs(explained[1] - 0.1) < 0.01);
  const [x, y] = [points[0]![0] - points[1]![0], points[0]![1] - points[1]![1]];
  const apart = Math.hypot(...vectors[0]!.map((value, j) => value - vectors[1]![j]!));
  assert.ok(Math.abs(Math.hypot(x, y) - apart) < 1e-2); // a plane keeps its distances
});

Deno.test("vectors without any spread stay at the origin", () => {
  const { points, explained } = principalProjection([[1, 2], [1, 2]]);
  assert.deepEqual(points, [[0, 0], [0, 0]]);
  assert.deepEqual(explained, [0, 0]);
});
