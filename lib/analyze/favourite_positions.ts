/**
 * Which positions the interests look at: a routing that follows the items has another favourite
 * position for every user, one that has learned positions only has the same for all.
 */
import { mean } from "../base/statistics.ts";
import type { UserSnapshot } from "../results/snapshots.ts";

/**
 * For each interest and position, the share of users whose largest weight of that interest is
 * there; the first of equals.
 *
 * @param users with routing [K][n]
 * @returns [K][longest history]; each row sums to 1
 */
export function favouritePositions(users: readonly Pick<UserSnapshot, "routing">[]): number[][] {
  const K = users[0]!.routing!.length;
  const longest = Math.max(...users.map(({ routing }) => routing![0]!.length));
  return Array.from({ length: K }, (_, k) => {
    const shares = new Array<number>(longest).fill(0);
    for (const { routing } of users) {
      const weights = routing![k]!;
      shares[weights.indexOf(Math.max(...weights))]! += 1 / users.length;
    }
    return shares;
  });
}

/**
 * The share of users for whom an interest has its commonest favourite position, mean over the
 * interests: 1 if positions decide alone, 1 / users at the least.
 */
export function positionAgreement(users: readonly Pick<UserSnapshot, "routing">[]): number {
  const greatest = favouritePositions(users).map((shares) => Math.max(...shares));
  return mean(greatest);
}
