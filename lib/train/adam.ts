/** Adam (Kingma and Ba, 2015, Algorithm 1), literally: dense parameters, and the tests' oracle. */
import type { DenseMemory, Moments } from "../engine/core/dense_memory.ts";
import type { AdamConfig } from "../engine/engine_config.ts";

/** Moments at the start: zero. */
export function zeroMoments(size: number): Moments {
  return { m: new Float32Array(size), v: new Float32Array(size) };
}

/**
 * One step in place, t counted from 1:
 *
 *     m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2,
 *     p -= lr / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + eps).
 *
 * @param p        the parameters
 * @param gradient as long as p from `from` on
 * @param from, to the part of p to update
 */
export function adamStep(
  p: Float32Array,
  { m, v }: Moments,
  gradient: Float32Array,
  t: number,
  { learningRate, beta1, beta2, epsilon }: AdamConfig,
  from = 0,
  to: number = p.length,
): void {
  const rate = learningRate / (1 - beta1 ** t);
  const correction = 1 / (1 - beta2 ** t);
  for (let i = from; i < to; i++) {
    const g = gradient[i - from]!;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    p[i]! -= rate * m[i]! / (Math.sqrt(v[i]! * correction) + epsilon);
  }
}

/** Plain arrays, and this Adam. */
export function plainArrays(adam: AdamConfig): DenseMemory {
  return {
    zeros: (n) => new Float32Array(n),
    step: (values, moments, gradient, t) => adamStep(values, moments, gradient, t, adam),
  };
}
