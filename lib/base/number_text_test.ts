import assert from "node:assert/strict";
import { decimal, integer, positiveInteger } from "./number_text.ts";

const odd = ["", " ", " 5", "5 ", "0x10", "1e999", "NaN", "Infinity", "-0", "+5", "1_000", "five"];

Deno.test("a whole number is digits, and one that can be told from its neighbours", () => {
  assert.deepEqual(["3", "9007199254740991"].map((text) => positiveInteger(text, "--K")), [
    3,
    9007199254740991,
  ]);
  assert.deepEqual(["0", "-7"].map((text) => integer(text, "--seed")), [0, -7]);
  for (const text of [...odd, "0", "-1", "1.5", "1e3", "1.0", "007"]) {
    assert.throws(() => positiveInteger(text, "--K"), /^BadInput: --K: not a whole number above 0/);
  }
  assert.throws(() => positiveInteger("8", "--K", 7), /^BadInput: --K: too large: "8"\. At most 7/);
  assert.equal(positiveInteger("7", "--K", 7), 7);
  assert.throws(() => positiveInteger("1e3", "--K"), /Write 1000\./);
  assert.throws(() => integer("9007199254740993", "--seed"), /too large to be exact/);
});

Deno.test("a number may have decimals and an exponent, and is not beyond what one holds", () => {
  const good = { "100": 100, "0.1": 0.1, ".5": 0.5, "1e-3": 0.001, "-2.5E+1": -25, "0": 0 };
  for (const [text, value] of Object.entries(good)) assert.equal(decimal(text, "--rr"), value);
  for (const text of odd.filter((text) => text !== "1e999")) {
    assert.throws(() => decimal(text, "--rr"), /--rr: not a number/, text);
  }
  for (const text of ["1e999", "1e-999"]) {
    assert.throws(() => decimal(text, "--rr"), /too large or too small/);
  }
});
