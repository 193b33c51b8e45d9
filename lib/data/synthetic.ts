/**
 * Synthetic behaviours with known interests: the embedded data set. Items belong to interests,
 * users follow a few interests and switch between them, some of what they do is noise. The truth
 * is kept, so that what a model finds can be compared with what there was to find.
 */
import { BadInput } from "../base/bad_input.ts";
import { requireMemory } from "../base/memory.ts";
import { Random } from "../base/random.ts";
import { besides, datasetHash } from "./dataset_hash.ts";
import { filterAndSplit, SPLITS } from "./filter_and_split.ts";
import type { Dataset, Interactions } from "./interactions.ts";
import { neverUsed } from "./never_used.ts";
import { chosenSplit } from "./split/split.ts";
import {
  between,
  cumulative,
  drawDistinct,
  drawFrom,
  drawLeft,
  gammaOfTwo,
  Patience,
  powerLaw,
} from "./synthetic_draws.ts";
import { syntheticFields, syntheticProfiles } from "./synthetic_profiles.ts";

/**
 * The knobs of the generator. The defaults are the first values tried: no result was looked at to
 * choose them, and none was changed afterwards. Each says what it stands for.
 */
export interface SyntheticOptions {
  /** any integer of at most 2^53 - 1 in size; default 1 */
  readonly seed?: number;
  /** default 8,000: enough for a test split of 800, and a training of about a minute */
  readonly users?: number;
  /** planted interests, at most 65,536; default 80, far more than any user or model has */
  readonly interests?: number;
  /** default 50: one interest fills a list of 50 recommendations, several do not fit */
  readonly itemsPerInterest?: number;
  /** fewest and most interests of a user; default [2, 4], on either side of few and K = 4 */
  readonly interestsPerUser?: readonly [number, number];
  /** fewest and most distinct items of a user; default [8, 24], around a history of 20 */
  readonly length?: readonly [number, number];
  /** probability that the next item stays with the current interest; default 0.7, short runs */
  readonly stay?: number;
  /** share of items drawn uniformly from the whole catalogue; default 0.1 */
  readonly noise?: number;
  /** popularity of an item within its interest ∝ rank^-itemSkew; default 0.8, a usual long tail */
  readonly itemSkew?: number;
  /** popularity of an interest ∝ rank^-interestSkew; default 0.5, flatter than that of items */
  readonly interestSkew?: number;
  /** share of the profiles' values that say nothing; default 0.3, a form filled in carelessly */
  readonly profileNoise?: number;
  /**
   * how often, in a year, the items of an interest take turns at being its most popular one; data
   * with drift has times; default 0: popularity stays as it is, and there are no times
   */
  readonly drift?: number;
  /** how it is split, as splitOf reads it; default: by users at random, with the seed above */
  readonly split?: string | undefined;
}

/** The generator's knobs, all of them. */
type Knobs = Required<Omit<SyntheticOptions, "split">>;

const DEFAULTS: Knobs = {
  seed: 1,
  users: 8_000,
  interests: 80,
  itemsPerInterest: 50,
  interestsPerUser: [2, 4],
  length: [8, 24],
  stay: 0.7,
  noise: 0.1,
  itemSkew: 0.8,
  interestSkew: 0.5,
  profileNoise: 0.3,
  drift: 0,
};

/**
 * Generates behaviours, then filters and splits them exactly as real data; the truth follows the
 * renumbering. A user has n interests (uniform in interestsPerUser), drawn by popularity without
 * replacement, with weights from a symmetric Dirichlet distribution of concentration 2 (uneven,
 * but rarely one alone). Every item of the user's sequence is new to it. Labels read
 * "planted 12 / item 3": the third most popular item of planted interest 12. Profiles know
 * something about the interests; they come from a generator of their own, so that no behaviour
 * depends on them.
 *
 * With drift, users begin at some time of the year 2020 and do something every seven days, and
 * popularity ∝ rank^-itemSkew moves on through the items of each interest: the second most popular
 * item becomes the first, which becomes the last.
 *
 * Equal options give equal bytes on every machine. 16 behaviours a user on average: users 125,000
 * gives 2 million behaviours.
 *
 * @throws BadInput for an option that is unknown, out of range, or leaves too few distinct items,
 *   or data that do not fit into memory
 */
