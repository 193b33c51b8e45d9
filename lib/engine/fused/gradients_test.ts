import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import type { EngineConfig } from "../engine_config.ts";
import { FusedEngine } from "./fused_engine.ts";
import {
  configuration,
  randomBatch,
  randomConfiguration,
  randomParameters,
  remi,
} from "../../testing/random_case.ts";
import { assertClose } from "../../testing/assert_close.ts";
import { type Arrays, inDouble, reference, userInterests } from "../../testing/fused_reference.ts";

const RELATIVE = 1e-5;

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/**
 * Gradients after the first step, when the first moment is (1 - beta1) times the gradient. Some are
 * zero in exact arithmetic (nothing to route among equal items), so an error is never
 * measured against less than a tenth of the largest gradient of the batch.
 */
function assertGradients(engine: FusedEngine, config: EngineConfig, want: Arrays): void {
  const { arrays } = engine.state();
  const scale = 0.1 * Math.max(...Object.values(want).map(largest));
  for (const name of ["table", "W1", "W2", "P"] as const) {
    const got = Float64Array.from(arrays[`${name}.m`]!, (m) => m / (1 - config.adam.beta1));
    const tolerance = { absolute: RELATIVE * scale, relative: RELATIVE };
    assertClose(got, want[name], tolerance, `gradient of ${name}, ${described(config)}`);
  }
}

function described({ sizes, objective }: EngineConfig): string {
  return JSON.stringify({ ...sizes, ...objective });
}

Deno.test("the float64 oracle's gradients are those of its loss", () => {
  const random = new Random(11);
  for (let trial = 0; trial < 12; trial++) {
    const config = randomConfiguration(random);
    const parameters = inDouble(randomParameters(random, config.sizes));
    const batch = randomBatch(random, config.sizes);
    const { gradients } = reference(config, parameters, batch);
    for (const name of ["table", "W1", "W2", "P"] as const) {
      const values = parameters[name];
      for (let probe = 0; probe < 3; probe++) {
        const at = random.below(values.length), before = values[at]!, h = 1e-6;
        values[at] = before + h;
        const above = reference(config, parameters, batch).losses.loss;
        values[at] = before - h;
        const below = reference(config, parameters, batch).losses.loss;
        values[at] = before;
        const difference = (above - below) / (2 * h) - gradients[name][at]!;
        const scale = Math.max(1, largest(gradients[name]));
        assert.ok(Math.abs(difference) / scale < 1e-5, `${name}[${at}] of ${described(config)}`);
      }
    }
  }
});

for (const relaxedSimd of [false, true]) {
  const build = relaxedSimd ? "relaxed" : "plain";
  Deno.test(`losses and gradients on random shapes, ${build} SIMD`, async () => {
    const random = new Random(23);
    for (let trial = 0; trial < (relaxedSimd ? 25 : 60); trial++) {
      const config = randomConfiguration(random);
      const parameters = randomParameters(random, config.sizes);
      const batch = randomBatch(random, config.sizes);
      const want = reference(config, inDouble(parameters), batch);
      const engine = await FusedEngine.create(config, parameters, { relaxedSimd });
      const losses = engine.step(batch);
      for (const name of ["loss", "softmaxLoss", "routingPenalty"] as const) {
        assertClose(
          losses[name],
          want.losses[name],
          { relative: RELATIVE },
          `${name} of ${described(config)}`,
        );
      }
      assertGradients(engine, config, want.gradients);
      engine.dispose();
    }
  });
}

Deno.test("losses and gradients at the reference's sizes", async () => {
  const random = new Random(5);
  const sizes = { B: 128, L: 20, K: 4, S: 1280, d: 64, itemCount: 2000 };
  const config = configuration(sizes, remi);
  const parameters = randomParameters(random, sizes), batch = randomBatch(random, sizes);
  const want = reference(config, inDouble(parameters), batch);
  const engine = await FusedEngine.create(config, parameters);
  const losses = engine.step(batch);
  assertClose(losses.loss, want.losses.loss, { relative: RELATIVE }, "loss");
  assertGradients(engine, config, want.gradients);
  engine.dispose();
});

Deno.test("interests and routing of more users than a chunk holds", async () => {
  const random = new Random(7);
  const sizes = { B: 3, L: 6, K: 5, S: 4, d: 12, itemCount: 50 };
  const config = configuration(sizes, remi);
  const parameters = randomParameters(random, sizes);
  const engine = await FusedEngine.create(config, parameters);
  const histories = randomBatch(random, { ...sizes, B: 37 });
  const { interests, routing } = await engine.interests(histories);
  for (let u = 0; u < 37; u++) {
    const n = histories.length[u]!;
    const history = histories.history.subarray(u * sizes.L, u * sizes.L + n);
    const want = userInterests(config, inDouble(parameters), history);
    for (let k = 0; k < sizes.K; k++) {
      const at = u * sizes.K + k;
      const v = interests.subarray(at * sizes.d, (at + 1) * sizes.d);
      assertClose(v, want.interests[k]!, { relative: RELATIVE }, `interest ${k} of user ${u}`);
      const weights = routing!.subarray(at * sizes.L, (at + 1) * sizes.L);
      const padded = Float64Array.from({ length: sizes.L }, (_, l) => want.routing[k]![l] ?? 0);
      assertClose(weights, padded, { relative: RELATIVE }, `routing ${k} of user ${u}`);
    }
  }
  engine.dispose();
});

Deno.test("scores of hundreds neither overflow nor vanish", async () => {
  const random = new Random(9);
  const sizes = { B: 9, L: 5, K: 3, S: 33, d: 8, itemCount: 40 };
  for (const beta of [0, 0.1, 10]) {
    const config = configuration(sizes, { softmax: "sampled", ihn: { beta } });
    const parameters = randomParameters(random, sizes);
    const huge = { ...parameters, table: parameters.table.map((x) => 8 * x) };
    const batch = randomBatch(random, sizes);
    const engine = await FusedEngine.create(config, huge);
    const { loss } = engine.step(batch);
    const want = reference(config, inDouble(huge), batch).losses.loss;
    assertClose(loss, want, { relative: RELATIVE }, `beta ${beta}`);
    assert.ok(engine.parameters().table.every(Number.isFinite));
    engine.dispose();
  }
});

Deno.test("scores beyond float32 make the loss not a number", async () => {
  const random = new Random(13);
  const sizes = { B: 4, L: 3, K: 2, S: 6, d: 8, itemCount: 5 };
  const parameters = randomParameters(random, sizes);
  parameters.table.fill(1e30, 8, 16);
  const engine = await FusedEngine.create(configuration(sizes, remi), parameters);
  const batch = { ...randomBatch(random, sizes), target: Int32Array.of(1, 2, 3, 4) };
  assert.ok(Number.isNaN(engine.step(batch).loss));
  engine.dispose();
});
