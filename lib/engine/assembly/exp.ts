/**
 * exp of float32 values: x = n ln 2 + r with n the nearest integer, ln 2 in two parts so that r is
 * exact, exp(r) by the degree-6 polynomial of the Cephes library, 2^n added to the exponent.
 * Relative error below 2e-7. Arguments are never above 0 here, as every softmax is shifted by its
 * maximum. Below -60 the result is 0: no sum in float32 notices 1e-26, and what would be computed
 * from it soon is subnormal, which some processors multiply a hundred times slower. NaN stays NaN.
 */
import { madd, nmadd } from "./simd";

// Splatting literals inside a loop costs as much as the arithmetic, so they are loaded once a call.
const constants = memory.data<f32>([
  -60.0, 1.44269504088896341, 12582912.0, 0.693359375, -2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
  5.0000001201e-1, 1.0,
]);

// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load32_splat(constants + (i << 2));
}

/** to[i] = exp(scale * (from[i] - offset)) for count vectors, `stride` bytes apart in both. */
export function expAll(
  from: usize,
  to: usize,
  count: i32,
  stride: usize,
  scale: v128,
  offset: v128,
): void {
  const lowest = constant(0), log2e = constant(1);
  const rounder = constant(2); // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  const ln2High = constant(3), ln2Low = constant(4);
  const p0 = constant(5), p1 = constant(6), p2 = constant(7);
  const p3 = constant(8), p4 = constant(9), p5 = constant(10);
  const one = constant(11);
  const end = from + <usize>count * stride;
  while (from < end) {
    const x = f32x4.mul(scale, f32x4.sub(v128.load(from), offset));
    const z = madd(x, log2e, rounder);
    const n = f32x4.sub(z, rounder);
    const r = nmadd(n, ln2Low, nmadd(n, ln2High, x));
    let p = madd(p0, r, p1);
    p = madd(p, r, p2);
    p = madd(p, r, p3);
    p = madd(p, r, p4);
    p = madd(p, r, p5);
    p = madd(p, f32x4.mul(r, r), f32x4.add(r, one));
    const result = i32x4.add(p, i32x4.shl(z, 23));
    v128.store(to, v128.andnot(result, f32x4.lt(x, lowest)));
    from += stride;
    to += stride;
  }
}
