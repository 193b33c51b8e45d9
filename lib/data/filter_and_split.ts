/**
 * The paper's filter, and the split after it. Items with at least 5 behaviours, counted over all
 * users and times, are kept; then users with at least 5 kept behaviours: one pass, not repeated
 * until nothing changes (so a kept item can have fewer than 5 behaviours, or none, among the kept
 * users). Kept items are numbered by falling popularity from 1.
 * Source: the preprocessing of ComiRec, which REMI's official code repeats.
 */
import { BadInput } from "../base/bad_input.ts";
import type { Interactions } from "./interactions.ts";
import type { Drop } from "./report.ts";
import { byTime } from "./split/by_time.ts";
import { byReference, byUsers } from "./split/by_users.ts";
import { leaveLastOut } from "./split/leave_last_out.ts";
import { partOf, type Parts } from "./split/split_parts.ts";
import type { Split } from "./split/split.ts";

/** The paper's threshold for items and for users. */
export const MINIMUM_BEHAVIOURS = 5;

/** The names of the three splits, in their order. */
export const SPLITS = ["train", "valid", "test"] as const;

/** Filtered and split sequences, with the way back to the source's numbers. */
export interface FilteredSplit {
  /** kept items; they are numbered 1..itemCount by falling popularity */
  readonly itemCount: number;
  readonly train: Interactions;
  readonly valid: Interactions;
  readonly test: Interactions;
  /** [itemCount + 1], the source's number of every item; index 0 is unused */
  readonly sourceOfItem: Uint32Array;
  /** the source's number of every user, by split */
  readonly sourceOfUser: Readonly<Record<(typeof SPLITS)[number], Uint32Array>>;
  /** users and behaviours that the filter kept, where the parts share them */
  readonly kept?: { readonly users: number; readonly behaviours: number };
  /** what filter and split dropped */
  readonly drops: readonly Drop[];
  /** what a reader should know of the split, one sentence each */
  readonly notes: readonly string[];
}

/**
 * Filters and splits.
 *
 * @param source sequences whose items are numbered 0..sourceItems-1; equally popular items keep
 *   the order of these numbers, as in the reference, where they are in order of first appearance
 * @param where the file or data set, for error messages
 * @param notes what is known of it that may explain an error
 * @throws BadInput if fewer than 10 users are left, so that a split would be empty, or as
 *   {@linkcode byTime}
 */
export function filterAndSplit(
  source: Interactions,
  sourceItems: number,
  split: Split,
  where: string,
  notes: readonly string[] = [],
): FilteredSplit {
  const { numberOf, sourceOfItem, droppedBehaviours } = keepPopularItems(source, sourceItems);
  const users = keepActiveUsers(source, numberOf);
  if (users.kept.length < 10) {
    const all = source.offsets.length - 1;
    throw new BadInput(
      `too few users: ${users.kept.length} of ${inWords(all)} have at least ` +
        `${MINIMUM_BEHAVIOURS} behaviours on items with at least ${MINIMUM_BEHAVIOURS}, and 10 ` +
        `are needed for three splits (${inWords(sourceItems)} items, ` +
        `${inWords(source.items.length)} behaviours)`,
      where,
      undefined,
      [adviceFor(source), ...notes.map((note) => `${note}.`)].join(" "),
    );
  }
  const filtered = renumbered(source, users.kept, numberOf);
  const parts = partsOf(filtered, split, where);
  const part = (name: (typeof SPLITS)[number]) => partOf(filtered, parts[name]);
  const sourceUsers = (name: (typeof SPLITS)[number]) =>
    parts[name].users.map((u) => users.kept[u]!);
  const shared = parts.test.targetsFrom !== undefined;
  const itemCount = sourceOfItem.length - 1;
  return {
    itemCount,
    train: part("train"),
    valid: part("valid"),
    test: part("test"),
    sourceOfItem,
    sourceOfUser: {
      train: sourceUsers("train"),
      valid: sourceUsers("valid"),
      test: sourceUsers("test"),
    },
    ...(shared && { kept: { users: users.kept.length, behaviours: filtered.items.length } }),
    notes: parts.notes,
    drops: [
      {
        count: sourceItems - itemCount,
        what: "items",
        why: `fewer than ${MINIMUM_BEHAVIOURS} behaviours (${droppedBehaviours} in all)`,
      },
      {
        count: users.dropped,
        what: "users",
        why: `fewer than ${MINIMUM_BEHAVIOURS} behaviours on kept items ` +
          `(${users.droppedBehaviours} in all)`,
      },
      ...parts.drops,
    ],
  };
}

function partsOf(filtered: Interactions, split: Split, where: string): Parts {
  const count = filtered.offsets.length - 1;
  if (split.by === "users") return byUsers(count, split.seed);
  if (split.by === "reference") return byReference(count);
  return split.by === "time" ? byTime(filtered, split.cuts, where) : leaveLastOut(filtered);
}

function inWords(count: number): string {
  return count.toLocaleString("en");
}

function adviceFor({ offsets, items }: Interactions): string {
  if (items.length === offsets.length - 1) {
    return "Every user has one behaviour: a line that holds all items of a user is a sequence, " +
      "not a row of a table (see data/README.md for such files).";
  }
  return "Give a larger file, or check that its columns mean what its format says.";
}

function keepPopularItems(source: Interactions, sourceItems: number) {
  const popularity = new Uint32Array(sourceItems);
  for (const item of source.items) popularity[item]!++;
  const kept: number[] = [];
  let droppedBehaviours = 0;
  for (let item = 0; item < sourceItems; item++) {
    if (popularity[item]! >= MINIMUM_BEHAVIOURS) kept.push(item);
    else droppedBehaviours += popularity[item]!;
  }
  kept.sort((a, b) => popularity[b]! - popularity[a]! || a - b);
  const sourceOfItem = new Uint32Array(kept.length + 1);
  const numberOf = new Uint32Array(sourceItems); // 0: not kept
  kept.forEach((item, rank) => {
    sourceOfItem[rank + 1] = item;
    numberOf[item] = rank + 1;
  });
  return { numberOf, sourceOfItem, droppedBehaviours };
}

function keepActiveUsers({ offsets, items }: Interactions, numberOf: Uint32Array) {
  const kept: number[] = [];
  let droppedBehaviours = 0;
  for (let u = 0; u + 1 < offsets.length; u++) {
    let length = 0;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      if (numberOf[items[at]!]! > 0) length++;
    }
    if (length >= MINIMUM_BEHAVIOURS) kept.push(u);
    else droppedBehaviours += length;
  }
  return {
    kept: Uint32Array.from(kept),
    dropped: offsets.length - 1 - kept.length,
    droppedBehaviours,
  };
}

/** The sequences of some users, dropped items left out and the others renumbered. */
function renumbered(
  source: Interactions,
  users: Uint32Array,
  numberOf: Uint32Array,
): Interactions {
  const offsets = new Uint32Array(users.length + 1);
  let total = 0;
  for (const u of users) total += source.offsets[u + 1]! - source.offsets[u]!;
  const items = new Uint32Array(total);
  const times = source.times && new Float64Array(total);
  let end = 0;
  users.forEach((u, index) => {
    for (let at = source.offsets[u]!; at < source.offsets[u + 1]!; at++) {
      const number = numberOf[source.items[at]!]!;
      if (number === 0) continue;
      if (times) times[end] = source.times![at]!;
      items[end++] = number;
    }
    offsets[index + 1] = end;
  });
  return { offsets, items: items.slice(0, end), ...(times && { times: times.slice(0, end) }) };
}
