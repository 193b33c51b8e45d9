/** Profiles of synthetic users: as of a form, of use where it follows from the interests. */
import type { Random } from "../base/random.ts";
import type { ProfileField } from "./interactions.ts";

/** A field and what an interest makes likely in it; a field without that says nothing. */
interface Field {
  readonly name: string;
  readonly categories: number;
  of?(interest: number, interests: number, categories: number): number;
}

/** Groups cut across the interests, ages are neighbours among them. */
const FIELDS: readonly Field[] = [
  { name: "group", categories: 8, of: (interest, _, n) => interest % n },
  { name: "age", categories: 5, of: (interest, all, n) => Math.floor(interest * n / all) },
  { name: "region", categories: 4 },
];

/** The fields with their categories: "group 0", "group 1", ... */
export const syntheticFields: readonly ProfileField[] = FIELDS.map(({ name, categories }) => ({
  name,
  categories: Array.from({ length: categories }, (_, category) => `${name} ${category}`),
}));

/**
 * A profile for each user: each field follows from one of the user's interests, drawn anew for each
 * field, or, with probability `noise` and where no interest makes a category likely, is uniform.
 *
 * @param interestsOfUser the planted ones
 * @param interests       how many there are in all
 * @returns [users, fields] categories
 */
export function syntheticProfiles(
  interestsOfUser: readonly Uint16Array[],
  interests: number,
  noise: number,
  random: Random,
): Int32Array {
  const profiles = new Int32Array(interestsOfUser.length * FIELDS.length); // [users, fields]
  interestsOfUser.forEach((own, u) =>
    FIELDS.forEach(({ categories, of }, f) => {
      const interest = own[random.below(own.length)]!;
      const anything = random.below(categories);
      const says = of && random.uniform() >= noise;
      profiles[u * FIELDS.length + f] = says ? of(interest, interests, categories) : anything;
    })
  );
  return profiles;
}
