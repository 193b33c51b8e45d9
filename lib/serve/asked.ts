/** Who a list is for: a user or a history, as a person names them. */
import { BadInput } from "../base/bad_input.ts";
import { didYouMean } from "../base/did_you_mean.ts";
import { exactId } from "../data/exact_id.ts";
import { type Dataset, itemsOf, userCount } from "../data/interactions.ts";
import { type AboutUser, aboutUser } from "../train/one_history.ts";
import { fullerPlaces, FULLEST_FIRST, type Place } from "./people.ts";

/** A history with what is known of its user. */
export interface Asked {
  /** the user, "Ada Abel" or "test:7"; null for a history that was given */
  readonly user: string | null;
  /** item numbers, oldest first, all of them */
  readonly history: readonly number[];
  /** times and profile, where the data has them */
  readonly about: AboutUser;
}

/** How people call a user or an item: as the source does, a number where its ids are numbers. */
export type Name = string | number | bigint;

/**
 * A user of the data set with everything that is known: nothing is held out as in an evaluation,
 * and of a user whom splits share it is the one who has most ("train:5" may be "test:3").
 *
 * @param user the source's own id, or "test:7" for the eighth user of the test split
 * @throws {BadInput} if there is no such user, or it is no name
 */
export function askedUser(dataset: Dataset, user: Name): Asked {
  const found = placeOf(dataset, nameOf(user, "user"));
  const fuller = found.split === "test" ? undefined : fullerPlaces(dataset).get(found.user);
  const place = fuller ?? found;
  const history = Array.from(itemsOf(dataset[place.split], place.u));
  if (history.length === 0) {
    throw new BadInput("a user without a single item", "user", user, "Name another.");
  }
  const about = aboutUser(dataset, dataset[place.split], place.u, history.length);
  return { user: place.user, history, about };
}

/**
 * A history of items by their names.
 *
 * @param names the source's own ids, oldest first; item numbers where the data has no others
 * @throws {BadInput} if it is no list or empty, or an item is not in the data
 */
export function askedHistory(dataset: Dataset, names: readonly Name[]): Asked {
  if (!Array.isArray(names)) {
    const remedy = 'Give a list of items, oldest first: ["…", "…"].';
    throw new BadInput("no list of items", "history", names, remedy);
  }
  if (names.length === 0) {
    const remedy = "Give one item at least, better three or more.";
    throw new BadInput("too short: a history without items", "history", "", remedy);
  }
  const history = names.map((name) => itemNamed(dataset, nameOf(name, "history")));
  return { user: null, history, about: {} };
}

/**
 * The text of a name; what a cell gives is of any type.
 *
 * @param where what it names, for the error
 * @throws {BadInput} if it is neither a text nor a number, or a number beyond 2^53 - 1: several ids
 *   would be one
 */
export function nameOf(name: Name, where: string): string {
  if (typeof name === "string") return name;
  if (typeof name === "number" || typeof name === "bigint") return exactId(name, where);
  const remedy = "Give the source's own id, in quotes or as a number.";
  throw new BadInput("no name", where, name, remedy);
}

/**
 * The number of an item by its name.
 *
 * @throws {BadInput} if there is none, naming the nearest
 */
export function itemNamed({ name: data, labels, itemCount }: Dataset, name: string): number {
  // a number as it is written, or as lists and exports print it: "item 7"
  const item = labels ? labels.indexOf(name, 1) : Number(/^(?:item )?([1-9]\d*)$/.exec(name)?.[1]);
  if (item >= 1 && item <= itemCount) return item;
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
  const { userIds } = dataset;
  const named = FULLEST_FIRST.find((split) => userIds?.[split].includes(user));
  if (named) return { user, split: named, u: userIds![named].indexOf(user) };
  const [, name, place] = /^(train|valid|test):(0|[1-9]\d*)$/.exec(user) ?? [];
  const split = FULLEST_FIRST.find((split) => split === name);
  const u = Number(place);
  if (split && u < userCount(dataset[split])) {
    return userIds ? placeOf(dataset, userIds[split][u]!) : { user, split, u };
  }
  const ids = userIds && FULLEST_FIRST.flatMap((split) => userIds[split]);
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
