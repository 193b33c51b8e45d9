import assert from "node:assert/strict";
import { fixture, fixturesOf, type TrainingFixture } from "../../testing/fixtures.ts";
import { configOf, hasModelOf, parametersOf, trainingParity } from "../../testing/parity.ts";
import { fusedCovers, FusedEngine } from "./fused_engine.ts";

const covered = fixturesOf("training").filter((name) => {
  const values = fixture<TrainingFixture>(name);
  return hasModelOf(values) && fusedCovers(configOf(values)) === null;
});

for (const name of covered) {
  for (const relaxedSimd of [false, true]) {
    const build = relaxedSimd ? "relaxed" : "plain";
    Deno.test(`parity with the official code: ${name}, fused, ${build} SIMD`, async () => {
      const values = fixture<TrainingFixture>(name);
      const engine = await FusedEngine.create(configOf(values), parametersOf(values), {
        relaxedSimd,
      });
      for (const { quantity, largestError, tolerance } of await trainingParity(values, engine)) {
        assert.ok(largestError <= tolerance, `${quantity}: ${largestError} > ${tolerance}`);
      }
      const { interests, routing } = await engine.interests({
        history: Int32Array.from(values.steps[0]!.history.flat()),
        length: Int32Array.from(values.steps[0]!.mask, (row) => row.reduce((a, b) => a + b, 0)),
      });
      assert.ok(interests.every(Number.isFinite) && routing!.every(Number.isFinite));
      engine.dispose();
    });
  }
}
