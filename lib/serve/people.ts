/** The people of a data set, each once: splits may share them. */
import { type Dataset, type Interactions, itemsOf, userCount } from "../data/interactions.ts";

/** The splits, those first that have more of a user where they share users. */
export const FULLEST_FIRST = ["test", "valid", "train"] as const;

/** Where a user is found. */
export interface Place {
  /** what the user is called in lists and exports: the source's id, or split and place */
  readonly user: string;
  readonly split: (typeof FULLEST_FIRST)[number];
  /** index in the split */
  readonly u: number;
}

/**
 * All users who have an item, of test, valid and train in this order, each once, where most is
 * known of them.
 */
export function everyUser(dataset: Dataset): Place[] {
  const { userIds } = dataset;
  const found = new Map<string, Place>();
  const fuller = fullerPlaces(dataset);
  for (const split of FULLEST_FIRST) {
    for (let u = 0; u < userCount(dataset[split]); u++) {
      const user = userIds?.[split][u] ?? `${split}:${u}`;
      if (found.has(user) || itemsOf(dataset[split], u).length === 0) continue;
      if (!fuller.has(user)) found.set(user, { user, split, u });
    }
  }
  return [...found.values()];
}

/** What is known of each data set: everybody is compared once, however often people are asked. */
const known = new WeakMap<Dataset, ReadonlyMap<string, Place>>();

/**
 * Where more is known of the same person, by split and place: "train:5" may be "test:3". Nothing
 * where splits do not share users, or the source's ids say who is who. Made once a data set.
 *
 * The history of a user of a later split is all that an earlier split has of the same person, and
 * the order of people is one. Two people with equal histories may change places, which changes
 * nobody's vectors.
 */
export function fullerPlaces(dataset: Dataset): ReadonlyMap<string, Place> {
  const places = known.get(dataset) ?? matched(dataset);
  known.set(dataset, places);
  return places;
}

function matched(dataset: Dataset): Map<string, Place> {
  const fuller = new Map<string, Place>();
  const { kept, userIds } = dataset;
  if (kept === undefined || userIds !== undefined) return fuller;
  const waiting = { valid: byLook(dataset.valid), train: byLook(dataset.train) };
  const earlier = { test: ["valid", "train"], valid: ["train"] } as const;
  for (const split of ["test", "valid"] as const) {
    dataset[split].targetsFrom?.forEach((from, u) => {
      const user = `${split}:${u}`;
      const place = fuller.get(user) ?? { user, split, u };
      for (const name of earlier[split]) {
        const same = taken(waiting[name], dataset[split], u, from, dataset[name]);
        if (same === undefined) continue;
        fuller.set(`${name}:${same}`, place);
        break; // what an earlier split has, the one between knows
      }
    });
  }
  return fuller;
}

/** Users by what the whole of each looks like, in their order. */
function byLook(split: Interactions): Map<string, number[]> {
  const users = new Map<string, number[]>();
  for (let u = 0; u < userCount(split); u++) {
    const look = lookOf(split, u, split.offsets[u + 1]! - split.offsets[u]!);
    const alike = users.get(look);
    if (alike) alike.push(u);
    else users.set(look, [u]);
  }
  return users;
}

/** Enough of a user's first n behaviours to tell most from each other. */
function lookOf({ offsets, items, times }: Interactions, u: number, n: number): string {
  const start = offsets[u]!;
  return `${n} ${items[start]} ${items[start + n - 1]} ${times?.[start]}`;
}

/** Takes the first waiting user of whom all is the first n behaviours of user u. */
function taken(
  waiting: Map<string, number[]>,
  split: Interactions,
  u: number,
  n: number,
  earlier: Interactions,
): number | undefined {
  const alike = waiting.get(lookOf(split, u, n)) ?? [];
  const at = alike.findIndex((other) => isSame(split, u, earlier, other, n));
  return at < 0 ? undefined : alike.splice(at, 1)[0];
}

function isSame(one: Interactions, u: number, other: Interactions, v: number, n: number): boolean {
  const [from, at] = [one.offsets[u]!, other.offsets[v]!];
  for (let i = 0; i < n; i++) {
    if (one.items[from + i] !== other.items[at + i]) return false;
    if (one.times?.[from + i] !== other.times?.[at + i]) return false;
  }
  return true;
}
