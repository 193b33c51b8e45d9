/** Who a list is for: a user or a history, as a person names them. */
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { SPLITS } from "../data/filter_and_split.ts";
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

type Split = (typeof SPLITS)[number];

/**
 * A user of the data set with everything that is known: nothing is held out as in an evaluation.
 *
 * @param user the source's own id, or "test:7" for the eighth user of the test split
 * @throws {BadInput} if there is no such user
 */
export function askedUser(dataset: Dataset, user: string): Asked {
  const [split, u] = placeOf(dataset, user);
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

/** What a user is called in lists and exports: the source's id, or split and place. */
export function userName({ userIds }: Dataset, split: Split, u: number): string {
  return userIds?.[split][u] ?? `${split}:${u}`;
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

function placeOf(dataset: Dataset, user: string): [Split, number] {
  for (const split of SPLITS) {
    const u = dataset.userIds?.[split].indexOf(user) ?? -1;
    if (u >= 0) return [split, u];
  }
  const [, name, place] = /^(train|valid|test):(\d+)$/.exec(user) ?? [];
  const split = SPLITS.find((split) => split === name);
  if (split && Number(place) < userCount(dataset[split])) return [split, Number(place)];
  const ids = dataset.userIds && SPLITS.flatMap((split) => dataset.userIds![split]);
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
