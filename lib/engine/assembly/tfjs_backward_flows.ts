/**
 * Two of Re4's backward flows, each with its gradients: its interests V_k and the items e_l of the
 * real positions of a user.
 *
 * Layouts: V [B, K, d], E [n, d], rows [B, L] the row of each slot, n on padding; logits [B, K, L];
 * made [n, K] 0 or 1; gradients likewise, 0 before. d is a multiple of 8.
 */
import { expAll } from "./exp";
import { horizontalSum, madd } from "./simd";
import { addScaledRow, dot } from "./tfjs_dense";
import { realLength } from "./tfjs_histories";

// @ts-ignore: decorator
@inline
function rowAt(rows: usize, l: i32): usize {
  return <usize>load<i32>(rows + (<usize>l << 2));
}

/** p = softmax(scale x) of so many numbers, with room for three more; log sum exp(scale x). */
function softmax(x: usize, count: i32, scale: f32, p: usize): f64 {
  let highest: f32 = -Infinity;
  for (let i = 0; i < count; i++) highest = max(highest, load<f32>(x + (<usize>i << 2)));
  memory.copy(p, x, <usize>count << 2);
  for (let i = count; i & 3; i++) store<f32>(p + (<usize>i << 2), -Infinity);
  const fours = (count + 3) >> 2;
  const sums = expAll(p, p, fours, 16, f32x4.splat(scale), f32x4.splat(highest));
  const sum = horizontalSum(sums), inverse = f32x4.splat(1 / sum);
  for (let at: usize = 0; at < <usize>fours << 4; at += 16) {
    v128.store(p + at, f32x4.mul(v128.load(p + at), inverse));
  }
  return Math.log(<f64>sum) + <f64>scale * <f64>highest;
}

/**
 * With A = softmax_l(logits_kl) and R = softmax_l(V_k . e_l), the sum of -scale R log A.
 * Scratch: [3][L + 4].
 */
export function reattend(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  rows: usize,
  V: usize,
  E: usize,
  logits: usize,
  scale: f32,
  dV: usize,
  dE: usize,
  dLogits: usize,
  scratch: usize,
): f64 {
  const rowBytes = <usize>d << 2, next = <usize>(L + 4) << 2;
  const A = scratch, s = A + next, R = s + next;
  let loss: f64 = 0;
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let k = 0; k < K; k++) {
      const normaliser = softmax(logits, length, 1, A);
      for (let l = 0; l < length; l++) {
        store<f32>(s + (<usize>l << 2), dot(V, E + rowAt(rows, l) * rowBytes, rowBytes));
      }
      softmax(s, length, 1, R);
      let sum: f64 = 0; // of R log A
      for (let at: usize = 0; at < <usize>length << 2; at += 4) {
        sum += <f64>load<f32>(R + at) * (<f64>load<f32>(logits + at) - normaliser);
      }
      loss -= sum;
      for (let l = 0; l < length; l++) {
        const at = <usize>l << 2, again = load<f32>(R + at);
        store<f32>(dLogits + at, scale * (load<f32>(A + at) - again));
        const logA = <f64>load<f32>(logits + at) - normaliser;
        const slope = f32x4.splat(-scale * again * <f32>(logA - sum));
        const row = rowAt(rows, l) * rowBytes;
        addScaledRow(slope, E + row, rowBytes, dV);
        addScaledRow(slope, V, rowBytes, dE + row);
      }
      V += rowBytes;
      dV += rowBytes;
      logits += <usize>L << 2;
      dLogits += <usize>L << 2;
    }
    rows += <usize>L << 2;
  }
  return loss * <f64>scale;
}

/**
 * In cosines s over tau, with D the sum of exp(s) to the user's items, its other interests, and the
 * items of the user before, scale times the sum over what made an interest of log D - s.
 * Scratch: unit V and its gradient [B, K, d], unit E and its gradient [n, d], 2 [2 (L + 4) + K].
 */
