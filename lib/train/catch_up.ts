/**
 * What dense Adam does to a row that has no gradient for a while, in O(1) work an element.
 *
 * Dense Adam moves every row at every step: a row last touched at step t0 goes on by its momentum.
 * Each missed step k = 1..g subtracts
 *
 *     lr_k m b1^k / (s_k + eps),
 *     s_k = sqrt(v b2^k / (1 - b2^(t0+k))),   lr_k = lr / (1 - b1^(t0+k)).
 *
 * With s the value of sqrt(v / (1 - b2^t0)) at t0, r = s / (s + eps) and u_k = 1 - s_k / s, which
 * depends on t0 and k but not on the row, 1 / (s_k + eps) = sum_j r^j u_k^j / (s + eps), so the
 * whole catch-up of an element is
 *
 *     p -= m / (s + eps) * (c_0 + r (c_1 + r (c_2 + r (c_3 + r c_4)))),
 *     c_j = sum_k lr_k b1^k u_k^j.
 *
 * Five terms leave an error of 6e-8 from t0 = 300 on and too much below 200, where the steps are
 * replayed one by one. Beyond 160 missed steps b1^k is below float32 resolution: only m and v
 * shrink.
 */
import type { AdamConfig } from "../engine/config.ts";

/** Terms of the series. */
export const TERMS = 5;

/** Missed steps beyond which the parameter no longer moves in float32. */
export const LONGEST_GAP = 160;

/** Rows last touched before this step are replayed literally. */
export const REPLAY_BELOW = 200;

/** The coefficients c_0..c_4 by (t0, g), computed when first asked for. */
export class CatchUpTable {
  #now = -1;
  readonly #current = new Map<number, Float64Array>();
  readonly #final = new Map<number, Float64Array>();

  constructor(readonly adam: AdamConfig) {}

  /**
   * c_0..c_4 for a row last touched at t0 that missed g steps. Gaps of LONGEST_GAP and more share
   * one entry for good; shorter ones are kept for the step t0 + g only, since they grow with it.
   */
  coefficients(t0: number, g: number): Float64Array {
    if (g >= LONGEST_GAP) return remembered(this.#final, t0, () => this.#sum(t0, LONGEST_GAP));
    if (t0 + g !== this.#now) {
      this.#current.clear();
      this.#now = t0 + g;
    }
    return remembered(this.#current, t0, () => this.#sum(t0, g));
  }

  #sum(t0: number, g: number): Float64Array {
    const { learningRate, beta1, beta2 } = this.adam;
    const c = new Float64Array(TERMS);
    for (let k = 1; k <= g; k++) {
      const shrink = beta2 ** k * (1 - beta2 ** t0) / (1 - beta2 ** (t0 + k));
      const u = 1 - Math.sqrt(shrink);
      let term = learningRate / (1 - beta1 ** (t0 + k)) * beta1 ** k;
      for (let j = 0; j < TERMS; j++) {
        c[j]! += term;
        term *= u;
      }
    }
    return c;
  }
}

function remembered(
  known: Map<number, Float64Array>,
  key: number,
  compute: () => Float64Array,
): Float64Array {
  let value = known.get(key);
  if (!value) known.set(key, value = compute());
  return value;
}
