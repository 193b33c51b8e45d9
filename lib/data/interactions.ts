/**
 * Interactions: what users did, in order. The only form in which the rest of the library sees data.
 * Items are numbered 1..itemCount; 0 is the padding item of the reference and never a real one.
 */
import { BadInput } from "../base/bad_input.ts";
import type { LoadReport } from "./report.ts";

/**
 * Sequences of many users in two typed arrays; user u's items are items[offsets[u]..offsets[u+1]).
 */
export interface Interactions {
  /** [users + 1], ascending from 0 */
  readonly offsets: Uint32Array;
  /** [behaviours], item ids, oldest first within a user */
  readonly items: Uint32Array;
  /** [behaviours] seconds since 1970, beside items; where the source has times */
  readonly times?: Float64Array;
  /** [users, fields] a category of each field of the data set's profiles; where it has profiles */
  readonly profile?: Int32Array;
  /**
   * [users] how many of a user's items are the history when it is evaluated, the rest are targets;
   * where the split settles it, otherwise the first 80 % are
   */
  readonly targetsFrom?: Uint32Array;
}

/** A field of the users' profiles. */
export interface ProfileField {
  /** what it is, such as "age" */
  readonly name: string;
  /** what the values are called, by category; "unknown" where some user has none */
  readonly categories: readonly string[];
}

/** A data set in its three splits: everything that training and evaluation need. */
export interface Dataset {
  /** the name it is registered under, e.g. "synthetic" */
  readonly name: string;
  /** items are numbered 1..itemCount */
  readonly itemCount: number;
  /** sequences that are trained on, whole */
  readonly train: Interactions;
  /** users for early stopping and for every choice made while training */
  readonly valid: Interactions;
  /** users for the reported numbers */
  readonly test: Interactions;
  /** sha256 over itemCount and the three splits: part of a run's key */
  readonly hash: string;
  /**
   * sha256 over the times, where there are any: part of the key of runs whose model uses them, and
   * of no other
   */
  readonly timesHash?: string;
  /** the fields of what is known about users, where anything is */
  readonly profiles?: readonly ProfileField[];
  /** the same as timesHash over the profiles */
  readonly profilesHash?: string;
  /** the source's own item ids or names, by item id (index 0 is unused), where known */
  readonly labels?: readonly string[];
  /** the source's own user ids, in the order of each split; of an own table or sequences only */
  readonly userIds?: Readonly<Record<"train" | "valid" | "test", readonly string[]>>;
  /** the planted truth of synthetic data */
  readonly truth?: PlantedInterests;
  /** how it is split, where that is not the usual way for its name; such as "leave-last-out" */
  readonly split?: string;
  /** users and behaviours in all, where the splits share them */
  readonly kept?: { readonly users: number; readonly behaviours: number };
  /** how it came about: source, what was left out and why */
  readonly report?: LoadReport;
}

/** What a data set is told from others by. */
export type DataHashes = Pick<Dataset, "hash" | "timesHash" | "profilesHash">;

/** What the synthetic generator knows and a model has to find out. */
export interface PlantedInterests {
  /** [itemCount + 1], the interest every item belongs to; index 0 is unused */
  readonly interestOfItem: Uint16Array;
  /** the interests of each user, by split */
  readonly interestsOfUser: Readonly<Record<"train" | "valid" | "test", readonly Uint16Array[]>>;
}

/** Number of users. */
export function userCount(interactions: Interactions): number {
  return interactions.offsets.length - 1;
}

/**
 * Refuses sequences with an item that is none: whatever is drawn or asked from them is an id.
 *
 * @throws {BadInput} naming user, position and value
 */
export function requireItems(split: string, interactions: Interactions, itemCount: number): void {
  const { items, offsets } = interactions;
  const at = items.findIndex((item) => item < 1 || item > itemCount);
  if (at < 0) return;
  const u = offsets.findLastIndex((offset) => offset <= at);
  const where = `${split} split: position ${at - offsets[u]!} of user ${u}`;
  throw new BadInput("no such item", where, items[at], `Items are numbered 1..${itemCount}.`);
}

/** The items of user u, oldest first: a view, not a copy. */
export function itemsOf(interactions: Interactions, u: number): Uint32Array {
  return interactions.items.subarray(interactions.offsets[u], interactions.offsets[u + 1]);
}

/** The items of each user in each split, every behaviour once: what splits share, in the first. */
export function* itemsOnce({ train, valid, test }: Dataset): Generator<Uint32Array> {
  for (const split of [train, valid, test]) {
    for (let u = 0; u < userCount(split); u++) {
      yield itemsOf(split, u).subarray(split.targetsFrom?.[u] ?? 0);
    }
  }
}

/** The times of user u's items, in seconds since 1970: a view, not a copy; none without times. */
export function timesOf({ times, offsets }: Interactions, u: number): Float64Array | undefined {
  return times?.subarray(offsets[u], offsets[u + 1]);
}

/** The categories of user u, [fields]: a view, not a copy; none without profiles. */
export function profileOf(interactions: Interactions, u: number): Int32Array | undefined {
  const { profile } = interactions;
  if (!profile) return undefined;
  const fields = profile.length / userCount(interactions);
  return profile.subarray(u * fields, (u + 1) * fields);
}

/** What to call an item where a person reads it: the source's label, or its number. */
export function itemLabel(dataset: Dataset, item: number): string {
  return dataset.labels?.[item] ?? `item ${item}`;
}

/** "with times and profiles (gender, age)", "without times": what there is besides behaviours. */
export function besidesInWords({ timesHash, profiles }: Dataset): string {
  const fields = profiles?.map(({ name }) => name).join(", ");
  const known = fields === undefined ? "" : `profiles (${fields})`;
  if (timesHash === undefined) return `without times${known && `, with ${known}`}`;
  return `with times${known && ` and ${known}`}`;
}

/** How many of the items 1..itemCount occur in any split. */
export function itemsInUse({ itemCount, train, valid, test }: Dataset): number {
  const occurs = new Uint8Array(Math.ceil((itemCount + 1) / 8));
  let used = 0;
  for (const { items } of [train, valid, test]) {
    for (const item of items) {
      const bit = 1 << (item & 7);
      if (occurs[item >>> 3]! & bit) continue;
      occurs[item >>> 3]! |= bit;
      used++;
    }
  }
  return used;
}
