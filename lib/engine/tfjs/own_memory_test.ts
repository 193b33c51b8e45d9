import assert from "node:assert/strict";
import { BadInput } from "../../base/bad_input.ts";
import { OwnMemory } from "./own_memory.ts";

Deno.test("a memory that cannot be is refused in plain words, and the next one is there", () => {
  const memory = new OwnMemory();
  for (const bytes of [2 ** 32, 2 ** 40]) {
    assert.throws(() => memory.layOut([bytes]), (error: Error) => {
      assert.ok(error instanceof BadInput);
      assert.match(
        error.message,
        /^the encoder: .* exceed WebAssembly's limit of 4 GiB.*Lower d, L/,
      );
      return true;
    });
  }
  const [first, second] = memory.layOut([100_000, 400_000]) as [number, number];
  memory.floats(second, 100_000).fill(1);
  assert.equal(memory.floats(first, 25_000).some((x) => x !== 0), false);
});

Deno.test("a memory that the machine cannot give is refused in plain words", () => {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError("out of memory");
  };
  try {
    assert.throws(() => new OwnMemory().layOut([2 ** 20]), (error: Error) => {
      assert.ok(error instanceof BadInput);
      assert.match(error.message, /the machine cannot give the encoder its memory.*Close other/);
      return true;
    });
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
});
