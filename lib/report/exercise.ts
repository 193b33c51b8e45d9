/** Exercises that check themselves. */
import { show } from "./show.ts";

/** An answer that is not right yet; its message is a hint. */
export class NotYet extends Error {
  override name = "NotYet";
}

/**
 * Checks an answer to an exercise: shows why it is right, or stops the cell with a hint.
 *
 * ```ts
 * await check(mine === 4, "Four rows, one an interest.", "Count the rows of A.");
 * ```
 *
 * @param right whether the answer holds
 * @param why   what a right answer shows, in a sentence or two
 * @param hint  what to think of next
 * @throws {NotYet} with the hint if it does not
 */
export async function check(right: boolean, why: string, hint: string): Promise<void> {
  if (!right) throw new NotYet(`Not yet. ${hint}`);
  await show(`Right. ${why}`);
}
