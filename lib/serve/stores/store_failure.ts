/** Foreign boundary: stores fail with errors of any kind, with paths of their own source. */
import { BadInput } from "../../base/bad_input.ts";
import { systemRefusal } from "../../base/disk.ts";

/** A store, for the error. */
export interface StorePlace {
  /** "LanceDB" */
  readonly store: string;
  /** where its data lies, or what names the server */
  readonly where: string;
  readonly remedy: string;
}

/**
 * What a store answers.
 *
 * @throws {BadInput} if it fails, with its reason in one line
 */
export async function answerOfStore<T>(
  { store, where, remedy }: StorePlace,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const reason = systemRefusal(error, where)?.what ?? reasonOf(error);
    throw new BadInput(`${store} fails: ${reason}`, where, undefined, remedy);
  }
}

/** The first line, up to the place in the store's own source. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error && error.message !== "" ? error.message : String(error);
  return text.split("\n")[0]!.replace(/, \S*\.rs:\d.*$/, "").trim();
}
