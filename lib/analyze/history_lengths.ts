/** How many of the L positions of a training's histories are real. */
import { BadInput } from "../base/bad_input.ts";
import { requireWhole } from "../base/given_numbers.ts";
import { FIRST_TARGET, trainableUsers } from "../data/batch_sampler.ts";
import { type Interactions, itemsOf } from "../data/interactions.ts";

/**
 * The share of training histories that have n real positions, exactly as {@linkcode BatchSampler}
 * draws them: a user uniformly, then a target position uniformly, then the last L items before it.
 *
 * @returns [L + 1] by n; they sum to 1, and n < 4 never occurs
 * @throws {BadInput} for an L that is no size, or a split without a user to train on
 */
export function historyLengthShares(train: Interactions, L: number): Float64Array {
  requireWhole(L, "historyLengthShares, L");
  const users = trainableUsers(train);
  if (users.length === 0) {
    const what = `no user with more than ${FIRST_TARGET} items`;
    throw new BadInput(what, "historyLengthShares", undefined, "Give a split to train on.");
  }
  const shares = new Float64Array(L + 1);
  for (const u of users) {
    const { length } = itemsOf(train, u);
    for (let position = FIRST_TARGET; position < length; position++) {
      shares[Math.min(position, L)]! += 1 / (length - FIRST_TARGET);
    }
  }
  return shares.map((share) => share / users.length);
}
