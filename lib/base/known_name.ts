/** Names from a closed list. */
import { WrongCall } from "./bad_input.ts";
import { didYouMean } from "./did_you_mean.ts";

/**
 * A name of a closed list, as it was given: another one would mean something else.
 *
 * @param where it was given: a function and what it names
 * @throws {WrongCall} for a name that is not in the list, which it says
 */
export function knownName<T extends string>(
  name: string,
  known: readonly T[],
  where: string,
): T {
  const found = known.find((one) => one === name);
  if (found !== undefined) return found;
  const remedy = `There are ${known.map((one) => JSON.stringify(one)).join(", ")}.`;
  throw new WrongCall(`no such name${didYouMean(String(name), known)}`, where, name, remedy);
}
