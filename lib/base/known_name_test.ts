import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { knownName } from "./known_name.ts";

Deno.test("a known name is itself; another is refused with those that there are", () => {
  const known = ["each fix alone", "one vector"];
  assert.equal(knownName("one vector", known, "f, name"), "one vector");
  for (const other of ["each fix", "", "toString", undefined as unknown as string]) {
    assert.throws(() => knownName(other, known, "f, name"), (error) => {
      assert.ok(error instanceof BadInput);
      assert.match(error.message, /^f, name: no such name.* There are "each fix alone", "one/);
      return true;
    });
  }
  assert.throws(() => knownName("One-Vector", known, "f"), /did you mean one vector/);
});
