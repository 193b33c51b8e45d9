/** Random configurations, parameters and batches for the engine's tests. */
import type { Random } from "../base/random.ts";
import type { Batch } from "../data/batch.ts";
import type { EngineConfig, ObjectiveConfig } from "../engine/engine_config.ts";
import type { Sizes } from "../data/sizes.ts";
import type { Parameters } from "../engine/engine.ts";
import { adam } from "./training_cases.ts";

/** Sizes of the reference's kind, small: 4 interests, and what the fused engine takes. */
export const engineSizes: Sizes = { B: 16, L: 7, K: 4, S: 24, d: 16, itemCount: 120 };

/** A configuration of ComiRec-SA. */
export function configuration(sizes: Sizes, objective: ObjectiveConfig): EngineConfig {
  return { model: "comirec-sa", sizes, objective, adam };
}

/** REMI's objective in the reference's setting. */
export const remi: ObjectiveConfig = {
  softmax: "sampled",
  ihn: { beta: 1 },
  rr: { lambda: 100, scaling: "code" },
};

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.below(choices.length)]!;
}

/** Any shape and objective that the engine covers, small enough for a float64 oracle. */
export function randomConfiguration(random: Random): EngineConfig {
  const sizes = {
    B: 1 + random.below(21),
    L: 1 + random.below(9),
    K: 1 + random.below(6),
    S: 1 + random.below(60),
    d: pick(random, [4, 8, 12, 20, 64]),
    itemCount: pick(random, [3, 30, 300]), // 3: hardly an id that is not repeated
  };
  const rr = {
    lambda: pick(random, [0, 3, 100]),
    scaling: pick(random, ["code", "batch-mean"] as const),
  };
  const withRouting = random.below(4) > 0 ? { rr } : {};
  if (random.below(5) === 0) return configuration(sizes, { softmax: "full", ...withRouting });
  const beta = pick(random, [undefined, 0, 0.1, 1, 10]);
  const ihn = beta === undefined ? {} : { ihn: { beta } };
  return configuration(sizes, { softmax: "sampled", ...ihn, ...withRouting });
}

/** Normal parameters, large enough for the attention to have a shape. */
export function randomParameters(random: Random, { L, K, d, itemCount }: Sizes): Parameters {
  const normal = (n: number, deviation: number): Float32Array =>
    new Float32Array(n).map(() => deviation * random.normal());
  return {
    table: normal((itemCount + 1) * d, 2 / Math.sqrt(d)),
    dense: {
      W1: normal(d * 4 * d, 1 / Math.sqrt(d)),
      W2: normal(4 * d * K, 2 / Math.sqrt(4 * d)),
      P: normal(L * d, 0.3),
    },
  };
}

/** A batch with histories of every length from 1 to L, and negatives with the padding item 0. */
export function randomBatch(random: Random, { B, L, S, itemCount }: Sizes): Batch {
  const ids = (n: number): Int32Array => new Int32Array(n).map(() => random.below(itemCount + 1));
  const length = new Int32Array(B).map(() => 1 + random.below(L));
  const items = (n: number): Int32Array => ids(n).map((item) => Math.max(1, item));
  const history = items(B * L).map((item, i) => i % L < length[Math.floor(i / L)]! ? item : 0);
  return { history, length, target: items(B), negatives: ids(S) };
}
