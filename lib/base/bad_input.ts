/** Errors of people, told in a sentence. */
import { shownName } from "./shown_name.ts";

/** An error that a user can act on: what is wrong, where, the value, and what to do about it. */
export class BadInput extends Error {
  override name = "BadInput";

  /**
   * @param what  what is wrong, in one clause ("not an integer")
   * @param where file (with line), option or key the value came from
   * @param value the offending value, shortened if long; undefined where `what` says it
   * @param remedy what the user can do
   */
  constructor(
    readonly what: string,
    readonly where: string,
    readonly value: unknown,
    readonly remedy: string,
  ) {
    super(`${where}: ${what}${value === undefined ? "" : `: ${shortened(value)}`}. ${remedy}`);
    this.stack = this.message; // which kernels and terminals show; the user's mistake has no other
  }
}

/** A call that cannot be meant so: a misspelt option, another argument than is taken. */
export class WrongCall extends BadInput {}

/**
 * A refusal that says nothing about what was read or written: the system, the memory, or what was
 * asked of it stands in the way. Nobody may take a file for damaged because of it.
 */
export class Hindrance extends BadInput {}

function shortened(value: unknown): string {
  const text = inWords(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function inWords(value: unknown): string {
  if (typeof value === "string") return shownName(JSON.stringify(value));
  if (typeof value !== "object" || value === null) return String(value);
  return Deno.inspect(value, { compact: true, breakLength: Infinity, iterableLimit: 4, depth: 3 });
}
