/** The easy negatives of one user, seen by the selected interest, by the others, by one vector. */
import { mean } from "../base/statistics.ts";
import {
  effectiveNumber,
  hardForUserEasyForInterest,
  idleFraction,
  type NegativeGradient,
  negativeGradient,
  reversedShare,
  shareOfTop,
} from "./easy_negatives.ts";
import type { Means } from "./means.ts";
import { HARD_AND_EASY, IDLE, TOP } from "./measures.ts";
import { meanScores } from "./scores.ts";

/** What the scores enter, and whose. */
export interface SoftmaxLoss {
  /** IHN's; 0 without IHN */
  readonly beta: number;
  /** number of negatives */
  readonly S: number;
  /** whether the interest nearest to the target is the one that is trained */
  readonly nearest: boolean;
}

/**
 * Measures a user's negatives; what is about the selected interest only if that is the nearest.
 *
 * @param positives [K] v_k . e+
 * @param negatives [K][n] v_k . e_j of the negatives that are not the target
 * @param means     gets the measures
 */
export function measureNegatives(
  positives: Float64Array,
  negatives: readonly Float64Array[],
  { beta, S, nearest }: SoftmaxLoss,
  means: Means,
): void {
  const selected = positives.indexOf(Math.max(...positives)); // the readout's argmax
  if (nearest) {
    negatives.forEach((scores, k) => {
      const gradient = negativeGradient(scores, positives[k]!, beta, S);
      if (k !== selected) return addSpread("other", gradient, means);
      addSpread("selected", gradient, means);
      means.add({
        "negative-gradient-selected": gradient.mass,
        "reversed-gradient-selected": reversedShare(gradient.weights),
      });
    });
  }
  addSpread("single", negativeGradient(meanScores(negatives), mean(positives), beta, S), means);
  if (nearest) {
    means.add({
      "hard-for-user-easy-for-selected": hardForUserEasyForInterest(
        negatives,
        selected,
        HARD_AND_EASY,
      ),
    });
  }
}

function addSpread(
  vector: "selected" | "other" | "single",
  { weights }: NegativeGradient,
  means: Means,
): void {
  means.add({
    [`effective-negatives-${vector}`]: effectiveNumber(weights),
    [`top-percent-share-${vector}`]: shareOfTop(weights, TOP),
    [`idle-negatives-${vector}`]: idleFraction(weights, IDLE),
  });
}
