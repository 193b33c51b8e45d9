/**
 * Attention of N queries, each to M rows of a common memory, in four heads; with the rows
 * r_m = at[i M + m] of query i, its head h, and `size` = d / 4 numbers a head,
 *
 *     s_mh = q_h . K_r_m,h / sqrt(size),   a = softmax_m(s),   w_mh = a_mh kept_ihm,
 *     y_h = sum_m w_mh V_r_m,h
 *
 * and backward
 *
 *     dV_r_m,h += w_mh dy_h,   da_mh = kept_ihm V_r_m,h . dy_h,
 *     ds_mh = a_mh (da_mh - sum_m' a_m'h da_m'h) / sqrt(size),
 *     dq_h = sum_m ds_mh K_r_m,h,   dK_r_m,h += ds_mh q_h.
 *
 * The heads are the lanes of a vector. Layouts: Q, Y, dQ, dY [N, d]; K, V, dK, dV [R, d];
 * at [N, M]; kept [N, 4, M], or address 0 for none; scratch [2 M + 4][4].
 */
import { expAll } from "./exp";
import { madd, storeTransposed } from "./simd";

/** Y. */
export function attendRows(
  N: i32,
  M: i32,
  d: i32,
  Q: usize,
  K: usize,
  V: usize,
  at: usize,
  kept: usize,
  Y: usize,
  scratch: usize,
): void {
  const rowBytes = <usize>d << 2, headBytes = <usize>d;
  const a = scratch + 64;
  for (let i = 0; i < N; i++) {
    weights(M, rowBytes, Q, K, at, a, scratch);
    if (kept) keep(M, kept, a, a);
    memory.fill(Y, 0, rowBytes);
    for (let m = 0; m < M; m++) {
      const v = V + <usize>load<u32>(at + (m << 2)) * rowBytes;
      addScaled(headBytes, a + (m << 4), v, Y);
    }
    Q += rowBytes;
    Y += rowBytes;
    at += <usize>M << 2;
    if (kept) kept += <usize>M << 4;
  }
}

/** dQ, and dK and dV added to what they hold. */
export function attendRowsBackward(
  N: i32,
  M: i32,
  d: i32,
  Q: usize,
  K: usize,
  V: usize,
  at: usize,
  kept: usize,
  dY: usize,
  dQ: usize,
  dK: usize,
  dV: usize,
  scratch: usize,
): void {
  const rowBytes = <usize>d << 2, headBytes = <usize>d;
  const a = scratch + 64, da = a + (<usize>M << 4);
  const scale = f32x4.splat(1 / sqrt<f32>(<f32>d / 4));
  for (let i = 0; i < N; i++) {
    weights(M, rowBytes, Q, K, at, a, scratch);
    // dV by the weights that were kept, which lie where da comes afterwards
    if (kept) keep(M, kept, a, da);
    const w = kept ? da : a;
    for (let m = 0; m < M; m++) {
      addScaled(headBytes, w + (m << 4), dY, dV + <usize>load<u32>(at + (m << 2)) * rowBytes);
    }
    for (let m = 0; m < M; m++) {
      const v = V + <usize>load<u32>(at + (m << 2)) * rowBytes;
      v128.store(da + (m << 4), dots(headBytes, v, dY, scratch));
    }
    if (kept) keep(M, kept, da, da);
    let sum = f32x4.splat(0);
    for (let m: usize = 0; m < <usize>M << 4; m += 16) {
      sum = madd(v128.load(a + m), v128.load(da + m), sum);
    }
    memory.fill(dQ, 0, rowBytes);
    for (let m = 0; m < M; m++) {
      const row = <usize>load<u32>(at + (m << 2)) * rowBytes, ds = da + (m << 4);
      const g = f32x4.mul(v128.load(a + (m << 4)), f32x4.sub(v128.load(ds), sum));
      v128.store(ds, f32x4.mul(g, scale));
      addScaled(headBytes, ds, K + row, dQ);
      addScaled(headBytes, ds, Q, dK + row);
    }
    Q += rowBytes;
    dQ += rowBytes;
    dY += rowBytes;
    at += <usize>M << 2;
    if (kept) kept += <usize>M << 4;
  }
}

/** a [M][4] of one query. */
function weights(
  M: i32,
  rowBytes: usize,
  q: usize,
  K: usize,
  at: usize,
  a: usize,
  scratch: usize,
): void {
  const headBytes = rowBytes >> 2;
  let highest = f32x4.splat(-Infinity);
  for (let m = 0; m < M; m++) {
    const score = dots(headBytes, q, K + <usize>load<u32>(at + (m << 2)) * rowBytes, scratch);
    v128.store(a + (m << 4), score);
    highest = f32x4.pmax(highest, score);
  }
  const scale = f32x4.splat(1 / sqrt<f32>(<f32>(headBytes >> 2)));
  const inverse = f32x4.div(f32x4.splat(1), expAll(a, a, M, 16, scale, highest));
  for (let m: usize = 0; m < <usize>M << 4; m += 16) {
    v128.store(a + m, f32x4.mul(v128.load(a + m), inverse));
  }
}

/** to [M][4] = a [M][4] times kept [4][M]. */
function keep(M: i32, kept: usize, a: usize, to: usize): void {
  const head = <usize>M << 2;
  for (let m = 0; m < M; m++) {
    let factors = v128.load32_zero(kept);
    factors = f32x4.replace_lane(factors, 1, load<f32>(kept + head));
    factors = f32x4.replace_lane(factors, 2, load<f32>(kept + 2 * head));
    factors = f32x4.replace_lane(factors, 3, load<f32>(kept + 3 * head));
    v128.store(to + (m << 4), f32x4.mul(v128.load(a + (m << 4)), factors));
    kept += 4;
  }
}

/** x_h . y_h of the four heads. */
function dots(headBytes: usize, x: usize, y: usize, scratch: usize): v128 {
  const first = ofHead(headBytes, x, y);
  const second = ofHead(headBytes, x + headBytes, y + headBytes);
  const third = ofHead(headBytes, x + 2 * headBytes, y + 2 * headBytes);
  const fourth = ofHead(headBytes, x + 3 * headBytes, y + 3 * headBytes);
  storeTransposed(first, second, third, fourth, scratch, 16);
  const even = f32x4.add(v128.load(scratch), v128.load(scratch, 16));
  return f32x4.add(even, f32x4.add(v128.load(scratch, 32), v128.load(scratch, 48)));
}

// @ts-ignore: decorator
@inline
/** Four sums whose sum is the product of one head. */
function ofHead(bytes: usize, x: usize, y: usize): v128 {
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sums = madd(v128.load(x + at), v128.load(y + at), sums);
  }
  return sums;
}

/** to_h += factor_h x_h of the four heads. */
function addScaled(headBytes: usize, factors: usize, x: usize, to: usize): void {
  for (let head: usize = 0; head < 16; head += 4) {
    const factor = v128.load32_splat(factors + head);
    const end = x + headBytes;
    while (x < end) {
      v128.store(to, madd(factor, v128.load(x), v128.load(to)));
      x += 16;
      to += 16;
    }
  }
}
