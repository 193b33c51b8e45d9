import assert from "node:assert/strict";
import { BadInput } from "./bad_input.ts";
import { requireAscending, requireFinite, requireNumbers, requireWhole } from "./given_numbers.ts";

const odd = [NaN, Infinity, -Infinity, "1", null, undefined] as number[];

Deno.test("numbers are taken as they are meant", () => {
  requireFinite(-0.5, "here");
  requireWhole(0, "here", 0);
  requireWhole(20, "here", 1, 20);
  requireNumbers([1, -2.5], "here");
  requireNumbers(Float32Array.of(1, 2), "here", 2);
  requireAscending([0, 1, 7], "here", 0, "[0, 1]");
});

Deno.test("what is no number, infinite or out of range is told with its place", () => {
  for (const value of odd) {
    assert.throws(() => requireFinite(value, "here"), /^BadInput: here: not a finite number/);
    assert.throws(() => requireWhole(value, "here"), BadInput);
    assert.throws(() => requireNumbers([1, value], "here"), /here, place 2: not a finite/);
    assert.throws(() => requireAscending([1, value], "here", 1, "[1, 2]"), BadInput);
  }
  assert.throws(
    () => requireWhole(0, "here"),
    /not a whole number from 1 on: 0\. Give 1 or more\./,
  );
  assert.throws(() => requireWhole(1.5, "here"), BadInput);
  assert.throws(() => requireWhole(21, "here", 1, 20), /from 1 to 20: 21\. Give 1 to 20\./);
  assert.throws(() => requireNumbers([], "here"), /needed: 0\. Give at least one\./);
  assert.throws(() => requireNumbers([], "here", 0), /needed: 0\. Give at least one\./);
  assert.throws(() => requireNumbers([1], "here", 2), /needed: 1\. Give 2\./);
  assert.throws(() => requireNumbers(new Array(1), "here"), BadInput);
});

Deno.test("lists that do not ascend are refused", () => {
  for (const values of [[], [5, 2], [1, 1], [1.5], [-1], [NaN, -3], [Infinity], new Array(2)]) {
    const refused = () => requireAscending(values, "here", 0, "[0, 100]");
    assert.throws(refused, /here: not ascending whole numbers from 0 on: .*For example \[0, 100\]/);
  }
});
