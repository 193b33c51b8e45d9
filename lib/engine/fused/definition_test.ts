import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { AutogradEngine } from "../../train/autograd_engine.ts";
import type { EngineState } from "../engine.ts";
import { FusedEngine } from "./fused_engine.ts";
import {
  configuration,
  engineSizes,
  randomBatch,
  randomConfiguration,
  randomParameters,
  remi,
} from "../../testing/random_case.ts";

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The largest difference of two arrays, in units of the largest value, or of `unit` if larger. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>, unit = 0): number {
  assert.equal(a.length, b.length);
  return largest(Array.from(a, (x, i) => x - b[i]!)) / Math.max(unit, largest(b));
}

function assertSameMoments(a: EngineState, b: EngineState, what: string): void {
  const unit = 0.1 *
    Math.max(...["table", "W1", "W2", "P"].map((n) => largest(b.arrays[`${n}.m`]!)));
  for (const name of ["table.m", "W1.m", "W2.m", "P.m"]) {
    const error = distance(a.arrays[name]!, b.arrays[name]!, unit);
    assert.ok(error <= 1e-5, `${name} differs by ${error}: ${what}`);
  }
}

Deno.test("fused and readable definition agree on random shapes", async () => {
  const random = new Random(31);
  for (let trial = 0; trial < 25; trial++) {
    const drawn = randomConfiguration(random);
    const config = { ...drawn, sizes: { ...drawn.sizes, K: Math.max(2, drawn.sizes.K) } };
    const what = JSON.stringify({ ...config.sizes, ...config.objective });
    const parameters = randomParameters(random, config.sizes);
    const batch = randomBatch(random, config.sizes);
    const fused = await FusedEngine.create(config, parameters);
    const definition = await AutogradEngine.definition(config, parameters, "cpu");
    const got = await fused.interests(batch), want = await definition.interests(batch);
    assert.ok(distance(got.interests, want.interests) <= 1e-5, what);
    assert.ok(distance(got.routing!, want.routing!) <= 1e-5, what);
    const losses = fused.step(batch), expected = await definition.step(batch);
    for (const name of ["loss", "softmaxLoss", "routingPenalty"] as const) {
      const error = Math.abs(losses[name] - expected[name]);
      assert.ok(error <= 1e-5 * Math.max(1e-3, expected[name]), `${name}: ${error}, ${what}`);
    }
    assertSameMoments(fused.state(), definition.state(), what);
    fused.dispose();
    definition.dispose();
  }
});

Deno.test("fifty steps of both end at the same parameters", async () => {
  const random = new Random(37);
  const config = configuration(engineSizes, remi);
  const parameters = randomParameters(random, engineSizes);
  const fused = await FusedEngine.create(config, parameters);
  const definition = await AutogradEngine.definition(config, parameters, "cpu");
  for (let t = 0; t < 50; t++) {
    const batch = randomBatch(random, engineSizes);
    const { loss } = fused.step(batch), expected = (await definition.step(batch)).loss;
    assert.ok(Math.abs(loss - expected) <= 1e-4 * expected, `step ${t}: ${loss}, ${expected}`);
  }
  const got = fused.parameters(), want = definition.parameters();
  // Adam's first steps divide gradients by their own size, which makes much of a rounding error
  assert.ok(distance(got.table, want.table) <= 1e-3);
  for (const name of ["W1", "W2", "P"]) {
    assert.ok(distance(got.dense[name]!, want.dense[name]!) <= 1e-3, name);
  }
  fused.dispose();
  definition.dispose();
});
