/** The parts of a split: whose behaviours, up to where, and where the targets begin. */
import type { Interactions } from "../interactions.ts";
import type { Drop } from "../report.ts";

/** Train, valid or test, as a selection of filtered sequences. */
export interface Part {
  /** [users] by their number among the filtered */
  readonly users: Uint32Array;
  /** [users] how many of a user's items are in it, from the first on; all of them if left out */
  readonly ends?: Uint32Array;
  /** [users] how many of them are the history; the first 80 % if left out */
  readonly targetsFrom?: Uint32Array;
}

/** The three parts, and what a reader should know of them. */
export interface Parts {
  readonly train: Part;
  readonly valid: Part;
  readonly test: Part;
  readonly drops: readonly Drop[];
  readonly notes: readonly string[];
}

/** The sequences of a part, in arrays of their own. */
export function partOf(filtered: Interactions, { users, ends, targetsFrom }: Part): Interactions {
  const offsets = new Uint32Array(users.length + 1);
  const from = (index: number) => filtered.offsets[users[index]!]!;
  users.forEach((u, index) => {
    const length = ends?.[index] ?? filtered.offsets[u + 1]! - filtered.offsets[u]!;
    offsets[index + 1] = offsets[index]! + length;
  });
  const taken = <T extends Uint32Array | Float64Array>(source: T, picked: T): T => {
    for (let index = 0; index < users.length; index++) {
      const [at, end] = [offsets[index]!, offsets[index + 1]!];
      picked.set(source.subarray(from(index), from(index) + end - at), at);
    }
    return picked;
  };
  const total = offsets.at(-1)!;
  const { items, times } = filtered;
  return {
    offsets,
    items: taken(items, new Uint32Array(total)),
    ...(times && { times: taken(times, new Float64Array(total)) }),
    ...(targetsFrom && { targetsFrom }),
  };
}
