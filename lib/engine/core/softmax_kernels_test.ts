import assert from "node:assert/strict";
import type { ObjectiveConfig } from "../engine_config.ts";
import { SoftmaxKernels } from "./softmax_kernels.ts";

const objectives: Readonly<Record<string, ObjectiveConfig>> = {
  "IHN": { softmax: "sampled", ihn: { beta: 1 } },
  "full softmax": { softmax: "full" },
  "per-item maximum": { softmax: "sampled", selection: "per-item" },
};

for (const [name, objective] of Object.entries(objectives)) {
  Deno.test(`a batch that is not finite leaves nothing to the next: ${name}`, async () => {
    const [B, K, S, d] = [3, 3, 5, 12];
    const kernels = await SoftmaxKernels.create({ B, K, S, d }, objective);
    const waves = (rows: number, scale = 1) =>
      Float32Array.from({ length: rows * d }, (_, i) => scale * Math.sin(i + rows));
    const usual = () => JSON.stringify(kernels.run(waves(B * K), waves(B), waves(S)));
    const before = usual();
    for (const scales of [[NaN, 1, 1], [1, NaN, 1], [1, 1, NaN], [1e30, 1e30, 1e30]]) {
      const [V, E, N] = scales as [number, number, number];
      kernels.run(waves(B * K, V), waves(B, E), waves(S, N));
      assert.deepEqual(usual(), before, `${scales}`);
    }
  });
}
