/**
 * PIMI's embedding of intervals and its way back: for a real position i of a user and the real
 * positions j of the same,
 *
 *     t_j = min(|clock_i - clock_j|, span),   a = softmax_j(s[t_j]),   q_i = sum_j a_j Tau[t_j],
 *     da_j = dq_i . Tau[t_j],   ds[t_j] += a_j (da_j - sum_k a_k da_k),   dTau[t_j] += a_j dq_i.
 *
 * Layouts: rows [B, L] the row of each slot, n on padding; clock [B, L] integers; s, ds [span + 1];
 * Tau, dTau [span + 1, d]; q, dq [n, d]. Gradients are 0 before. Scratch: 3 [L + 4].
 */
import { expAll } from "./exp";
import { horizontalSum, madd } from "./simd";
import { addScaledRow, dot } from "./tfjs_dense";
import { realLength } from "./tfjs_histories";

/** q. */
export function timeEmbedding(
  B: i32,
  L: i32,
  d: i32,
  n: i32,
  span: i32,
  rows: usize,
  clock: usize,
  s: usize,
  Tau: usize,
  q: usize,
  scratch: usize,
): void {
  const rowBytes = <usize>d << 2;
  const a = scratch, t = a + (<usize>(L + 4) << 2);
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let i = 0; i < length; i++) {
      weights(clock, i, length, span, s, a, t);
      const to = q + <usize>load<i32>(rows + (<usize>i << 2)) * rowBytes;
      for (let at: usize = 0; at < rowBytes; at += 32) {
        let x = f32x4.splat(0), y = x;
        for (let j = 0; j < length; j++) {
          const from = Tau + <usize>load<i32>(t + (<usize>j << 2)) * rowBytes + at;
          const weight = v128.load32_splat(a + (<usize>j << 2));
          x = madd(weight, v128.load(from), x);
          y = madd(weight, v128.load(from, 16), y);
        }
        v128.store(to + at, x);
        v128.store(to + at, y, 16);
      }
    }
    rows += <usize>L << 2;
    clock += <usize>L << 2;
  }
}

/** ds and dTau. */
export function timeEmbeddingBackward(
  B: i32,
  L: i32,
  d: i32,
  n: i32,
  span: i32,
  rows: usize,
  clock: usize,
  s: usize,
  Tau: usize,
  dq: usize,
  ds: usize,
  dTau: usize,
  scratch: usize,
): void {
  const rowBytes = <usize>d << 2;
  const a = scratch, t = a + (<usize>(L + 4) << 2), da = t + (<usize>(L + 4) << 2);
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let i = 0; i < length; i++) {
      weights(clock, i, length, span, s, a, t);
      const g = dq + <usize>load<i32>(rows + (<usize>i << 2)) * rowBytes;
      let sum: f32 = 0;
      for (let j: usize = 0; j < <usize>length << 2; j += 4) {
        const row = <usize>load<i32>(t + j) * rowBytes;
        const slope = dot(g, Tau + row, rowBytes);
        store<f32>(da + j, slope);
        sum += load<f32>(a + j) * slope;
        addScaledRow(v128.load32_splat(a + j), g, rowBytes, dTau + row);
      }
      for (let j: usize = 0; j < <usize>length << 2; j += 4) {
        const to = ds + (<usize>load<i32>(t + j) << 2);
        store<f32>(to, load<f32>(to) + load<f32>(a + j) * (load<f32>(da + j) - sum));
      }
    }
    rows += <usize>L << 2;
    clock += <usize>L << 2;
  }
}

/** a and t of position i. */
function weights(clock: usize, i: i32, length: i32, span: i32, s: usize, a: usize, t: usize): void {
  const now = load<i32>(clock + (<usize>i << 2));
  let highest: f32 = -Infinity;
  for (let j: usize = 0; j < <usize>length << 2; j += 4) {
    const interval = min(abs(now - load<i32>(clock + j)), span);
    const score = load<f32>(s + (<usize>interval << 2));
    store<i32>(t + j, interval);
    store<f32>(a + j, score);
    highest = max(highest, score);
  }
  for (let j = length; j & 3; j++) store<f32>(a + (<usize>j << 2), -Infinity);
  const fours = (length + 3) >> 2;
  const sums = expAll(a, a, fours, 16, f32x4.splat(1), f32x4.splat(highest));
  const inverse = f32x4.splat(1 / horizontalSum(sums));
  for (let at: usize = 0; at < <usize>fours << 4; at += 16) {
    v128.store(a + at, f32x4.mul(v128.load(a + at), inverse));
  }
}
