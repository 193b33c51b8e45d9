/** How near numbers must be to what a test wants. */
import assert from "node:assert/strict";

/** How far a number may be off. */
export interface Tolerance {
  /** in the unit of the numbers; 0 */
  readonly absolute?: number;
  /** as a share of the largest wanted magnitude, of a single number its own; 0 */
  readonly relative?: number;
}

/**
 * Asserts that numbers are as wanted, each one within
 *
 *     |got_i - want_i| <= absolute + relative max_j |want_j|,
 *
 * the maximum over the finite ones: sums in float32 are as exact as the largest of them, whatever
 * the smallest is. NaN and infinities must be the very same; a missing number is never near.
 *
 * @param what named in the message
 */
export function assertClose(
  got: number | ArrayLike<number> | null | undefined,
  want: number | ArrayLike<number>,
  { absolute = 0, relative = 0 }: Tolerance,
  what = "got",
): void {
  assert.ok(got !== null && got !== undefined, `${what}: nothing, not ${want}`);
  const [all, wanted] = [numbersOf(got), numbersOf(want)];
  assert.equal(all.length, wanted.length, `${what}: how many`);
  const largest = wanted.filter(Number.isFinite).reduce(
    (most, x) => Math.max(most, Math.abs(x)),
    0,
  );
  const allowed = absolute + relative * largest;
  all.forEach((value, i) => {
    const near = Object.is(value, wanted[i]) || Math.abs(value - wanted[i]!) <= allowed;
    const place = all.length === 1 ? "" : ` at ${i}`;
    assert.ok(near, `${what}${place}: ${value} is not ${wanted[i]}, to ${allowed}`);
  });
}

function numbersOf(values: number | ArrayLike<number>): number[] {
  return typeof values === "number" ? [values] : Array.from(values);
}
