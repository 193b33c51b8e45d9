import assert from "node:assert/strict";
import { favouritePositions, positionAgreement } from "./favourite_positions.ts";

const users = [
  { routing: [[0.6, 0.4], [0.1, 0.9]] },
  { routing: [[0.5, 0.2, 0.3], [0.3, 0.3, 0.4]] },
];

Deno.test("favourite positions worked by hand, with histories of different lengths", () => {
  assert.deepEqual(favouritePositions(users), [[1, 0, 0], [0, 0.5, 0.5]]);
});

Deno.test("agreement is 1 if positions decide, and one user in all at the least", () => {
  assert.equal(positionAgreement(users), 0.75);
  assert.equal(positionAgreement([users[0]!, users[0]!]), 1);
  const apart = [0, 1, 2].map((at) => ({ routing: [[0, 1, 2].map((l) => l === at ? 1 : 0)] }));
  assert.equal(positionAgreement(apart), 1 / 3);
});
