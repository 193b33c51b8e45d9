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
  const [is, was] = [computed.toPrecision(4), answer.toPrecision(6)].map(Number);
  await show(`Right: ${what} is ${is}; the answer was ${was}.`);
}