export function recontrast(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  rows: usize,
  V: usize,
  E: usize,
  made: usize,
  tau: f32,
  scale: f32,
  dV: usize,
  dE: usize,
  scratch: usize,
): f64 {
  const rowBytes = <usize>d << 2, userBytes = <usize>K * rowBytes, ofRows = <usize>L << 2;
  const U = scratch, dU = U + <usize>B * userBytes, F = dU + <usize>B * userBytes;
  const dF = F + <usize>n * rowBytes, s = dF + <usize>n * rowBytes;
  const p = s + (<usize>(2 * (L + 4) + K) << 2);
  units(V, B * K, rowBytes, U);
  units(E, n, rowBytes, F);
  memory.fill(dU, 0, <usize>B * userBytes);
  memory.fill(dF, 0, <usize>n * rowBytes);
  let loss: f64 = 0;
  for (let b = 0; b < B; b++) {
    const own = rows + <usize>b * ofRows, other = rows + <usize>(b == 0 ? B - 1 : b - 1) * ofRows;
    const length = realLength(own, L, n), before = realLength(other, L, n);
    const all = length + K - 1 + before;
    for (let k = 0; k < K; k++) {
      const user = <usize>b * userBytes, u = U + user + <usize>k * rowBytes;
      let count = 0;
      let target: f64 = 0; // the sum of the cosines of what made it
      for (let l = 0; l < length; l++) {
        const row = rowAt(own, l), cosine = dot(u, F + row * rowBytes, rowBytes);
        store<f32>(s + (<usize>l << 2), cosine);
        if (load<f32>(made + ((row * <usize>K + <usize>k) << 2)) == 0) continue;
        target += <f64>cosine;
        count++;
      }
      if (count == 0) continue;
      for (let j = length; j < all; j++) {
        const x = neighbour(j - length, k, K, U + user, F, other, rowBytes);
        store<f32>(s + (<usize>j << 2), dot(u, x, rowBytes));
      }
      const logD = softmax(s, all, 1 / tau, p);
      loss += <f64>count * logD - target / <f64>tau;
      const du = dU + user + <usize>k * rowBytes, factor = scale / tau;
      for (let j = 0; j < all; j++) {
        let slope = <f32>count * load<f32>(p + (<usize>j << 2));
        let x: usize, dx: usize;
        if (j < length) {
          const row = rowAt(own, j);
          slope -= load<f32>(made + ((row * <usize>K + <usize>k) << 2));
          x = F + row * rowBytes;
          dx = dF + row * rowBytes;
        } else {
          x = neighbour(j - length, k, K, U + user, F, other, rowBytes);
          dx = neighbour(j - length, k, K, dU + user, dF, other, rowBytes);
        }
        const by = f32x4.splat(factor * slope);
        addScaledRow(by, x, rowBytes, du);
        addScaledRow(by, u, rowBytes, dx);
      }
    }
  }
  unitsBackward(V, B * K, rowBytes, U, dU, dV);
  unitsBackward(E, n, rowBytes, F, dF, dE);
  return loss * <f64>scale;
}

/** Where what is at j among the user's other interests and the other user's items lies. */
function neighbour(
  j: i32,
  k: i32,
  K: i32,
  interests: usize,
  items: usize,
  rows: usize,
  rowBytes: usize,
): usize {
  if (j >= K - 1) return items + rowAt(rows, j - K + 1) * rowBytes;
  return interests + <usize>(j < k ? j : j + 1) * rowBytes;
}

/** y = x / max(|x|, 1e-12) of every row. */
function units(x: usize, count: i32, rowBytes: usize, y: usize): void {
  for (let i = 0; i < count; i++) {
    const by = f32x4.splat(1 / sqrt<f32>(max<f32>(dot(x, x, rowBytes), 1e-24)));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(y + at, f32x4.mul(by, v128.load(x + at)));
    }
    x += rowBytes;
    y += rowBytes;
  }
}

/** dx = (dy - y (y . dy)) / |x|; a length that was raised is a constant. */
function unitsBackward(
  x: usize,
  count: i32,
  rowBytes: usize,
  y: usize,
  dy: usize,
  dx: usize,
): void {
  for (let i = 0; i < count; i++) {
    const square = dot(x, x, rowBytes), raised = square < 1e-24;
    const by = f32x4.splat(1 / sqrt<f32>(raised ? 1e-24 : square));
    const along = f32x4.splat(raised ? 0 : -dot(y, dy, rowBytes));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const across = madd(along, v128.load(y + at), v128.load(dy + at));
      v128.store(dx + at, f32x4.mul(by, across));
    }
    x += rowBytes;
    y += rowBytes;
    dy += rowBytes;
    dx += rowBytes;
  }
}
