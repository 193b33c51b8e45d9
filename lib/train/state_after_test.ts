import assert from "node:assert/strict";
import { catchUpSizes } from "../engine/core/catch_up_tables.ts";
import type { EngineConfig } from "../engine/engine_config.ts";
import { LATE_STEP, lateState } from "./state_after.ts";

const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const config: EngineConfig = {
  model: "comirec-sa",
  sizes: { B: 50, L: 11, K: 5, S: 300, d: 8, itemCount: 700 },
  objective: { softmax: "sampled", ihn: { beta: 1 }, rr: { lambda: 1, scaling: "code" } },
  adam,
  seed: 1,
};

Deno.test("a late state comes to rows that are replayed, in the series, and beyond it", () => {
  const { maxGap, seriesFrom } = catchUpSizes(adam);
  assert.ok(seriesFrom > 1 && seriesFrom + maxGap < LATE_STEP, `${seriesFrom} + ${maxGap}`);
});

Deno.test("a late state is the same again, and another where a step or a size is", async () => {
  const of = (change: Partial<EngineConfig> = {}, backend: "fused" | "wasm" = "fused") =>
    lateState({ ...config, ...change }, backend);
  assert.equal(await of(), await of());
  const others = [
    of(),
    of({}, "wasm"),
    of({ adam: { ...adam, epsilon: 2e-8 } }),
    of({ adam: { ...adam, beta2: 0.9985 } }),
    of({ sizes: { ...config.sizes, S: 299 } }),
  ];
  assert.equal(new Set(await Promise.all(others)).size, others.length);
});
