/** Margins x_j - x_+ of negatives, counted: how many are near the positive, how many far below. */
import { mean } from "../base/statistics.ts";
import type { MarginHistograms } from "../results/snapshots.ts";
import type { UserScores } from "./scores.ts";

const [LOWEST, HIGHEST, WIDTH] = [-24, 12, 0.5];

/** [73] edges of the histograms, from -24 to 12 in steps of a half; the outer bins are open. */
export const marginEdges: readonly number[] = Array.from(
  { length: (HIGHEST - LOWEST) / WIDTH + 1 },
  (_, i) => LOWEST + WIDTH * i,
);

/** Counts the margins of the negatives of some users. */
export function marginHistograms(users: Iterable<UserScores>): MarginHistograms {
  const empty = () => new Array<number>(marginEdges.length + 1).fill(0);
  const [selected, other, single, userMax] = [empty(), empty(), empty(), empty()];
  for (const { positives, negatives } of users) {
    const K = positives.length;
    const greatest = Math.max(...positives);
    const readout = positives.indexOf(greatest);
    const ofSingle = mean(positives);
    for (let j = 0; j < negatives[0]!.length; j++) {
      let sum = 0, highest = -Infinity;
      for (let k = 0; k < K; k++) {
        const x = negatives[k]![j]!;
        sum += x;
        highest = Math.max(highest, x);
        (k === readout ? selected : other)[binOf(x - positives[k]!)]! += 1;
      }
      single[binOf(sum / K - ofSingle)]! += 1;
      userMax[binOf(highest - greatest)]! += 1;
    }
  }
  return { edges: marginEdges, selected, other, single, userMax };
}

/** 0 below the first edge, E from the last on. */
function binOf(margin: number): number {
  const bin = Math.floor((margin - LOWEST) / WIDTH) + 1;
  return Math.max(0, Math.min(marginEdges.length, bin));
}
