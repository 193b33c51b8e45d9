/** What dense layers need besides products: rows [n, d] with a bias [d], and their sums. */
import { horizontalSum, madd } from "./simd";

/** y += b in every row. */
export function addBias(y: usize, n: i32, d: i32, b: usize): void {
  const rowBytes = <usize>d << 2;
  for (let i = 0; i < n; i++) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(b + at)));
    }
    y += rowBytes;
  }
}

/** to += the sum of the rows. */
export function addRows(x: usize, n: i32, d: i32, to: usize): void {
  const rowBytes = <usize>d << 2;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    let sum = v128.load(to + at), from = x + at;
    for (let i = 0; i < n; i++) {
      sum = f32x4.add(sum, v128.load(from));
      from += rowBytes;
    }
    v128.store(to + at, sum);
  }
}

/** to += factor x of one row. */
export function addScaledRow(factor: v128, x: usize, bytes: usize, to: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, madd(factor, v128.load(x + at), v128.load(to + at)));
  }
}

/** x . y of rows whose width is a multiple of 8. */
export function dot(x: usize, y: usize, bytes: usize): f32 {
  let even = f32x4.splat(0), odd = even;
  for (let at: usize = 0; at < bytes; at += 32) {
    even = madd(v128.load(x + at), v128.load(y + at), even);
    odd = madd(v128.load(x + at, 16), v128.load(y + at, 16), odd);
  }
  return horizontalSum(f32x4.add(even, odd));
}
