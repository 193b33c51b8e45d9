/** Distributions that parameters start from and noise follows. */
import type { Random } from "../base/random.ts";

/** Draws one number. */
export type Draw = (random: Random) => number;

/** N(0, deviation^2). */
export function normal(deviation: number): Draw {
  return (random) => deviation * random.normal();
}

/** N(0, 2 / fanIn): Kaiming's start, with which the reference starts every tensor but GRU4Rec's. */
export function kaimingNormal(fanIn: number): Draw {
  return normal(Math.sqrt(2 / fanIn));
}

/** N(0, 2 / (fanIn + fanOut)). */
export function xavierNormal(fanIn: number, fanOut: number): Draw {
  return normal(Math.sqrt(2 / (fanIn + fanOut)));
}

/** Uniform in [-limit, limit). */
export function uniform(limit: number): Draw {
  return (random) => limit * (2 * random.uniform() - 1);
}

/** Uniform with the variance of {@linkcode xavierNormal}; TensorFlow calls it Glorot's. */
export function xavierUniform(fanIn: number, fanOut: number): Draw {
  return uniform(Math.sqrt(6 / (fanIn + fanOut)));
}

/** PyTorch's start of a dense layer, of its weights and of its bias: U(-1/sqrt n, 1/sqrt n). */
export function torchUniform(fanIn: number): Draw {
  return uniform(1 / Math.sqrt(fanIn));
}

/** N(0, 1) without what lies beyond two deviations, which is drawn again. */
export const truncatedNormal: Draw = (random) => {
  const x = random.normal();
  return Math.abs(x) <= 2 ? x : truncatedNormal(random);
};

/** Always the same number. */
export function constant(value: number): Draw {
  return () => value;
}

/** Inverted dropout: 0 with probability p, otherwise 1 / (1 - p). */
export function dropout(p: number): Draw {
  return (random) => random.uniform() < p ? 0 : 1 / (1 - p);
}