export function synthetic(options: SyntheticOptions = {}): Dataset {
  const { split: how, ...others } = options;
  const knobs = { ...DEFAULTS, ...others };
  check(knobs);
  const choice = chosenSplit(how, 'synthetic option "split"', { by: "users", seed: knobs.seed });
  const { users, length: [, longest] } = knobs;
  requireMemory("synthetic data", [
    { what: "the behaviours", bytes: 8 * users * longest, lower: ["users", "length"] },
    { what: "the users' interests", bytes: 100 * users, lower: ["users"] },
    {
      what: "the items",
      bytes: 32 * knobs.interests * knobs.itemsPerInterest,
      lower: ["interests", "itemsPerInterest"],
    },
  ]);
  const { interests, itemsPerInterest, seed } = knobs;
  const { sequences, interestsOfUser } = generate(knobs, new Random(seed, "synthetic"));
  const split = filterAndSplit(
    sequences,
    interests * itemsPerInterest,
    choice.by,
    "synthetic data",
  );
  const { itemCount, sourceOfItem, sourceOfUser, kept } = split;
  const interestOfItem = new Uint16Array(itemCount + 1);
  const labels = [""];
  for (let item = 1; item <= itemCount; item++) {
    const interest = Math.floor(sourceOfItem[item]! / itemsPerInterest);
    interestOfItem[item] = interest;
    labels.push(`planted ${interest} / item ${sourceOfItem[item]! % itemsPerInterest + 1}`);
  }
  const interestsOf = (users: Uint32Array) => Array.from(users, (u) => interestsOfUser[u]!);
  const profilesOf = syntheticProfiles(interests, knobs.profileNoise, new Random(seed, "profiles"));
  const truth = SPLITS.map((name) => interestsOf(sourceOfUser[name]));
  const [train, valid, test] = SPLITS.map((name, s): Interactions => ({
    ...split[name],
    profile: profilesOf(sourceOfUser[name], truth[s]!),
  })) as [Interactions, Interactions, Interactions];
  return {
    name: "synthetic",
    itemCount,
    train,
    valid,
    test,
    hash: datasetHash({ itemCount, train, valid, test }),
    ...besides({ train, valid, test, profiles: syntheticFields }),
    ...(choice.split !== undefined && { split: choice.split }),
    ...(kept && { kept }),
    labels,
    truth: {
      interestOfItem,
      interestsOfUser: { train: truth[0]!, valid: truth[1]!, test: truth[2]! },
    },
    report: {
      source: "generated",
      format: `seed ${seed}`,
      drops: split.drops.filter((drop) => drop.count > 0),
      notes: kept ? [...split.notes, ...neverUsed({ train, valid, test })] : split.notes,
    },
  };
}

/** Seconds since 1970 when drifting data begins, of a year, and of a mean pause of a user. */
const [BEGINNING, YEAR, PAUSE] = [Date.UTC(2020) / 1000, 365 * 86_400, 7 * 86_400];

