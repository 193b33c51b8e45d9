import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { availableMemory, requireMemory } from "./memory.ts";

const GIB = 2 ** 30;
const parts = [
  { what: "a small thing", bytes: 0.01 * GIB, lower: ["x"] },
  { what: "rows", bytes: 1.5 * GIB, lower: ["items", "d"] },
  { what: "histories", bytes: 3 * GIB, lower: ["L"] },
];

Deno.test("what does not fit is refused by part, the largest first", () => {
  assert.throws(() => requireMemory("training", parts, () => "Or stop.", 2 * GIB), (error) => {
    assert.ok(error instanceof BadInput);
    assert.equal(
      error.message,
      'training: needs more memory than the 2 GiB there are: "4.51 GiB". That is 3 GiB for ' +
        "histories, 1.5 GiB for rows. Lower L. Or stop.",
    );
    return true;
  });
});

Deno.test("what fits is not, and what is small is not even compared", () => {
  requireMemory("training", parts, () => assert.fail("not asked"), 5 * GIB);
  requireMemory("training", [{ what: "rows", bytes: 2 ** 20, lower: ["d"] }], undefined, 1);
});

Deno.test("there is some memory, and not more than the machine has", () => {
  const available = availableMemory();
  assert.ok(available > 2 ** 26 && available <= Deno.systemMemoryInfo().total);
});
