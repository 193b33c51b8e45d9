import assert from "node:assert/strict";
import { didYouMean, nearest } from "./did_you_mean.ts";

const keys = ["model", "B", "K", "learningRate", "evaluateEvery", "maxSteps", "seed"];

Deno.test("a misspelt name finds the one that was meant", () => {
  assert.equal(nearest("maxstep", keys), "maxSteps");
  assert.equal(nearest("learning_rate", keys), "learningRate");
  assert.equal(nearest("evaluate-every", keys), "evaluateEvery");
  assert.equal(nearest("sede", keys), "seed");
  assert.equal(nearest("b", keys), "B");
});

Deno.test("a word near to nothing finds nothing", () => {
  assert.equal(nearest("x", keys), null);
  assert.equal(nearest("temperature", keys), null);
  assert.equal(didYouMean("x", keys), "");
});
