/** Users apart, 80/10/10: those of valid and test are never trained on. */
import { Random } from "../../base/random.ts";
import type { Parts } from "./split_parts.ts";
import { PythonRandom } from "./python_random.ts";

/** What the official code seeds Python's generator with, whatever the training's seed. */
const REFERENCE_SEED = 1230;

/** The first 80 % of the users in random order, the next 10 %, and the rest. */
export function byUsers(count: number, seed: number): Parts {
  const users = numbered(count);
  const random = new Random(seed, "split");
  for (let last = count - 1; last > 0; last--) { // Fisher and Yates: every order equally likely
    const other = random.below(last + 1);
    [users[last], users[other]] = [users[other]!, users[last]!];
  }
  return apart(users, []);
}

/**
 * The very users that the official code puts into each part.
 * Source: the preprocessing of ComiRec, which REMI's official code repeats.
 */
export function byReference(count: number): Parts {
  const users = numbered(count);
  new PythonRandom(REFERENCE_SEED).shuffle(users);
  return apart(users, ["split: users 80/10/10, drawn as by the official code"]);
}

function numbered(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, user) => user);
}

function apart(users: Uint32Array, notes: readonly string[]): Parts {
  const validStart = Math.floor(users.length * 0.8);
  const testStart = Math.floor(users.length * 0.9);
  return {
    train: { users: users.slice(0, validStart) },
    valid: { users: users.slice(validStart, testStart) },
    test: { users: users.slice(testStart) },
    drops: [],
    notes,
  };
}
