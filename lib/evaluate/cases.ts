/**
 * What an evaluation asks: for each user of a split, the first 80 % of the items are the history,
 * the rest are the targets (as in the reference: k = int(0.8 * length), and a model sees the last L
 * of the history); where the split says where the targets begin, that counts.
 */
import { BadInput } from "../base/bad_input.ts";
import { requireMemory } from "../base/memory.ts";
import { Random } from "../base/random.ts";
import { type Histories, usersOf } from "../data/batch.ts";
import { dayOf } from "../data/days.ts";
import { type Interactions, itemsOf, profileOf, timesOf, userCount } from "../data/interactions.ts";

/** Which users of a split are evaluated; all of them unless said otherwise. */
export interface UserSample {
  /** how many, at most */
  readonly users: number;
  /** draws them from a stream of its own: the same for every method, model and L */
  readonly seed: number;
}

/** Share of a user's items that is the history. */
const HISTORY_SHARE = 0.8;

/** The users that can be evaluated, in the order of the split. */
export class EvaluationCases implements Histories {
  /** [U, L] the last L items of each history, 0 after the last real one */
  readonly history: Int32Array;
  /** [U] number of real positions, 1..L */
  readonly length: Int32Array;
  /** [U, L] the day of each, counted from the user's first; where the data has times */
  readonly days?: Int32Array;
  /** [U, fields] where the data has profiles */
  readonly profile?: Int32Array;

  /**
   * The cases of some users; {@linkcode evaluationCases} chooses them.
   *
   * @param split all users
   * @param users [U] which of them are evaluated
   * @param dropped those that are not: their history or their targets would be empty
   * @param L history length
   */
  constructor(
    readonly split: Interactions,
    readonly users: Uint32Array,
    readonly dropped: Uint32Array,
    readonly L: number,
  ) {
    this.history = new Int32Array(users.length * L); // [U, L]
    this.length = new Int32Array(users.length); // [U]
    for (let u = 0; u < users.length; u++) {
      const last = this.seen(u).subarray(-L);
      this.history.set(last, u * L);
      this.length[u] = last.length;
    }
    if (split.times) this.days = this.#days();
    if (split.profile) {
      this.profile = Int32Array.from(
        Array.from(users, (user) => [...profileOf(split, user)!]).flat(),
      );
    }
  }

  /** Number of users that are evaluated, U. */
  get count(): number {
    return this.users.length;
  }

  /**
   * The whole history of the u-th evaluated user, oldest first: a view, not a copy.
   *
   * @throws {BadInput} if there is no such user
   */
  seen(u: number): Uint32Array {
    return this.#items(u).subarray(0, historyLength(this.split, this.users[u]!));
  }

  /**
   * The targets of the u-th evaluated user, oldest first: a view, not a copy.
   *
   * @throws {BadInput} if there is no such user
   */
  targets(u: number): Uint32Array {
    return this.#items(u).subarray(historyLength(this.split, this.users[u]!));
  }

  /** What a model sees of users first..end - 1: views, not copies. */
  histories(first: number, end: number): Histories {
    return usersOf(this, first, end);
  }

  #days(): Int32Array {
    const days = new Int32Array(this.history.length); // [U, L]
    this.users.forEach((user, u) => {
      const times = timesOf(this.split, user)!;
      const seen = times.subarray(0, historyLength(this.split, user)).subarray(-this.L);
      seen.forEach((time, l) => days[u * this.L + l] = dayOf(time, times[0]!));
    });
    return days;
  }

  #items(u: number): Uint32Array {
    const user = this.users[u];
    if (user !== undefined) return itemsOf(this.split, user);
    const remedy = `Take one from 0 to ${this.count - 1}.`;
    throw new BadInput("no such evaluated user", "user", u, remedy);
  }
}

/**
 * The evaluation of a split with histories of at most L items.
 *
 * @param sample some of the users, in the order of the split
 * @throws {BadInput} for an L so long that they do not fit into memory
 */
export function evaluationCases(
  split: Interactions,
  L: number,
  sample?: UserSample,
): EvaluationCases {
  const kept: number[] = [], dropped: number[] = [];
  for (let u = 0; u < userCount(split); u++) {
    const length = itemsOf(split, u).length;
    const k = historyLength(split, u);
    (k > 0 && k < length ? kept : dropped).push(u);
  }
  const users = sample ? sampled(kept, sample) : kept;
  requireMemory("histories of the users that are evaluated", [
    {
      what: split.times ? "their last L items and days" : "their last L items",
      bytes: (split.times ? 8 : 4) * users.length * L,
      lower: ["L"],
    },
  ]);
  return new EvaluationCases(split, Uint32Array.from(users), Uint32Array.from(dropped), L);
}

function sampled(kept: readonly number[], { users, seed }: UserSample): number[] {
  const random = new Random(seed, "validation users");
  return random.distinct(kept.length, Math.min(users, kept.length)).map((at) => kept[at]!);
}

function historyLength(split: Interactions, user: number): number {
  return split.targetsFrom?.[user] ?? Math.trunc(itemsOf(split, user).length * HISTORY_SHARE);
}
