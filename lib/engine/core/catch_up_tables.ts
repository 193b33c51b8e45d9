/**
 * The tables behind exact lazy Adam (lib/engine/assembly/lazy_adam.ts has the equations):
 *
 *     c_j(t0, g) = sum_{k=1..g} lr_k b1^k u_k^j,   j = 0..4,
 *     lr_k = lr / (1 - b1^(t0+k)),   u_k = 1 - sqrt( b2^k (1 - b2^t0) / (1 - b2^(t0+k)) ).
 *
 * They depend on when a row was last touched and for how long, not on the row. They advance with
 * every step by one term for each of the last `maxGap` steps. Once the bias corrections are 1 to
 * float32, c_j depends on g only and nothing advances any more.
 */
import type { AdamConfig } from "../engine_config.ts";

const TERMS = 5;
/** Floats of a table entry: c_0..c_4, b1^g, b2^g, 1 / (1 - b2^t0). */
const ENTRY = 8;

/** Lengths of the tables. */
export interface CatchUpSizes {
  /** missed steps after which m / sqrt(v), and so the row, no longer moves in float32 */
  readonly maxGap: number;
  /** step from which on both bias corrections are 1 */
  readonly settled: number;
  /** missed steps after which b2^g is as good as 0 */
  readonly longestDecay: number;
  /** first t0 whose five-term series is good to a millionth; before it steps are replayed */
  readonly seriesFrom: number;
}

function stepsUntil(power: number, below: number): number {
  return power === 0 ? 1 : Math.max(1, Math.ceil(Math.log(below) / Math.log(power)));
}

/** 1 - b^t, exactly 1 from the settled step on. */
function biasCorrection(b: number, t: number, settled: number): number {
  return t >= settled ? 1 : 1 - b ** t;
}

/**
 * Why rows cannot be caught up with this optimizer; null if they can. Each missed step multiplies
 * m / sqrt(v) by b1 / sqrt(b2): from 1 on, a row without gradients would never come to rest.
 */
export function endlessAdam({ beta1, beta2 }: AdamConfig): string | null {
  if (beta1 < Math.sqrt(beta2)) return null;
  return "lazy Adam needs a beta1 below the square root of beta2";
}

/** The lengths that an optimizer needs; endlessAdam says of which there are any. */
export function catchUpSizes(adam: AdamConfig): CatchUpSizes {
  const { beta1, beta2 } = adam;
  const maxGap = stepsUntil(beta1 / Math.sqrt(beta2), 2 ** -24.2);
  const settled = Math.max(stepsUntil(beta1, 1e-12), stepsUntil(beta2, 1e-12));
  const longestDecay = stepsUntil(beta2, 2 ** -64);
  // The series' remainder falls with t0: find the first that is good enough by bisection.
  let bad = 0, good = settled + 1;
  if (remainder(adam, settled, maxGap, settled) > 1e-6) {
    return { maxGap, settled, longestDecay, seriesFrom: 2 ** 32 - 1 };
  }
  while (good - bad > 1) {
    const middle = (bad + good) >> 1;
    if (remainder(adam, middle, maxGap, settled) > 1e-6) bad = middle;
    else good = middle;
  }
  return { maxGap, settled, longestDecay, seriesFrom: good };
}

/** What the series leaves out at most, relative to c_0: terms from u^5 on. */
function remainder(adam: AdamConfig, t0: number, gap: number, settled: number): number {
  const { beta1, beta2 } = adam;
  const before = biasCorrection(beta2, t0, settled);
  let whole = 0, left = 0;
  for (let k = 1; k <= gap; k++) {
    const weight = beta1 ** k / biasCorrection(beta1, t0 + k, settled);
    const after = biasCorrection(beta2, t0 + k, settled);
    const u = 1 - Math.sqrt(beta2 ** k * before / after);
    whole += weight;
    left += weight * u ** TERMS / (1 - u);
  }
  return whole === 0 ? 0 : left / whole;
}

