/** Numbers as people write them: what merely can be read as one is none. */
import { BadInput } from "./bad_input.ts";

/**
 * A whole number above 0.
 *
 * @param where it was given: an option or a variable
 * @param most the largest that is taken
 * @throws {BadInput} if it is anything else: 1e3, 0x10, 1.0, or more than can be told apart
 */
export function positiveInteger(
  text: string,
  where: string,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = integer(text, where, "a whole number above 0");
  if (value > most) throw new BadInput("too large", where, text, `At most ${most}.`);
  if (value > 0) return value;
  throw new BadInput("not a whole number above 0", where, text, "Try 2.");
}

/**
 * A whole number.
 *
 * @param where it was given: an option or a variable
 * @param what it has to be, for the error
 * @throws {BadInput} as {@linkcode positiveInteger}
 */
export function integer(text: string, where: string, what = "a whole number"): number {
  const value = Number(text);
  if (!/^(0|-?[1-9]\d*)$/.test(text)) {
    const plain = Number.isSafeInteger(value) && text.trim() !== "" && !Object.is(value, -0);
    throw new BadInput(
      `not ${what}`,
      where,
      text,
      plain ? `Write ${value}.` : "Write it in digits, such as 2.",
    );
  }
  if (Number.isSafeInteger(value)) return value;
  throw new BadInput("too large to be exact", where, text, `At most ${Number.MAX_SAFE_INTEGER}.`);
}

/**
 * A number with or without decimals or an exponent: 100, 0.1, 1e-3.
 *
 * @param where it was given: an option or a variable
 * @throws {BadInput} if it is anything else, or beyond what a number can hold
 */
export function decimal(text: string, where: string): number {
  const value = Number(text);
  const isOne = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && !/^-?0\d/.test(text);
  if (!isOne || Object.is(value, -0)) {
    throw new BadInput("not a number", where, text, "Write it in digits, such as 0.1 or 1e-3.");
  }
  const vanishes = value === 0 && /[1-9]/.test(text.replace(/e.*$/i, ""));
  if (Number.isFinite(value) && !vanishes) return value;
  throw new BadInput("too large or too small for a number", where, text, "Write one nearer to 1.");
}
