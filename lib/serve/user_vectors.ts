/** The interests of every user of a data set, from everything that is known of each. */
import { chanceToStop } from "../base/interrupt.ts";
import type { Histories } from "../data/batch.ts";
import { SPLITS } from "../data/filter_and_split.ts";
import { type Dataset, itemsOf, userCount } from "../data/interactions.ts";
import { aboutUser, oneHistory } from "../train/one_history.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { userName } from "./asked.ts";

/** Users with their interests. */
export interface UserVectors {
  /** [U] what they are called */
  readonly users: readonly string[];
  /** [U] all items of each, oldest first */
  readonly seen: readonly Uint32Array[];
  /** interests of a user */
  readonly K: number;
  /** [U, K, d] */
  readonly interests: Float32Array;
}

/** Users that are computed at a time: bounds memory, nothing else. */
const CHUNK = 1024;

/**
 * The interests of all users of train, valid and test, in this order. Their histories are whole:
 * nothing is held out.
 *
 * @param progress told how many of how many are done
 */
export async function userVectors(
  { dataset, config, engine }: TrainedModel,
  progress: (done: number, of: number) => void = () => {},
): Promise<UserVectors> {
  const people = SPLITS.flatMap((split) =>
    Array.from({ length: userCount(dataset[split]) }, (_, u) => ({ split, u }))
      .filter(({ u }) => itemsOf(dataset[split], u).length > 0)
  );
  const seen = people.map(({ split, u }) => itemsOf(dataset[split], u));
  const width = config.K * config.d;
  const interests = new Float32Array(people.length * width); // [U, K, d]
  for (let first = 0; first < people.length; first += CHUNK) {
    await chanceToStop("an export");
    const some = people.slice(first, first + CHUNK);
    const histories = some.map(({ split, u }, i) =>
      wholeHistory(dataset, config.L, split, u, seen[first + i]!)
    );
    const computed = await engine.interests(together(histories));
    interests.set(computed.interests, first * width);
    progress(first + some.length, people.length);
  }
  const users = people.map(({ split, u }) => userName(dataset, split, u));
  return { users, seen, K: config.K, interests };
}

function wholeHistory(
  dataset: Dataset,
  L: number,
  split: (typeof SPLITS)[number],
  u: number,
  items: Uint32Array,
): Histories {
  return oneHistory(dataset, L, items, aboutUser(dataset, dataset[split], u, items.length));
}

/** Histories of one user each as one batch. */
function together(histories: readonly Histories[]): Histories {
  const joined = (arrays: readonly (Int32Array | undefined)[]) =>
    arrays[0] && Int32Array.from(arrays.flatMap((array) => [...array!]));
  const [days, profile] = [
    joined(histories.map(({ days }) => days)),
    joined(histories.map(({ profile }) => profile)),
  ];
  return {
    history: joined(histories.map(({ history }) => history))!, // [U, L]
    length: joined(histories.map(({ length }) => length))!, // [U]
    ...(days && { days }),
    ...(profile && { profile }),
  };
}
