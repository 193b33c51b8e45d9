/**
 * exp of float32 values as a power of two: exp(x) = 2^t = 2^n 2^f, n the integer nearest to t and
 * f in [-1/2, 1/2] exact; 2^f by a minimax polynomial of degree 5, 2^n added to the exponent.
 * Relative error below 2e-7, and 1.2e-7 |x| as t = x log2 e is rounded, no more than x itself was.
 * Arguments are never above 0 here, as every softmax is shifted by its maximum. Below 2^-87, 6e-27,
 * the result is 0: no sum in float32 notices, and what would be computed from it soon is subnormal,
 * which some processors multiply a hundred times slower. NaN stays NaN.
 */
import { madd } from "./simd";

// Splatting literals inside a loop costs as much as the arithmetic, so they are loaded once a call.
const constants = memory.data<f32>([
  -87.0, 1.44269504088896341, 12582912.0,
  1.3264727e-3, 9.6715129e-3, 5.5507337e-2, 2.4022242e-1, 6.9314698e-1, 1.0,
]);

// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load32_splat(constants + (i << 2));
}

/**
 * to[i] = exp(scale * (from[i] - offset)) for count vectors, `stride` bytes apart in both. The sum
 * of them all.
 */
export function expAll(
  from: usize,
  to: usize,
  count: i32,
  stride: usize,
  scale: v128,
  offset: v128,
): v128 {
  const lowest = constant(0), toPower = f32x4.mul(scale, constant(1));
  const rounder = constant(2); // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  const p5 = constant(3), p4 = constant(4), p3 = constant(5), p2 = constant(6), p1 = constant(7);
  const one = constant(8);
  let sum = f32x4.splat(0);
  const end = from + <usize>count * stride;
  while (from < end) {
    const t = f32x4.mul(toPower, f32x4.sub(v128.load(from), offset));
    const z = f32x4.add(t, rounder);
    const f = f32x4.sub(t, f32x4.sub(z, rounder));
    let p = madd(p5, f, p4);
    p = madd(p, f, p3);
    p = madd(p, f, p2);
    p = madd(p, f, p1);
    p = madd(p, f, one);
    const power = i32x4.add(p, i32x4.shl(z, 23));
    const result = v128.andnot(power, f32x4.lt(t, lowest));
    v128.store(to, result);
    sum = f32x4.add(sum, result);
    from += stride;
    to += stride;
  }
  return sum;
}
