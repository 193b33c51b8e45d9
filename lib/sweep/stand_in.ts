/** Sizes in place of data that is not at hand, to plan with. */
import type { Dataset, Interactions } from "../data/interactions.ts";
import type { ManifestEntry } from "../data/manifest.ts";

/** Shares of the users in the three splits, as the reference splits them. */
const [VALID, TEST] = [0.1, 0.1];

/**
 * A data set of the registered sizes in which all users are alike, without any behaviour in it. Its
 * hash is no data's: no recorded run is of it, unless a caller knows the hash and gives it.
 */
export function standIn(
  { name, counts: { users, items, behaviours } }: Pick<ManifestEntry, "name" | "counts">,
): Dataset {
  const [valid, test] = [Math.round(users * VALID), Math.round(users * TEST)];
  const split = (count: number): Interactions => ({
    offsets: Uint32Array.from({ length: count + 1 }, (_, u) => Math.round(u * behaviours / users)),
    items: new Uint32Array(0),
  });
  return {
    name,
    itemCount: items,
    train: split(users - valid - test),
    valid: split(valid),
    test: split(test),
    hash: "not at hand",
  };
}
