/**
 * Small pieces that every kernel is made of. A v128 holds four float32, its lanes.
 */

// @ts-ignore: decorator
@inline
/** a * b + c, fused in the relaxed build, rounded twice in the plain one. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
/** c - a * b, fused in the relaxed build, rounded twice in the plain one. */
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

// Lane splats are shuffles: one load and four shuffles are faster than four splat loads. The lanes
// of a shuffle must be literals, hence one function a lane.

// @ts-ignore: decorator
@inline
/** Lane 0 of a in every lane. */
export function splat0(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 0, 0, 0, 0);
}

// @ts-ignore: decorator
@inline
/** Lane 1 of a in every lane. */
export function splat1(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 1, 1, 1, 1);
}

// @ts-ignore: decorator
@inline
/** Lane 2 of a in every lane. */
export function splat2(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 2, 2, 2, 2);
}

// @ts-ignore: decorator
@inline
/** Lane 3 of a in every lane. */
export function splat3(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 3, 3, 3, 3);
}

// @ts-ignore: decorator
@inline
/** The sum of the four lanes, as (0 + 1) + (2 + 3). */
export function horizontalSum(a: v128): f32 {
  return (f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

// @ts-ignore: decorator
@inline
/** Stores the transpose of the 4 x 4 block with rows a, b, c, d at to, to + stride, ... */
export function storeTransposed(
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  to: usize,
  stride: usize,
): void {
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5); // a0 b0 a1 b1
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7); // a2 b2 a3 b3
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
  v128.store(to + stride, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7));
  v128.store(to + 2 * stride, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5));
  v128.store(to + 3 * stride, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7));
}
