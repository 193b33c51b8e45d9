/** What a made-up model serves to made-up test users. */
import type { Random } from "../base/random.ts";
import { hitsOf, type UserHits } from "../evaluate/metrics.ts";

/** As many ranks as hits are kept of. */
const DEPTH = 50;

/** Hits of users whose one target is found with this chance, at any rank alike. */
export function madeUpHits(random: Random, chance: number, users: number): UserHits {
  const ranked = new Uint32Array(users * DEPTH).fill(2); // [users, DEPTH]
  for (let u = 0; u < users; u++) {
    const [found, rank] = [random.uniform() < chance, random.below(DEPTH)];
    if (found) ranked[u * DEPTH + rank] = 1;
  }
  return hitsOf(ranked, DEPTH, () => [1]);
}

/** What lists are like, at one cut-off. */
export const madeUpLists = {
  coverage: 0.5,
  popularity: 0.25,
  logPopularity: 2,
  diversity: 0.5,
  leadingShare: 0.5,
  servingInterests: 2,
};