function generate(knobs: Knobs, random: Random) {
  const { interestsPerUser, itemsPerInterest, length, noise, stay, users, drift, seed } = knobs;
  const itemTotal = knobs.interests * itemsPerInterest;
  const interestWeights = powerLaw(knobs.interests, knobs.interestSkew);
  const interestPopularity = cumulative(interestWeights);
  const popularity = powerLaw(itemsPerInterest, knobs.itemSkew);
  const itemPopularity = cumulative(popularity);
  const patience = { interests: new Patience(), items: new Patience() };
  const offsets = new Uint32Array(users + 1);
  const items = new Uint32Array(users * length[1]);
  const interestsOfUser: Uint16Array[] = [];
  const ownerOf = new Uint32Array(itemTotal); // user + 1 that last took the item
  const times = drift > 0 ? new Float64Array(items.length) : undefined;
  const clock = new Random(seed, "times");
  let end = 0;
  for (let u = 0; u < users; u++) {
    let years = times ? clock.uniform() : 0; // since the beginning
    const n = between(interestsPerUser, random);
    const own = drawDistinct(n, interestWeights, interestPopularity, patience.interests, random);
    const ownWeights = Float64Array.from(own, () => gammaOfTwo(random));
    const weights = cumulative(ownWeights);
    interestsOfUser.push(own);
    let current = drawFrom(weights, random);
    const start = end;
    const stop = end + between(length, random);
    const isTaken = (item: number) => ownerOf[item] === u + 1;
    const itemAt = (interest: number, rank: number) =>
      interest * itemsPerInterest +
      (rank + Math.floor(years * drift * itemsPerInterest)) % itemsPerInterest;
    const newItem = () => {
      const total = ownWeights.reduce((sum, weight) => sum + weight, 0);
      const chances = ownWeights.map((weight, index) =>
        (1 - stay) * weight / total + (index === current ? stay : 0)
      );
      const taken = end - start;
      const left = { own, chances, popularity, itemAt, isTaken, taken, items: itemTotal, noise };
      const { item, of } = drawLeft(left, random);
      if (of >= 0) current = of;
      return item;
    };
    while (end < stop) {
      if (random.uniform() >= stay) current = drawFrom(weights, random);
      let item = random.uniform() < noise
        ? random.below(itemTotal)
        : itemAt(own[current]!, drawFrom(itemPopularity, random));
      if (isTaken(item)) {
        if (!patience.items.isOver()) continue;
        item = newItem();
      }
      patience.items.renew();
      ownerOf[item] = u + 1;
      if (times) {
        times[end] = BEGINNING + Math.round(years * YEAR);
        years -= Math.log(1 - clock.uniform()) * PAUSE / YEAR;
      }
      items[end++] = item;
    }
    offsets[u + 1] = end;
  }
  const sequences: Interactions = {
    offsets,
    items: items.subarray(0, end),
    ...(times && { times: times.subarray(0, end) }),
  };
  return { sequences, interestsOfUser };
}

/** What cells give is of any type. */
function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** Whether a value is a number in [0, most]. */
function isWithin(value: unknown, most: number): boolean {
  return typeof value === "number" && value >= 0 && value <= most;
}

function check(knobs: Knobs): void {
  const fail = (key: string, value: unknown, what: string, remedy: string): never => {
    throw new BadInput(what, `synthetic option "${key}"`, value, remedy);
  };
  for (const key of Object.keys(knobs)) {
    if (!Object.hasOwn(DEFAULTS, key)) {
      fail(key, key, "unknown", `Use one of ${Object.keys(DEFAULTS).join(", ")}, split.`);
    }
  }
  if (!Number.isSafeInteger(knobs.seed)) {
    fail("seed", knobs.seed, "not an integer", "Give one of at most 2^53 - 1 in size.");
  }
  const counts = { users: 1e8, interests: 65_536, itemsPerInterest: 1e7 };
  for (const key of ["users", "interests", "itemsPerInterest"] as const) {
    if (!Number.isInteger(knobs[key]) || knobs[key] < 1 || knobs[key] > counts[key]) {
      fail(key, knobs[key], "out of range", `Give an integer in 1..${counts[key]}.`);
    }
  }
  for (const key of ["interestsPerUser", "length"] as const) {
    const range: unknown = knobs[key];
    const [low, high, ...more]: unknown[] = Array.isArray(range) ? range : [];
    const fits = more.length === 0 && isWhole(low) && isWhole(high) && low >= 1 && high >= low;
    if (!fits) {
      fail(key, knobs[key], "not a range", "Give [fewest, most], integers from 1 on.");
    }
  }
  for (const key of ["stay", "noise", "profileNoise"] as const) {
    if (!isWithin(knobs[key], 1)) {
      fail(key, knobs[key], "not a probability", "Give a number in [0, 1].");
    }
  }
  for (const key of ["itemSkew", "interestSkew", "drift"] as const) {
    if (!isWithin(knobs[key], 10)) {
      fail(key, knobs[key], "out of range", "Give a number in [0, 10].");
    }
  }
  if (knobs.interestsPerUser[1] > knobs.interests) {
    fail("interestsPerUser", knobs.interestsPerUser, "more than there are", "Give fewer.");
  }
  // at most half of a user's items, of which a user that never switches reaches one interest's
  const half = Math.floor(knobs.interestsPerUser[0] * knobs.itemsPerInterest / 2);
  const never = knobs.stay === 1 && knobs.noise === 0;
  const most = never ? Math.min(half, knobs.itemsPerInterest) : half;
  if (knobs.length[1] > most) {
    fail("length", knobs.length, "longer than distinct items allow", `Give at most ${most}.`);
  }
}
