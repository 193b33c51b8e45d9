/** Answers to exercises, checked by the notebook itself. */
import { BadInput } from "../base/bad_input.ts";
import { show } from "./show.ts";

/**
 * Shows that an answer is right, or stops the cell: the answer must not be further than `within`
 * from what the notebook computed.
 *
 * @param what the question in a few words, "the loss with β = 2"
 * @throws {BadInput} for a wrong answer
 */
export async function checkAnswer(
  what: string,
  answer: number,
  computed: number,
  within: number,
): Promise<void> {
  if (!(Math.abs(answer - computed) <= within)) {
    throw new BadInput("not yet", what, answer, `It has to be right within ${within}.`);
  }
  await show(`Right: ${what} is ${Number(computed.toPrecision(4))}; the answer was ${answer}.`);
}
