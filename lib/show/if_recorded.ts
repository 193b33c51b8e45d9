/** What is shown of recorded things, or in words why it is not there yet. */
import { BadInput, WrongCall } from "../base/bad_input.ts";
import { markdown, type Showable } from "./show.ts";

/**
 * What `make` makes; where what it needs is not recorded, words that say so and what records it.
 *
 * ```ts
 * await show(await ifRecorded(async () => figure.projections(await newestRecord("paper-scale"))));
 * ```
 *
 * @throws {WrongCall} for what no recording would mend
 */
export async function ifRecorded(make: () => Showable | Promise<Showable>): Promise<Showable> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof BadInput) || error instanceof WrongCall) throw error;
    return markdown(
      `_Not there yet._ ${error.what}: ${error.value ?? error.where}. ${error.remedy}`,
    );
  }
}
