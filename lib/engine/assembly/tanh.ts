/**
 * tanh of float32 values as a rational function, odd polynomial of degree 13 over even polynomial
 * of degree 6, with the coefficients of the Eigen library; a few units in the last place. Beyond
 * 7.9 it is 1 to float32. NaN stays NaN.
 */
import { madd } from "./simd";

const constants = memory.data<f32>([
  7.90531110763549805,
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08,
  1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
  1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03,
]);

// @ts-ignore: decorator
@inline
function constant(i: usize): v128 {
  return v128.load32_splat(constants + (i << 2));
}

/** Replaces n float32 values at x (n a multiple of 4) by their tanh. */
export function tanhInPlace(x: usize, n: i32): void {
  const bound = constant(0), negativeBound = f32x4.neg(bound);
  const a13 = constant(1), a11 = constant(2), a9 = constant(3), a7 = constant(4);
  const a5 = constant(5), a3 = constant(6), a1 = constant(7);
  const b6 = constant(8), b4 = constant(9), b2 = constant(10), b0 = constant(11);
  const end = x + (<usize>n << 2);
  while (x < end) {
    const v = f32x4.pmin(f32x4.pmax(v128.load(x), negativeBound), bound);
    const square = f32x4.mul(v, v);
    let p = madd(square, a13, a11);
    p = madd(p, square, a9);
    p = madd(p, square, a7);
    p = madd(p, square, a5);
    p = madd(p, square, a3);
    p = f32x4.mul(madd(p, square, a1), v);
    let q = madd(square, b6, b4);
    q = madd(q, square, b2);
    q = madd(q, square, b0);
    v128.store(x, f32x4.div(p, q));
    x += 16;
  }
}
