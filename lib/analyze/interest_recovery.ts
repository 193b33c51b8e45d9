/**
 * Interest recovery on synthetic data: a model's interests against the interests that were planted.
 */

/** One of a user's planted interests, and what was retrieved of it. */
export interface PlantedRecovery {
  /** its number, as in the data set's truth */
  readonly interest: number;
  /** is it covered by the served list, the union of what the model's interests retrieve? */
  readonly covered: boolean;
  /** how many of the model's interests cover it with lists of their own */
  readonly coveredBy: number;
  /** is it the main interest of a list that covers it: the one that most of its items belong to? */
  readonly leads: boolean;
}

/** How well a user's planted interests are recovered. */
export interface InterestRecovery {
  /** in the order given */
  readonly planted: readonly PlantedRecovery[];
  /** [K] of each list, the share of its items that belong to its main interest; 1 is pure */
  readonly purity: readonly number[];
}

/**
 * Compares what a user's interests retrieve with the planted truth. A list covers a planted
 * interest if at least `share` of its items belong to it. Item 0 is no item; on ties the main
 * interest is the one that comes first in the list.
 *
 * @param planted        the user's planted interests
 * @param interestOfItem [itemCount + 1]
 * @param lists          [K] the items that each of the model's interests retrieves, best first
 * @param served         the items that they retrieve together: the N best by max_k v_k . e_i
 * @param share          at most 1 / (number of planted interests), or not all can be covered
 */
export function interestRecovery(
  planted: ArrayLike<number>,
  interestOfItem: Uint16Array,
  lists: readonly ArrayLike<number>[],
  served: ArrayLike<number>,
  share: number,
): InterestRecovery {
  const shares = lists.map((list) => sharesByInterest(list, interestOfItem));
  const mains = shares.map(largest);
  const inServed = sharesByInterest(served, interestOfItem);
  return {
    planted: Array.from(planted, (interest) => ({
      interest,
      covered: (inServed.get(interest) ?? 0) >= share,
      coveredBy: shares.filter((of) => (of.get(interest) ?? 0) >= share).length,
      leads: mains.some((main) => main.interest === interest && main.share >= share),
    })),
    purity: mains.map((main) => main.share),
  };
}

/** The share of a list's items that belong to each planted interest, in order of appearance. */
function sharesByInterest(list: ArrayLike<number>, interestOfItem: Uint16Array) {
  const items = Array.from(list).filter((item) => item > 0);
  const shares = new Map<number, number>();
  for (const item of items) {
    const interest = interestOfItem[item]!;
    shares.set(interest, (shares.get(interest) ?? 0) + 1);
  }
  for (const [interest, count] of shares) shares.set(interest, count / items.length);
  return shares;
}

function largest(shares: ReadonlyMap<number, number>): { interest: number; share: number } {
  let found = { interest: -1, share: 0 };
  for (const [interest, share] of shares) {
    if (share > found.share) found = { interest, share };
  }
  return found;
}
