/**
 * What one training step works on. Symbols as everywhere in the library:
 * B users in a batch, L positions of a history, S negatives, K interests, d embedding size.
 */

/** Histories of B users, padded on the right. */
export interface Histories {
  /** [B, L] item ids, oldest first, 0 after the last real one */
  readonly history: Int32Array;
  /** [B] number of real positions, 1..L */
  readonly length: Int32Array;
  /** [B, L] the day of each click, counted from any day of the user; where the data has times */
  readonly days?: Int32Array;
  /** [B, fields] a category of each field, from 0; where the data has profiles */
  readonly profile?: Int32Array;
  /** [B, ...] by name: what a model would draw otherwise, given */
  readonly noise?: Readonly<Record<string, Float32Array>>;
}

/** One training batch; the negatives are shared by all its users, as in the reference. */
export interface Batch extends Histories {
  /** [B] the item that follows each history */
  readonly target: Int32Array;
  /** [S] uniform draws from the catalogue, with replacement */
  readonly negatives: Int32Array;
}

/** Users from, from + 1, ..., to - 1 of some histories: views, not copies. */
export function usersOf(histories: Histories, from: number, to: number): Histories {
  const U = histories.length.length;
  return mapped(histories, (array) => {
    const size = array.length / U;
    return array.subarray(from * size, to * size) as typeof array;
  });
}

/** Some users of some histories, in the order that is asked for: copies. */
export function chosenUsers(histories: Histories, users: readonly number[]): Histories {
  const U = histories.length.length;
  return mapped(histories, (array) => {
    const size = array.length / U;
    const kind = array instanceof Int32Array ? Int32Array : Float32Array;
    const rows = new kind(users.length * size) as typeof array;
    users.forEach((u, i) => rows.set(array.subarray(u * size, (u + 1) * size), i * size));
    return rows;
  });
}

function mapped(
  histories: Histories,
  part: <T extends Int32Array | Float32Array>(array: T) => T,
): Histories {
  const { history, length, days, profile, noise } = histories;
  return {
    history: part(history),
    length: part(length),
    ...(days && { days: part(days) }),
    ...(profile && { profile: part(profile) }),
    ...(noise && {
      noise: Object.fromEntries(Object.entries(noise).map(([name, of]) => [name, part(of)])),
    }),
  };
}
