/** One user's history as a model reads it, from what a person gives. */
import { BadInput } from "../base/bad_input.ts";
import { shownName } from "../base/shown_name.ts";
import type { Histories } from "../data/batch.ts";
import { dayOf } from "../data/days.ts";
import {
  type Dataset,
  type Interactions,
  type ProfileField,
  profileOf,
  timesOf,
} from "../data/interactions.ts";
import { UNKNOWN } from "../data/profiles.ts";
import { checkItem } from "../engine/checks.ts";

/** What is known of a user besides the items, for models that read it. */
export interface AboutUser {
  /** when each item of the history was, in seconds since 1970 */
  readonly times?: ArrayLike<number>;
  /** by field of the data set's profiles, the name of a category: { gender: "F", age: "25-34" } */
  readonly profile?: Readonly<Record<string, string>>;
}

/** What a data set knows of user u of a split, of whose items the first n are the history. */
export function aboutUser(
  { profiles }: Dataset,
  split: Interactions,
  u: number,
  n: number,
): AboutUser {
  const times = timesOf(split, u)?.subarray(0, n);
  const of = profiles && profileOf(split, u);
  const named = of && profiles.map(({ name, categories }, f) => [name, categories[of[f]!]!]);
  return { ...(times && { times }), ...(named && { profile: Object.fromEntries(named) }) };
}

/**
 * A history as a batch of one user: its last L items, padded.
 *
 * @throws {BadInput} naming the item, time or category that is none, or if times are missing
 */
export function oneHistory(
  { itemCount, profiles = [] }: Dataset,
  L: number,
  items: ArrayLike<number>,
  { times, profile }: AboutUser,
): Histories {
  const all = Array.from(items);
  all.forEach((item, l) => checkItem(`position ${l} of the history`, item, itemCount));
  const seen = all.slice(-L);
  const row = (values: readonly number[]) => {
    const padded = new Int32Array(L); // [1, L]
    padded.set(values);
    return padded;
  };
  return {
    history: row(seen),
    length: Int32Array.of(seen.length),
    ...(times && { days: row(daysOf(times, all.length).slice(-L)) }),
    ...(profile && { profile: Int32Array.from(categoriesOf(profile, profiles)) }),
  };
}

function daysOf(times: ArrayLike<number>, n: number): number[] {
  if (times.length !== n) {
    const remedy = "Give the time of every item, in seconds since 1970.";
    throw new BadInput(`not ${n} times`, "times of the history", times.length, remedy);
  }
  return Array.from(times, (time, l) => {
    if (Number.isFinite(time)) return dayOf(time, times[0]!);
    throw new BadInput("no time", `position ${l} of the history`, time, "Give seconds since 1970.");
  });
}

/** [fields] */
function categoriesOf(
  profile: Readonly<Record<string, string>>,
  fields: readonly ProfileField[],
): number[] {
  const strange = Object.keys(profile).find((key) => !fields.some(({ name }) => name === key));
  if (strange !== undefined) {
    const known = fields.map(({ name }) => name).join(", ") || "none on this data";
    throw new BadInput("no field of a profile", "profile", strange, `There are: ${known}.`);
  }
  return fields.map(({ name, categories }) => {
    const category = categories.indexOf(profile[name] ?? UNKNOWN);
    if (category >= 0) return category;
    const remedy = `There are: ${categories.map(shownName).join(", ")}.`;
    throw new BadInput("no such category", `profile, ${name}`, profile[name], remedy);
  });
}
