import assert from "node:assert/strict";
import { tfjsBackends, whyNot } from "../engine/tfjs/backends.ts";
import { AutogradEngine } from "../train/autograd_engine.ts";
import { fixture, fixturesOf, type TrainingFixture } from "./fixtures.ts";
import { configOf, gradientParity, hasModelOf, parametersOf, trainingParity } from "./parity.ts";

for (const name of fixturesOf("training")) {
  const values = fixture<TrainingFixture>(name);
  if (!hasModelOf(values)) {
    Deno.test.ignore(`parity with the official code: ${name} (no model ${values.model})`, () => {});
    continue;
  }
  for (const backend of tfjsBackends) {
    const title = `parity with the official code: ${name}, definition on ${backend}`;
    const reason = await whyNot(backend);
    if (reason !== null) {
      Deno.test.ignore(`${title} (${reason})`, () => {});
      continue;
    }
    Deno.test(title, async () => {
      const config = configOf(values);
      const engine = await AutogradEngine.create(config, parametersOf(values), backend);
      const comparisons = [
        ...await gradientParity(values, engine),
        ...await trainingParity(values, engine),
      ];
      for (const { quantity, largestError, tolerance } of comparisons) {
        assert.ok(largestError <= tolerance, `${quantity}: ${largestError} > ${tolerance}`);
      }
      engine.dispose();
    });
  }
}

Deno.test("a fixture that is not there is an error that names those that are", () => {
  assert.throws(() => fixture("nonsense"), /no such fixture: "nonsense"\. It has \w+/);
});
