/** Answers to exercises, checked by the notebook itself. */
import { BadInput } from "../base/bad_input.ts";
import { show } from "./show.ts";

/**
 * Shows that an answer is right, or stops the cell: the answer must not be further than `within`
 * from what the notebook computes. An empty answer is only asked for, and nothing is computed.
 *
 * @param what the question in a few words, "the loss with β = 2"
 * @throws {BadInput} for a wrong answer, without giving the right one away
 */
export async function checkAnswer(
  what: string,
  answer: number | null,
  compute: () => number | Promise<number>,
  within: number,
): Promise<void> {
  if (answer === null) {
    return await show(
      `Your turn, ${what}: put your answer in place of null and run the cell again.`,
    );
  }
  const computed = await compute();
  if (!(Math.abs(answer - computed) <= within)) {
    throw new BadInput("not yet", what, answer, `It has to be right within ${within}.`);
  }
  const [is, was] = [computed.toPrecision(4), answer.toPrecision(6)].map(Number);
  await show(`Right: ${what} is ${is}; the answer was ${was}.`);
}
