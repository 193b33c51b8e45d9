/** What is known about users besides what they did, and how it comes to a data set's users. */
import { BadInput } from "../base/bad_input.ts";
import type { ProfileField } from "./interactions.ts";

/** Profiles as a source lists them. */
export interface SourceProfiles {
  /** the file they are from */
  readonly source: string;
  /** in the order in which models read them */
  readonly fields: readonly ProfileField[];
  /** by the source's id of a user: a category of each field */
  readonly categories: ReadonlyMap<string, readonly number[]>;
}

/** The profiles of the users of each split. */
interface OfSplits {
  readonly profiles: readonly ProfileField[];
  /** by split, [users, fields] */
  readonly bySplit: readonly Int32Array[];
  /** what a reader should know */
  readonly notes: readonly string[];
}

/** The category of what a source does not say. */
export const UNKNOWN = "unknown";

/**
 * The profiles of some users. One that the source does not list has the category "unknown", which
 * every field then gets after its others.
 *
 * @param splits the source's ids of the users, by split
 * @throws {BadInput} if the source lists none of them
 */
export function profilesOf(
  { source, fields, categories }: SourceProfiles,
  splits: readonly (readonly string[])[],
): OfSplits {
  const users = new Set(splits.flat()); // one who is in several splits is one user
  const without = [...users].filter((user) => !categories.has(user)).length;
  if (without === users.size) {
    const remedy = "Its first column has to hold the users' ids as the table has them.";
    throw new BadInput("the profile of none of the users", source, splits.flat()[0], remedy);
  }
  const unknown = fields.map(({ categories }) => categories.length);
  return {
    profiles: without === 0 ? fields : fields.map(({ name, categories }) => ({
      name,
      categories: [...categories, UNKNOWN],
    })),
    bySplit: splits.map((ids) =>
      Int32Array.from(ids.flatMap((id) => categories.get(id) ?? unknown))
    ),
    notes: [
      `profiles from ${source}: ${fields.map(({ name }) => name).join(", ")}`,
      ...(without > 0
        ? [`${without.toLocaleString("en")} users are not listed there: "${UNKNOWN}" in each field`]
        : []),
    ],
  };
}
