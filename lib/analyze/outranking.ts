/**
 * How many negatives outrank the target, and for whom. A multi-interest model is served by
 * max_k v_k . e_i, so a negative outranks the target for the user if max_k x_kj >= max_k x_k+. The
 * training compares the two by the selected interest k* alone, and
 *
 *     x_k*j - x_k*+  <=  max_k x_kj - max_k x_k+        since x_k*+ = max_k x_k+ ,
 *
 * so it sees at most those. What it does not see is easy because of the selection, whatever the
 * model has learned.
 */
import { requireWhole } from "../base/given_numbers.ts";
import type { MarginHistograms } from "../results/snapshots.ts";
import type { HardAndEasy } from "./easy_negatives.ts";

/** Shares of the negatives that score at least as high as the target, in [0, 1]. */
export interface Outranking {
  /** by all interests: max_k x_kj >= max_k x_k+ */
  readonly user: number;
  /** by the selected interest */
  readonly selected: number;
  /** by the interests that are not selected, their mean; null for K = 1 */
  readonly other: number | null;
  /** by the mean of the interests as the only vector */
  readonly single: number;
}

/** The shares in counted margins, one of whose edges is 0: the bin above it begins with 0. */
export function outranking({ edges, ...counts }: MarginHistograms): Outranking {
  const zero = edges.indexOf(0);
  const share = (bins: readonly number[]): number => {
    const sum = (part: readonly number[]) => part.reduce((a, b) => a + b, 0);
    return sum(bins.slice(zero + 1)) / sum(bins);
  };
  const hasOther = counts.other.some((count) => count > 0);
  return {
    user: share(counts.userMax),
    selected: share(counts.selected),
    other: hasOther ? share(counts.other) : null,
    single: share(counts.single),
  };
}

/** What the training sees of what outranks the target for the user; null if nothing does. */
export function seenByTraining({ selected, user }: Outranking): number | null {
  return user > 0 ? selected / user : null;
}

/**
 * The shares for K interests that know nothing: all K scores of the target and all K scores of a
 * negative are independent draws of one distribution. Then x_k*j is one more draw beside the K of
 * which x_k*+ is the greatest, and is greater than all of them with probability 1 / (K + 1):
 *
 *     selected 1 / (K + 1),   other (K + 2) / (2 (K + 1)),   user 1/2,   single 1/2
 *
 * ("other" because the mean over all interests must be 1/2.) The selection alone makes the target
 * look better than it is: nothing has been learned.
 *
 * @throws {BadInput} for a K that is not an integer >= 1
 */
export function outrankingIfIndependent(K: number): Outranking {
  requireWhole(K, "outrankingIfIndependent, K");
  return {
    user: 1 / 2,
    selected: 1 / (K + 1),
    other: K > 1 ? (K + 2) / (2 * (K + 1)) : null,
    single: 1 / 2,
  };
}

/**
 * What `hardForUserEasyForInterest` is for K interests whose scores of a negative are independent
 * draws of one distribution: with h the hard and e the easy fraction,
 *
 *     (e / h) (1 - (1 - h)^((K-1)/K)),   about e (1 - 1/K) for small h.
 *
 * An own score in the lower e does not decide the maximum, so the negative is hard if one of the
 * K - 1 others is above the threshold t of the maximum, whose K-th power is P(max < t) = 1 - h.
 *
 * @param quantiles easy at most (1 - h)^(1/K), or an easy score could be the maximum
 */
export function hardAndEasyIfIndependent(K: number, { hard, easy }: HardAndEasy): number {
  return easy / hard * (1 - (1 - hard) ** ((K - 1) / K));
}
