import assert from "node:assert/strict";
import { type Box, transformed, union } from "./box.ts";
import { assertClose } from "../../testing/assert_close.ts";

const box = { x0: 1, y0: 2, x1: 3, y1: 5 };

function assertBox(actual: Box | null, { x0, y0, x1, y1 }: Box): void {
  const sides = actual && [actual.x0, actual.y0, actual.x1, actual.y1];
  assertClose(sides, [x0, y0, x1, y1], { absolute: 1e-9 });
}

Deno.test("nothing leaves a union as it is", () => {
  assert.equal(union(null, null), null);
  assert.deepEqual(union(box, null), box);
  assert.deepEqual(union(box, { x0: 0, y0: 3, x1: 2, y1: 9 }), { x0: 0, y0: 2, x1: 3, y1: 9 });
});

Deno.test("transforms apply from right to left, as in SVG", () => {
  assertBox(transformed(box, "translate(10,20)"), { x0: 11, y0: 22, x1: 13, y1: 25 });
  assertBox(transformed(box, "translate(10) scale(2)"), { x0: 12, y0: 4, x1: 16, y1: 10 });
  assertBox(transformed(box, "scale(2)translate(10,0)"), { x0: 22, y0: 4, x1: 26, y1: 10 });
  assertBox(transformed(box, "rotate(90)"), { x0: -5, y0: 1, x1: -2, y1: 3 });
  assertBox(transformed(box, "rotate(-90,1,2)"), { x0: 1, y0: 0, x1: 4, y1: 2 });
  assertBox(transformed(box, "matrix(1 0 0 1 5 6)"), { x0: 6, y0: 8, x1: 8, y1: 11 });
  assert.throws(() => transformed(box, "skewX(3)"), /skewX/);
});
