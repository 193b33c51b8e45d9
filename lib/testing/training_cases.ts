/** Small trainings that the tests and benchmarks of the backends share. */
import type { Random } from "../base/random.ts";
import type { Batch } from "../data/batch.ts";
import type { AdamConfig } from "../engine/engine_config.ts";
import type { Sizes } from "../data/sizes.ts";

/** Sizes small enough for the slowest backend. */
export const smallSizes: Sizes = { B: 6, L: 7, K: 3, S: 10, d: 8, itemCount: 50 };

/** The reference's optimizer. */
export const adam: AdamConfig = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
};

/** A batch of uniform items; histories of all lengths from 1 to L. */
export function uniformBatch({ B, L, S, itemCount }: Sizes, random: Random): Batch {
  const items = (n: number) => Int32Array.from({ length: n }, () => 1 + random.below(itemCount));
  const length = Int32Array.from({ length: B }, () => 1 + random.below(L));
  const history = items(B * L).map((item, i) => i % L < length[Math.floor(i / L)]! ? item : 0);
  return { history, length, target: items(B), negatives: items(S) };
}

/** A batch of {@linkcode smallSizes}. */
export function smallBatch(random: Random): Batch {
  return uniformBatch(smallSizes, random);
}
