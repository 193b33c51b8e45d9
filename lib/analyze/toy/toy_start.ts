/** The toy user's training before its first step: examples, configuration, parameters. */
import { Random } from "../../base/random.ts";
import type { Batch } from "../../data/batch.ts";
import type { EngineConfig } from "../../engine/engine_config.ts";
import type { Parameters } from "../../engine/engine.ts";
import { toy, toyItems } from "./toy_user.ts";

/** The toy's sizes but for d. */
export const toySizes = {
  B: toy.targets.length,
  L: toy.history.length,
  K: toy.A.length,
  S: toy.negatives.length,
  itemCount: toyItems.length,
} as const;
const { B, L, K, S } = toySizes;

/** Small, so that every position starts with about the same weight. */
const START = 0.1;
const adam = { learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** The two examples: the same history, one target each, the same negatives. */
export const toyBatch: Batch = {
  history: Int32Array.from({ length: B * L }, (_, i) => 1 + i % L), // [B, L]
  length: new Int32Array(B).fill(L),
  target: Int32Array.from({ length: B }, (_, b) => 1 + L + b),
  negatives: Int32Array.from({ length: S }, (_, s) => 1 + L + B + s),
};

/** The toy's engine configuration in d dimensions: 2, or 4 where a kernel needs it. */
export function toyConfig(
  d: 2 | 4,
  { lambda, beta }: { readonly lambda: number; readonly beta: number },
): EngineConfig {
  return {
    model: "comirec-sa",
    sizes: { ...toySizes, d },
    objective: {
      softmax: "sampled",
      ...beta > 0 && { ihn: { beta } },
      ...lambda > 0 && { rr: { lambda, scaling: "batch-mean" as const } },
    },
    adam,
  };
}

/**
 * The toy's start: the table is the items as they are, the weights are small draws. In four
 * dimensions the last two are zero, and stay so.
 */
export function toyStart(seed: number, dimensions: 2 | 4 = 2): Parameters {
  const random = new Random(seed, "toy");
  const drawn = (length: number) => Float32Array.from({ length }, () => START * random.normal());
  const d = 2;
  const table = Float32Array.from([[0, 0], ...toyItems.map(({ vector }) => vector)].flat());
  const start: ToyParameters = {
    table,
    dense: { W1: drawn(d * 4 * d), W2: drawn(4 * d * K), P: drawn(L * d) },
  };
  return dimensions === 2 ? start : appended(start);
}

/** ComiRec-SA's. */
interface ToyParameters extends Parameters {
  readonly dense: Readonly<Record<"W1" | "W2" | "P", Float32Array>>;
}

/** The toy in four dimensions, of which the last two are zero. */
function appended({ table, dense }: ToyParameters): Parameters {
  const wider = (rows: Float32Array) =>
    // [n, 2] to [n, 4]
    Float32Array.from({ length: 2 * rows.length }, (_, i) =>
      i % 4 < 2 ? rows[2 * (i >> 2) + i % 4]! : 0);
  // [2, 8] to [4, 16] and [8, K] to [16, K]: hidden units that nothing reaches and nothing reads
  const W1 = new Float32Array(4 * 16);
  for (const row of [0, 1]) W1.set(dense.W1.subarray(8 * row, 8 * row + 8), 16 * row);
  const W2 = new Float32Array(16 * 2);
  W2.set(dense.W2);
  return { table: wider(table), dense: { W1, W2, P: wider(dense.P) } };
}
