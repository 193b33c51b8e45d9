/**
 * What routing is made of (tfjs_capsules.ts), for one user and one interest at a time: sums over
 * the user's real positions of rows that lie anywhere.
 */
import { horizontalSum, madd } from "./simd";

// what every part of a call works with: its sizes, and the user whose turn it is
let positions: i32 = 0, length: i32 = 0, rows: usize = 0;
export let rowBytes: usize = 0;
let voteBytes: usize = 0;

/** The sizes of a call. */
export function begin(L: i32, d: i32, heads: i32): void {
  positions = L;
  rowBytes = <usize>d << 2;
  voteBytes = rowBytes * <usize>heads;
}

/** Turns to the user with these slots, of n rows; how many real positions there are. */
export function turnTo(slots: usize, n: i32): i32 {
  rows = slots;
  length = 0;
  while (length < positions && load<i32>(slots + (length << 2)) < n) length++;
  return length;
}

// @ts-ignore: decorator
@inline
/** What belongs to an interest in the first row. */
export function ofInterest(votes: usize, heads: i32, k: i32): usize {
  return heads == 1 ? votes : votes + <usize>k * rowBytes;
}

// @ts-ignore: decorator
@inline
/** That of position l. */
function at(votes: usize, l: i32): usize {
  return votes + <usize>load<i32>(rows + (l << 2)) * voteBytes;
}

/** to = sum_l factor_l u_l. */
export function gather(factors: usize, u: usize, to: usize): void {
  const wide = rowBytes & ~63;
  let i: usize = 0;
  for (; i < wide; i += 64) {
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
    for (let l = 0; l < length; l++) {
      const x = v128.load32_splat(factors + (l << 2)), p = at(u, l) + i;
      c0 = madd(x, v128.load(p), c0);
      c1 = madd(x, v128.load(p, 16), c1);
      c2 = madd(x, v128.load(p, 32), c2);
      c3 = madd(x, v128.load(p, 48), c3);
    }
    v128.store(to + i, c0);
    v128.store(to + i, c1, 16);
    v128.store(to + i, c2, 32);
    v128.store(to + i, c3, 48);
  }
  for (; i < rowBytes; i += 16) {
    let sums = f32x4.splat(0);
    for (let l = 0; l < length; l++) {
      sums = madd(v128.load32_splat(factors + (l << 2)), v128.load(at(u, l) + i), sums);
    }
    v128.store(to + i, sums);
  }
}

/** to_l += x . u_l. */
export function addAgreement(x: usize, u: usize, to: usize): void {
  for (let l = 0; l < length; l++) {
    store<f32>(to, load<f32>(to) + dot(x, at(u, l)));
    to += 4;
  }
}

/** du_l += factor_l x. */
export function addOuter(factors: usize, x: usize, du: usize): void {
  for (let l = 0; l < length; l++) {
    const factor = v128.load32_splat(factors + (l << 2)), p = at(du, l);
    for (let i: usize = 0; i < rowBytes; i += 16) {
      v128.store(p + i, madd(factor, v128.load(x + i), v128.load(p + i)));
    }
  }
}

/** to = squash(x). */
export function squash(x: usize, to: usize): void {
  const q = <f64>dot(x, x);
  const g = f32x4.splat(<f32>(q / ((1 + q) * sqrt(q + 1e-9))));
  for (let i: usize = 0; i < rowBytes; i += 16) {
    v128.store(to + i, f32x4.mul(g, v128.load(x + i)));
  }
}

/** dx = g dy + 2 g'(q) (x . dy) x. */
export function squashBackward(x: usize, dy: usize, dx: usize): void {
  const q = <f64>dot(x, x), h = 1 / ((1 + q) * sqrt(q + 1e-9)); // g = q h
  const slope = h * (1 / (1 + q) - q / (2 * (q + 1e-9)));
  const g = f32x4.splat(<f32>(q * h)), ofX = f32x4.splat(<f32>(2 * slope * <f64>dot(x, dy)));
  for (let i: usize = 0; i < rowBytes; i += 16) {
    v128.store(dx + i, madd(ofX, v128.load(x + i), f32x4.mul(g, v128.load(dy + i))));
  }
}

/** x . y */
function dot(x: usize, y: usize): f32 {
  const wide = rowBytes & ~63;
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  let i: usize = 0;
  for (; i < wide; i += 64) {
    const p = x + i, q = y + i;
    c0 = madd(v128.load(p), v128.load(q), c0);
    c1 = madd(v128.load(p, 16), v128.load(q, 16), c1);
    c2 = madd(v128.load(p, 32), v128.load(q, 32), c2);
    c3 = madd(v128.load(p, 48), v128.load(q, 48), c3);
  }
  for (; i < rowBytes; i += 16) c0 = madd(v128.load(x + i), v128.load(y + i), c0);
  return horizontalSum(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)));
}
