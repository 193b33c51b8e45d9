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
 * Five terms leave too large an error where u_k is large, which is in early steps, and in all of
 * them for a small b2: there the missed steps are replayed one by one. Each multiplies m / sqrt(v)
 * by b1 / sqrt(b2); once that is below float32 resolution only m and v shrink. With the reference's
 * b1 = 0.9 and b2 = 0.999 that is after 160 missed steps, the steps before 200 are replayed, and
 * the error is 6e-8 from t0 = 300 on.
 */
import { BadInput } from "../base/bad_input.ts";
import { catchUpSizes, endlessAdam } from "../engine/core/catch_up_tables.ts";
import type { AdamConfig } from "../engine/engine_config.ts";

/** Terms of the series. */
export const TERMS = 5;

/** Rows last touched before this step are replayed literally, whatever the series is good for. */
const REPLAY_BELOW = 200;

/** What a row's catch-up needs that depends on steps only, each number computed once. */
export class CatchUpTable {
  /** missed steps beyond which the parameter no longer moves in float32 */
  readonly longestGap: number;
  /** rows last touched before this step are replayed literally */
  readonly replayBelow: number;
  /** [2 longestGap] b1^k and b2^k, as far as they are asked for again and again */
  readonly #powers1: Float64Array;
  readonly #powers2: Float64Array;
  /** the step that the running sums are at */
  #now = 0;
  /** [longestGap][TERMS] c_j(t0, now - t0) by t0 modulo longestGap */
  readonly #running: readonly Float64Array[];
  /** c_j(t0, longestGap) by t0 */
  readonly #final = new Map<number, Float64Array>();
  /** from this t0 on both bias corrections are exactly 1 and t0 no longer matters */
  readonly #settled: number;

  /** @throws {BadInput} for an optimizer whose rows would never come to rest */
  constructor(readonly adam: AdamConfig) {
    const { beta1, beta2 } = adam;
    const reason = endlessAdam(adam);
    if (reason !== null) throw new BadInput(reason, "adam", JSON.stringify(adam), "Change them.");
    const { maxGap, seriesFrom } = catchUpSizes(adam);
    this.longestGap = maxGap;
    this.replayBelow = Math.max(REPLAY_BELOW, seriesFrom);
    this.#running = Array.from({ length: maxGap }, () => new Float64Array(TERMS));
    const powers = (b: number) => Float64Array.from({ length: 2 * maxGap }, (_, k) => b ** k);
    this.#powers1 = powers(beta1);
    this.#powers2 = powers(beta2);
    this.#settled = Math.ceil(Math.log(2 ** -54) / Math.log(Math.max(beta1, beta2)));
  }

  /** b1^g, what is left of a first moment after g steps without gradient. */
  firstDecay(g: number): number {
    return this.#powers1[g] ?? this.adam.beta1 ** g;
  }

  /** b2^g, what is left of a second moment. */
  secondDecay(g: number): number {
    return this.#powers2[g] ?? this.adam.beta2 ** g;
  }

  /** lr_k b1^k: a missed step's rate, for m as it was at t0. */
  rate(t0: number, k: number): number {
    return this.adam.learningRate / (1 - this.firstDecay(t0 + k)) * this.firstDecay(k);
  }

  /** b2^k / (1 - b2^(t0+k)): its bias correction, for v as it was at t0. */
  correction(t0: number, k: number): number {
    return this.secondDecay(k) / (1 - this.secondDecay(t0 + k));
  }

  /**
   * c_0..c_4 for a row last touched at t0 that missed g steps. Steps are asked for in order: one
   * step on is one term more for each of the last longestGap values of t0. Longer gaps move no
   * further and share one entry for good.
   */
  coefficients(t0: number, g: number): Float64Array {
    if (g >= this.longestGap) return this.#finalCoefficients(Math.min(t0, this.#settled));
    this.#advanceTo(t0 + g);
    return this.#running[t0 % this.longestGap]!;
  }

  /** From wherever it was, to the same sums: their terms are always added in the same order. */
  #advanceTo(t: number): void {
    if (t < this.#now) this.#now = 0;
    for (let now = Math.max(this.#now, t - this.longestGap) + 1; now <= t; now++) {
      for (let t0 = Math.max(1, now - this.longestGap + 1); t0 < now; t0++) {
        const c = this.#running[t0 % this.longestGap]!;
        if (t0 === now - 1) c.fill(0);
        this.#addTerm(c, t0, now - t0);
      }
    }
    this.#now = t;
  }

  #finalCoefficients(t0: number): Float64Array {
    let c = this.#final.get(t0);
    if (c) return c;
    this.#final.set(t0, c = new Float64Array(TERMS));
    for (let k = 1; k <= this.longestGap; k++) this.#addTerm(c, t0, k);
    return c;
  }

  #addTerm(c: Float64Array, t0: number, k: number): void {
    const u = 1 - Math.sqrt(this.correction(t0, k) * (1 - this.secondDecay(t0)));
    let term = this.rate(t0, k);
    for (let j = 0; j < TERMS; j++) {
      c[j]! += term;
      term *= u;
    }
  }
}
