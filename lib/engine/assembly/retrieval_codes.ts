/**
 * Low-bit codes of vectors, shared by items and interests.
 *
 * A vector x is scaled to X = inverse * x and rounded to integers: X = codes + residual. Screening
 * adds products of codes in 16-bit lanes, two lanes an item, each over half of the dimensions.
 * No lane may overflow, so the scale keeps codes of items and of interests within a norm of 181:
 * a lane is then at most 181 * 181 < 2^15 by Cauchy-Schwarz (sums in between may wrap around,
 * which is harmless in two's complement). Rounding can lengthen a vector by sqrt(d) / 2, hence
 *
 *     inverse = 1 / max(|x| / (181 - sqrt(d) / 2), max_i |x_i| / largestCode, 2^-60)
 *
 * where largestCode is 127 for items and 63 for interests (the instruction wants 7 bits of them),
 * and the last term keeps 1 / 0 away.
 */

/** Largest code of an item's component. */
export const ITEM_CODE: f32 = 127;

/** Largest code of an interest's component. */
export const INTEREST_CODE: f32 = 63;

const CODE_NORM: f32 = 181;
const SMALLEST_SCALE: f32 = 8.673617379884035e-19; // 2^-60

/** Factor that makes a norm of at most 1024 values, in float32, an upper bound. */
export const UP: f32 = 1.0001;

/** |x| of a row of d values, at least the real value; infinite or NaN if that is no float32. */
export function normOf(row: usize, d: i32): f32 {
  let sum = f64x2.splat(0);
  for (let at = row, end = row + (<usize>d << 2); at < end; at += 16) {
    const x = v128.load(at);
    const low = f64x2.promote_low_f32x4(x);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  return <f32>Math.sqrt(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)) * UP;
}

/** max_i |x_i| of a row of d values. */
export function largestOf(row: usize, d: i32): f32 {
  let largest = f32x4.splat(0);
  for (let at = row, end = row + (<usize>d << 2); at < end; at += 16) {
    largest = f32x4.max(largest, f32x4.abs(v128.load(at)));
  }
  return max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  );
}

/** The factor from a vector to its codes. */
export function inverseScale(norm: f32, largest: f32, largestCode: f32, d: i32): f32 {
  const byNorm = norm / (CODE_NORM - <f32>0.5 * Mathf.sqrt(<f32>d));
  return <f32>1 / max(max(byNorm, largest / largestCode), SMALLEST_SCALE);
}

// @ts-ignore: decorator
@inline
/** The low bytes of four integers, packed into lane 0. */
export function packBytes(codes: v128): v128 {
  const halves = i16x8.narrow_i32x4_s(codes, codes);
  return i8x16.narrow_i16x8_s(halves, halves);
}
