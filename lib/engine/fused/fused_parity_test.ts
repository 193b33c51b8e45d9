import assert from "node:assert/strict";
import { fixture, fixturesOf, type TrainingFixture } from "../../testing/fixtures.ts";
import { trainingParity } from "../../testing/parity.ts";
import { casesOf } from "../../testing/parity_cases.ts";
import { fusedCovers, FusedEngine } from "./fused_engine.ts";

const covered = fixturesOf("training")
  .flatMap((name) => casesOf(fixture<TrainingFixture>(name)))
  .filter(({ config }) => fusedCovers(config) === null);

for (const parity of covered) {
  const { config, start, batches, fixture: { name } } = parity;
  for (const relaxedSimd of [false, true]) {
    const build = relaxedSimd ? "relaxed" : "plain";
    Deno.test(`parity with the official code: ${name}, fused, ${build} SIMD`, async () => {
      const engine = await FusedEngine.create(config, start, { relaxedSimd });
      for (const { quantity, largestError, tolerance } of await trainingParity(parity, engine)) {
        assert.ok(largestError <= tolerance, `${quantity}: ${largestError} > ${tolerance}`);
      }
      const { interests, routing } = await engine.interests(batches[0]!);
      assert.ok(interests.every(Number.isFinite) && routing!.every(Number.isFinite));
      engine.dispose();
    });
  }
}