/** Where the tables lie, as views of the engine's memory. */
export interface CatchUpTables {
  /** [maxGap + 1][8] by g, for t0 = t - 1 - g */
  readonly perGap: Float32Array;
  /** [settled + 1][8] by t0, for g = maxGap, with 0 for the momentum */
  readonly perStart: Float32Array;
  /** [longestDecay + 1] b2^g */
  readonly secondDecay: Float32Array;
  /** [settled + 1][2] lr / (1 - b1^t), 1 / (1 - b2^t) */
  readonly steps: Float32Array;
}

/** Keeps the tables at the step to be taken. */
export class CatchUp {
  /** the step the tables are ready for */
  #step = 0;
  /** [maxGap + 1][5] running c_j by t0 modulo maxGap + 1 */
  readonly #sums: Float64Array;
  /** [settled + 1] 1 - b^t of both moments */
  readonly #bias1: Float64Array;
  readonly #bias2: Float64Array;

  /** Fills the tables that never change. */
  constructor(
    private readonly adam: AdamConfig,
    private readonly sizes: CatchUpSizes,
    private readonly tables: CatchUpTables,
  ) {
    this.#sums = new Float64Array((sizes.maxGap + 1) * TERMS);
    const bias = (b: number): Float64Array =>
      Float64Array.from(
        { length: sizes.settled + 1 },
        (_, t) => biasCorrection(b, t, sizes.settled),
      );
    this.#bias1 = bias(adam.beta1);
    this.#bias2 = bias(adam.beta2);
    for (let g = 0; g <= sizes.longestDecay; g++) tables.secondDecay[g] = adam.beta2 ** g;
    for (let t = 1; t <= sizes.settled; t++) {
      tables.steps[2 * t] = this.rate(t);
      tables.steps[2 * t + 1] = this.correction(t);
    }
  }

  /** lr / (1 - b1^t) */
  rate(t: number): number {
    return this.adam.learningRate / this.#bias1[Math.min(t, this.sizes.settled)]!;
  }

  /** 1 / (1 - b2^t) */
  correction(t: number): number {
    return 1 / this.#bias2[Math.min(t, this.sizes.settled)]!;
  }

  /**
   * Makes the tables ready for step t, so that rows can be brought to step t - 1. One step on is
   * one term a table entry; any other t is reached anew from the start, to the same bits.
   */
  prepare(t: number): void {
    if (t < this.#step) this.#step = 0;
    const constantFrom = this.sizes.settled + this.sizes.maxGap + 2;
    const end = Math.min(t, constantFrom);
    for (let step = Math.min(this.#step, constantFrom) + 1; step <= end; step++) {
      this.#advance(step);
    }
    this.#step = t;
  }

  /** Adds the term of step t - 1 to the sums of every t0 in [t - 1 - maxGap, t - 2]. */
  #advance(t: number): void {
    const { maxGap, settled } = this.sizes;
    const { beta1, beta2 } = this.adam;
    const { perGap, perStart } = this.tables;
    const rate = this.rate(t - 1);
    const biasAfter = this.#bias2[Math.min(t - 1, settled)]!;
    let momentum = 1, second = 1;
    for (let g = 1; g <= Math.min(maxGap, t - 2); g++) {
      momentum *= beta1;
      second *= beta2;
      const t0 = t - 1 - g;
      const at = (t0 % (maxGap + 1)) * TERMS;
      if (g === 1) this.#sums.fill(0, at, at + TERMS);
      // how much of s = sqrt(v / (1 - b2^t)) is gone after g steps without gradient
      const u = 1 - Math.sqrt(second * this.#bias2[Math.min(t0, settled)]! / biasAfter);
      const entry = g * ENTRY;
      let term = rate * momentum;
      for (let j = 0; j < TERMS; j++) {
        this.#sums[at + j]! += term;
        perGap[entry + j] = this.#sums[at + j]!;
        term *= u;
      }
      perGap[entry + 5] = momentum;
      perGap[entry + 6] = second;
      perGap[entry + 7] = this.correction(t0);
      if (g === maxGap && t0 <= settled) {
        perStart.set(perGap.subarray(entry, entry + ENTRY), t0 * ENTRY);
        perStart[t0 * ENTRY + 5] = 0;
      }
    }
  }
}
