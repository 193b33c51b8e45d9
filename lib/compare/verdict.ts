/** The one rule by which paired differences become a word. */
import type { Interval } from "./significance.ts";

/** What paired differences say. */
export type PairedVerdict = "higher" | "lower" | "not told apart" | "too few seeds";

/** What the rule looks at. */
export interface Evidence {
  /** by seed, of runs that have it in common */
  readonly gains: readonly number[];
  /** Student's interval over the seeds */
  readonly overSeeds: Interval;
  /** over users, each user's mean over the seeds; null where the users' hits were not kept */
  readonly overUsers: UsersEvidence | null;
}

/** What the rule looks at of the users. */
export interface UsersEvidence extends Interval {
  /** Wilcoxon's z: above 0 where the gains outrank the losses */
  readonly z: number;
  /** Wilcoxon's p, two-sided, with Holm's adjustment over the column */
  readonly holm: number;
}

/** Fewer seeds support no verdict. */
export const FEWEST_SEEDS = 3;

/** The family-wise error over the users' tests of one column. */
export const ALPHA = 0.05;

/**
 * "too few seeds" for less than three. Otherwise "higher" if all of this holds:
 *
 * - every seed's difference is above 0
 * - the 95 % interval over seeds lies above 0
 * - where the users' hits are kept, the 95 % interval over users lies above 0, and Wilcoxon's test
 *   over users rejects upwards: the ranks of the gains have the greater sum, and its two-sided p is
 *   below 5 % after Holm's adjustment over the column
 *
 * "lower" if it holds of the negative differences, and "not told apart" if neither does. Users and
 * seeds are asked apart, because they answer different questions: whether other users would see
 * the difference in these trained models, and whether other trainings would show it. A mean and
 * ranks can point in different ways, where many lose a little and few gain much.
 */
export function pairedVerdict({ gains, overSeeds, overUsers }: Evidence): PairedVerdict {
  if (gains.length < FEWEST_SEEDS) return "too few seeds";
  const way = agreement(gains);
  const beyondZero = ({ low, high }: Interval) => way === "up" ? low > 0 : high < 0;
  const rejects = ({ z, holm }: UsersEvidence) => (way === "up" ? z > 0 : z < 0) && holm < ALPHA;
  if (way === "undecided" || !beyondZero(overSeeds)) return "not told apart";
  if (overUsers && !(beyondZero(overUsers) && rejects(overUsers))) return "not told apart";
  return way === "up" ? "higher" : "lower";
}

/**
 * What seeds say of a gain: all of them up, or down, or not the same. No test: if nothing differed,
 * n seeds would still agree with probability 2^(1 - n), 25 % for three and 6 % for five.
 */
export function agreement(gains: readonly number[]): "up" | "down" | "undecided" {
  if (gains.length < 2) return "undecided";
  if (gains.every((gain) => gain > 0)) return "up";
  return gains.every((gain) => gain < 0) ? "down" : "undecided";
}
