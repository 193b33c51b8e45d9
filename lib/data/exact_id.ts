/** Ids that are numbers, as texts. */
import { BadInput } from "../base/bad_input.ts";

/**
 * The digits of an id.
 *
 * @param where it was given, for the error
 * @throws {BadInput} for a number beyond 2^53 - 1, which stands for several ids
 */
export function exactId(id: number | bigint, where: string): string {
  if (typeof id === "bigint" || !(Math.abs(id) > Number.MAX_SAFE_INTEGER)) return String(id);
  const remedy = "Give it as a text, or as a bigint: 9007199254740993n.";
  throw new BadInput("a number that lost its last digits", where, id, remedy);
}
