/**
 * Routing and interests of ComiRec-SA, forward. For a user with real positions l and every head k:
 *
 *     A_kl = softmax over l of logits_kl,   V_k = sum_l A_kl h_l,
 *     v = V_k* with k* = argmax_k V_k . e+,  the first of equals.
 *
 * The users of a sub-batch follow each other: user b has the rows offsets[b]..offsets[b+1].
 * Layouts: weights [groups][8 panels][4] (logits on entry); H [rows, d]; V [users, 4 groups, d];
 * targets, readout [users, d]; selected, positive [users] (k* and x+ = v . e+).
 */
import { d, groups, heads, rowBytes } from "./sizes";
import { horizontalSum, madd } from "./simd";
import { product } from "./tile";
import { expAll } from "./exp";

/** Softmax of the logits in place, and V. */
export function interestsForward(
  weights: usize,
  panels: i32,
  offsets: usize,
  users: i32,
  H: usize,
  V: usize,
): void {
  const groupBytes = <usize>panels << 7;
  for (let b = 0; b < users; b++) {
    const first = load<u32>(offsets + (b << 2));
    const n = load<u32>(offsets + (b << 2), 4) - first;
    const h = H + <usize>first * rowBytes;
    for (let g = 0; g < groups; g++) {
      const a = weights + <usize>g * groupBytes + (<usize>first << 4);
      softmax(a, n);
      product(a, 0, 1, h, 32, d >> 3, rowBytes, n, V, 0, 32, rowBytes);
      V += 4 * rowBytes;
    }
  }
}

/** Softmax over n rows of four heads, in place. */
function softmax(a: usize, n: i32): void {
  const end = a + (<usize>n << 4);
  let highest = v128.load(a);
  for (let q = a + 16; q < end; q += 16) highest = f32x4.pmax(highest, v128.load(q));
  const sum = expAll(a, a, n, 16, f32x4.splat(1), highest);
  const inverse = f32x4.div(f32x4.splat(1), sum);
  for (let q = a; q < end; q += 16) v128.store(q, f32x4.mul(v128.load(q), inverse));
}

/** The hard readout: the interest nearest to the target. */
export function selectInterests(
  V: usize,
  users: i32,
  targets: usize,
  readout: usize,
  selected: usize,
  positive: usize,
): void {
  for (let b = 0; b < users; b++) {
    let best: f32 = 0, k = -1;
    for (let head = 0; head < heads; head++) {
      const score = dot(V + <usize>head * rowBytes, targets);
      if (k < 0 || score > best) {
        best = score;
        k = head;
      }
    }
    store<i32>(selected + (b << 2), k);
    store<f32>(positive + (b << 2), best);
    const chosen = V + <usize>k * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(readout + at, v128.load(chosen + at));
    }
    V += <usize>(groups << 2) * rowBytes;
    targets += rowBytes;
    readout += rowBytes;
  }
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize): f32 {
  let even = f32x4.splat(0), odd = even;
  for (let at: usize = 0; at < rowBytes; at += 32) {
    even = madd(v128.load(a + at), v128.load(b + at), even);
    odd = madd(v128.load(a + at, 16), v128.load(b + at, 16), odd);
  }
  return horizontalSum(f32x4.add(even, odd));
}
