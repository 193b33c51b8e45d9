import assert from "node:assert/strict";
import { Random } from "../../base/random.ts";
import { adam } from "../../testing/training_cases.ts";
import { plainArrays } from "../../train/adam.ts";
import { WasmDense } from "./wasm_dense.ts";

Deno.test("the kernels' dense Adam is the definition's, for arrays of any length", async () => {
  const random = new Random(2);
  const lengths = [1, 7, 64, 3];
  const memories = [await WasmDense.create(lengths, adam), plainArrays(adam)];
  const [ours, plain] = memories.map((memory) =>
    lengths.map((n) => {
      const [values, m, v] = [memory.zeros(n), memory.zeros(n), memory.zeros(n)] as const;
      return { memory, values, moments: { m, v } };
    })
  );
  for (let t = 1; t <= 300; t++) {
    for (const [i, n] of lengths.entries()) {
      const gradient = new Float32Array(n).map(() => random.normal() / t);
      for (const { memory, values, moments } of [ours![i]!, plain![i]!]) {
        memory.step(values, moments, gradient, t);
      }
    }
  }
  ours!.forEach(({ values, moments }, i) => {
    const want = plain![i]!;
    values.forEach((x, j) => assert.ok(Math.abs(x - want.values[j]!) < 2e-6));
    moments.m.forEach((x, j) => assert.ok(Math.abs(x - want.moments.m[j]!) < 1e-6));
  });
});
