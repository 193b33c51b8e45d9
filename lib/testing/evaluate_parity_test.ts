import assert from "node:assert/strict";
import { fixture, fixturesOf } from "./fixtures.ts";
import { evaluateParity, type EvaluationFixture } from "./evaluate_parity.ts";

for (const name of fixturesOf("evaluation")) {
  Deno.test(`parity with the official code: ${name}`, async () => {
    for (const comparison of await evaluateParity(fixture<EvaluationFixture>(name))) {
      const { quantity, largestError, tolerance } = comparison;
      assert.ok(largestError <= tolerance, `${quantity}: ${largestError} > ${tolerance}`);
    }
  });
}
