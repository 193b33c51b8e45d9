/** Numbers that a call is given: those that it cannot mean are told before anything is computed. */
import { BadInput } from "./bad_input.ts";

/**
 * Refuses NaN, infinite numbers, and what is no number.
 *
 * @param where it was given: a function and what it names
 * @throws {BadInput}
 */
export function requireFinite(value: number, where: string): void {
  if (Number.isFinite(value)) return;
  throw new BadInput("not a finite number", where, value, "Give one, such as 0.5.");
}

/**
 * Refuses what is no whole number, or none from the least to the most.
 *
 * @throws {BadInput}
 */
export function requireWhole(
  value: number,
  where: string,
  least = 1,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const [what, remedy] = most < Number.MAX_SAFE_INTEGER
    ? [`not a whole number from ${least} to ${most}`, `Give ${least} to ${most}.`]
    : [`not a whole number from ${least} on`, `Give ${least} or more.`];
  throw new BadInput(what, where, value, remedy);
}

/**
 * Refuses lists with a value that is no finite number, or too few of them.
 *
 * @param length how many there have to be; one or more, if left out
 * @throws {BadInput} naming the place, from 1
 */
export function requireNumbers(values: ArrayLike<number>, where: string, length?: number): void {
  if (values.length === 0 || values.length !== (length ?? values.length)) {
    const remedy = `Give ${length || "at least one"}.`;
    throw new BadInput("not as many numbers as are needed", where, values.length, remedy);
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) requireFinite(values[i]!, `${where}, place ${i + 1}`);
  }
}

/**
 * Refuses anything but whole numbers of which each is greater than the one before it, one at least.
 *
 * @param least the first may be
 * @param example what could be given
 * @throws {BadInput}
 */
export function requireAscending(
  values: readonly number[],
  where: string,
  least: number,
  example: string,
): void {
  const ascending = Array.from(values).every((value, i) =>
    Number.isSafeInteger(value) && value > (i === 0 ? least - 1 : values[i - 1]!)
  );
  if (ascending && values.length > 0) return;
  const what = `not ascending whole numbers from ${least} on`;
  throw new BadInput(what, where, values, `For example ${example}.`);
}
