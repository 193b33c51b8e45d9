/** The interests of every user of a data set, from everything that is known of each. */
import { chanceToStop } from "../base/interrupt.ts";
import type { Histories } from "../data/batch.ts";
import { type Dataset, itemsOf } from "../data/interactions.ts";
import { aboutUser, oneHistory } from "../train/one_history.ts";
import type { TrainedModel } from "../train/trained_model.ts";
import { everyUser, type Place } from "./people.ts";

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
 * The interests of all users, of test, valid and train in this order. Their histories are whole:
 * nothing is held out. A user whom splits share counts once, with the fullest history.
 *
 * @param progress told how many of how many are done
 */
export async function userVectors(
  { dataset, config, engine }: TrainedModel,
  progress: (done: number, of: number) => void = () => {},
): Promise<UserVectors> {
  const people = everyUser(dataset);
  const seen = people.map(({ split, u }) => itemsOf(dataset[split], u));
  const width = config.K * config.d;
  const interests = new Float32Array(people.length * width); // [U, K, d]
  for (let first = 0; first < people.length; first += CHUNK) {
    await chanceToStop("an export");
    const some = people.slice(first, first + CHUNK);
    const histories = some.map((place, i) =>
      wholeHistory(dataset, config.L, place, seen[first + i]!)
    );
    const computed = await engine.interests(together(histories));
    interests.set(computed.interests, first * width);
    progress(first + some.length, people.length);
  }
  const users = people.map(({ user }) => user);
  return { users, seen, K: config.K, interests };
}

function wholeHistory(
  dataset: Dataset,
  L: number,
  { split, u }: Place,
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
