/**
 * Products of many small matrices, C [batch, m, n] = A B, one pair after the other: packing them
 * into tiles would take longer than the products. A factor of 0 (padding) costs nothing where B is
 * not transposed.
 */
import { horizontalSum, madd } from "./simd";

/**
 * A is [m, k], or [k, m] if transposed; B is [k, n], or [n, k] if transposed, and then A is not.
 * Steps in bytes from one matrix to the next, 0 where one serves all.
 */
export function smallMatMuls(
  batch: i32,
  A: usize,
  stepA: usize,
  transposedA: bool,
  B: usize,
  stepB: usize,
  transposedB: bool,
  m: i32,
  k: i32,
  n: i32,
  C: usize,
): void {
  const row = <usize>n << 2;
  const nextRow: usize = transposedA ? 4 : <usize>k << 2;
  const nextFactor: usize = transposedA ? <usize>m << 2 : 4;
  for (let i = 0; i < batch; i++) {
    let a = A;
    for (let r = 0; r < m; r++) {
      if (transposedB) dots(a, B, k, n, C);
      else combination(a, nextFactor, B, k, n, C);
      a += nextRow;
      C += row;
    }
    A += stepA;
    B += stepB;
  }
}

/** c_j = a . B_j, rows B_j of k. */
function dots(a: usize, B: usize, k: i32, n: i32, c: usize): void {
  const whole = <usize>(k & ~3) << 2, end = <usize>k << 2;
  for (let j = 0; j < n; j++) {
    let sums = f32x4.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) sums = madd(v128.load(a + at), v128.load(B + at), sums);
    let sum = horizontalSum(sums);
    for (; at < end; at += 4) sum += load<f32>(a + at) * load<f32>(B + at);
    store<f32>(c, sum);
    c += 4;
    B += end;
  }
}

/** c = sum_p a_p B_p, rows B_p of n. */
function combination(a: usize, nextFactor: usize, B: usize, k: i32, n: i32, c: usize): void {
  const row = <usize>n << 2;
  const sixteens = <usize>(n & ~15) << 2, fours = <usize>(n & ~3) << 2;
  let at: usize = 0;
  for (; at < sixteens; at += 64) {
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
    let factor = a, b = B + at;
    for (let p = 0; p < k; p++) {
      if (load<f32>(factor) != 0) {
        const x = v128.load32_splat(factor);
        c0 = madd(x, v128.load(b), c0);
        c1 = madd(x, v128.load(b, 16), c1);
        c2 = madd(x, v128.load(b, 32), c2);
        c3 = madd(x, v128.load(b, 48), c3);
      }
      factor += nextFactor;
      b += row;
    }
    v128.store(c + at, c0);
    v128.store(c + at, c1, 16);
    v128.store(c + at, c2, 32);
    v128.store(c + at, c3, 48);
  }
  for (; at < fours; at += 16) {
    let sums = f32x4.splat(0);
    let factor = a, b = B + at;
    for (let p = 0; p < k; p++) {
      sums = madd(v128.load32_splat(factor), v128.load(b), sums);
      factor += nextFactor;
      b += row;
    }
    v128.store(c + at, sums);
  }
  for (; at < row; at += 4) {
    let sum: f32 = 0;
    let factor = a, b = B + at;
    for (let p = 0; p < k; p++) {
      sum += load<f32>(factor) * load<f32>(b);
      factor += nextFactor;
      b += row;
    }
    store<f32>(c + at, sum);
  }
}
