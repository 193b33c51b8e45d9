/** How many of the L positions of a training's histories are real. */
import { FIRST_TARGET } from "../data/batch_sampler.ts";
import { type Interactions, itemsOf, userCount } from "../data/interactions.ts";

/**
 * The share of training histories that have n real positions, exactly as {@linkcode BatchSampler}
 * draws them: a user uniformly, then a target position uniformly, then the last L items before it.
 *
 * @returns [L + 1] by n; they sum to 1, and n < 4 never occurs
 */
export function historyLengthShares(train: Interactions, L: number): Float64Array {
  const shares = new Float64Array(L + 1);
  let users = 0;
  for (let u = 0; u < userCount(train); u++) {
    const { length } = itemsOf(train, u);
    if (length <= FIRST_TARGET) continue;
    users++;
    for (let position = FIRST_TARGET; position < length; position++) {
      shares[Math.min(position, L)]! += 1 / (length - FIRST_TARGET);
    }
  }
  return shares.map((share) => share / users);
}
