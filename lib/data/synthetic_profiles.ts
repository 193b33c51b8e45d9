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
 * Gives users their profiles: each field follows from one of the user's interests, drawn anew for
 * each field, or, with probability `noise` and where no interest makes a category likely, is
 * uniform. Who is asked for again has the same profile.
 *
 * @param interests how many there are in all
 * @returns gives [users, fields] categories, for users by number and their planted interests
 */
export function syntheticProfiles(
  interests: number,
  noise: number,
  random: Random,
): (users: Uint32Array, interestsOfUser: readonly Uint16Array[]) => Int32Array {
  const drawn = new Map<number, readonly number[]>();
  const draw = (own: Uint16Array) =>
    FIELDS.map(({ categories, of }) => {
      const interest = own[random.below(own.length)]!;
      const anything = random.below(categories);
      const says = of && random.uniform() >= noise;
      return says ? of(interest, interests, categories) : anything;
    });
  return (users, interestsOfUser) => {
    const profiles = new Int32Array(users.length * FIELDS.length); // [users, fields]
    users.forEach((user, u) => {
      const own = drawn.get(user) ?? draw(interestsOfUser[u]!);
      drawn.set(user, own);
      profiles.set(own, u * FIELDS.length);
    });
    return profiles;
  };
}
