/** Who a list is for: a user or a history, as a person names them. */
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { type Dataset, itemsOf, userCount } from "../data/interactions.ts";
import { type AboutUser, aboutUser } from "../train/one_history.ts";

/** A history with what is known of its user. */
export interface Asked {
  /** the user, "Ada Abel" or "test:7"; null for a history that was given */
  readonly user: string | null;
  /** item numbers, oldest first, all of them */
  readonly history: readonly number[];
  /** times and profile, where the data has them */
  readonly about: AboutUser;
}

/** The splits, those first that have more of a user where they share users. */
const FULLEST_FIRST = ["test", "valid", "train"] as const;

/** Where a user is found. */
export interface Place {
  /** what the user is called in lists and exports: the source's id, or split and place */
  readonly user: string;
  readonly split: (typeof FULLEST_FIRST)[number];
  /** index in the split */
  readonly u: number;
}

/** All users who have an item, of test, valid and train in this order, each once. */
export function everyUser(dataset: Dataset): Place[] {
  const { userIds } = dataset;
  const found = new Map<string, Place>();
  for (const split of FULLEST_FIRST) {
    for (let u = 0; u < userCount(dataset[split]); u++) {
      const user = userIds?.[split][u] ?? `${split}:${u}`;
      if (found.has(user) || itemsOf(dataset[split], u).length === 0) continue;
      found.set(user, { user, split, u });
    }
  }
  return [...found.values()];
}

/**
 * A user of the data set with everything that is known: nothing is held out as in an evaluation.
 *
 * @param user the source's own id, or "test:7" for the eighth user of the test split
 * @throws {BadInput} if there is no such user
 */
export function askedUser(dataset: Dataset, user: string): Asked {
  const { split, u } = placeOf(dataset, user);
  const history = Array.from(itemsOf(dataset[split], u));
  if (history.length === 0) {
    throw new BadInput("a user without a single item", "user", user, "Name another.");
  }
  const about = aboutUser(dataset, dataset[split], u, history.length);
  return { user, history, about };
}

/**
 * A history of items by their names.
 *
 * @param names the source's own ids, oldest first; item numbers where the data has no others
 * @throws {BadInput} if it is empty, or an item is not in the data
 */
export function askedHistory(dataset: Dataset, names: readonly string[]): Asked {
  if (names.length === 0) {
    const remedy = "Give one item at least, better three or more.";
    throw new BadInput("too short: a history without items", "history", "", remedy);
  }
  return { user: null, history: names.map((name) => itemNamed(dataset, name)), about: {} };
}

/**
 * The number of an item by its name.
 *
 * @throws {BadInput} if there is none, naming the nearest
 */
export function itemNamed({ name: data, labels, itemCount }: Dataset, name: string): number {
  const item = labels ? labels.indexOf(name, 1) : Number(name);
  if (Number.isInteger(item) && item >= 1 && item <= itemCount) return item;
  const meant = labels ? didYouMean(name, labels.slice(1)) : "";
  throw new BadInput(
    `no such item${meant}`,
    `history on ${data}`,
    name,
    labels
      ? "Items with fewer than five behaviours are left out when the data is read."
      : `Its items are numbered 1 to ${itemCount}.`,
  );
}

function placeOf(dataset: Dataset, user: string): Place {
  for (const split of FULLEST_FIRST) {
    const u = dataset.userIds?.[split].indexOf(user) ?? -1;
    if (u >= 0) return { user, split, u };
  }
  const [, name, place] = /^(train|valid|test):(\d+)$/.exec(user) ?? [];
  const split = FULLEST_FIRST.find((split) => split === name);
  if (split && Number(place) < userCount(dataset[split])) return { user, split, u: Number(place) };
  const ids = dataset.userIds && FULLEST_FIRST.flatMap((split) => dataset.userIds![split]);
  throw new BadInput(
    `no such user${ids ? didYouMean(user, ids) : ""}`,
    `users of ${dataset.name}`,
    user,
    ids
      ? "Users with fewer than five behaviours are left out when the data is read; " +
        "for them, and for new ones, give the history itself."
      : `Name one by split and place, from test:0 to test:${userCount(dataset.test) - 1}.`,
  );
}
