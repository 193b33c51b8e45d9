/**
 * Re4's re-construction of the items that made an interest, with its gradients: with the real
 * positions l of a user, and for every interest k and every item r that made it,
 *
 *     M_l = softmax_l(S_lk,r),   z = sum_l M_l Y_lk - e_r,   loss = scale sum |z|^2.
 *
 * Rows are those of real positions: Y, dY [n K, d]; S, dS [n K, L], column r for position r of the
 * same user; E, dE [n, d]; made [n, K] 0 or 1; rows [B, L] the row of each slot, n on padding.
 * dY, dS and dE are 0 before. Scratch: [d + 3 (L + 4)].
 */
import { expAll } from "./exp";
import { horizontalSum, madd } from "./simd";

/** The loss, dY, dS and dE. */
export function reconstruct(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  rows: usize,
  Y: usize,
  S: usize,
  E: usize,
  made: usize,
  scale: f32,
  dY: usize,
  dS: usize,
  dE: usize,
  scratch: usize,
): f64 {
  const rowBytes = <usize>d << 2, scoreBytes = <usize>L << 2;
  const z = scratch, M = z + rowBytes, dM = M + scoreBytes + 16;
  let loss: f64 = 0;
  for (let b = 0; b < B; b++) {
    let length = 0;
    while (length < L && load<i32>(rows + (length << 2)) < n) length++;
    for (let r = 0; r < length; r++) {
      const row = load<i32>(rows + (r << 2));
      const e = E + <usize>row * rowBytes, de = dE + <usize>row * rowBytes;
      for (let k = 0; k < K; k++) {
        if (load<f32>(made + (<usize>(row * K + k) << 2)) == 0) continue;
        softmax(rows, length, K, k, S + (r << 2), scoreBytes, M);
        apart(rows, length, K, k, M, Y, e, rowBytes, z);
        loss += scaled(z, rowBytes, 2 * scale, de);
        let sum: f32 = 0;
        for (let l = 0; l < length; l++) {
          const at = <usize>(load<i32>(rows + (l << 2)) * K + k) * rowBytes;
          const weight = load<f32>(M + (l << 2));
          const slope = dotAndAdd(z, Y + at, weight, rowBytes, dY + at);
          store<f32>(dM + (l << 2), slope);
          sum += weight * slope;
        }
        for (let l = 0; l < length; l++) {
          const at = <usize>(load<i32>(rows + (l << 2)) * K + k) * scoreBytes + (r << 2);
          store<f32>(dS + at, load<f32>(M + (l << 2)) * (load<f32>(dM + (l << 2)) - sum));
        }
      }
    }
    rows += scoreBytes;
  }
  return loss * <f64>scale;
}

/** M of one interest and item. */
function softmax(
  rows: usize,
  length: i32,
  K: i32,
  k: i32,
  S: usize,
  scoreBytes: usize,
  M: usize,
): void {
  let highest: f32 = -Infinity;
  for (let l = 0; l < length; l++) {
    const score = load<f32>(S + <usize>(load<i32>(rows + (l << 2)) * K + k) * scoreBytes);
    store<f32>(M + (l << 2), score);
    highest = max(highest, score);
  }
  for (let l = length; l & 3; l++) store<f32>(M + (l << 2), -Infinity);
  const fours = (length + 3) >> 2;
  const sums = expAll(M, M, fours, 16, f32x4.splat(1), f32x4.splat(highest));
  const inverse = f32x4.splat(1 / horizontalSum(sums));
  for (let at: usize = 0; at < <usize>fours << 4; at += 16) {
    v128.store(M + at, f32x4.mul(v128.load(M + at), inverse));
  }
}

/** z = sum_l M_l Y_lk - e. */
function apart(
  rows: usize,
  length: i32,
  K: i32,
  k: i32,
  M: usize,
  Y: usize,
  e: usize,
  rowBytes: usize,
  z: usize,
): void {
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(z + at, f32x4.neg(v128.load(e + at)));
  }
  for (let l = 0; l < length; l++) {
    const y = Y + <usize>(load<i32>(rows + (l << 2)) * K + k) * rowBytes;
    const weight = v128.load32_splat(M + (l << 2));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(z + at, madd(weight, v128.load(y + at), v128.load(z + at)));
    }
  }
}

/** |z|^2; z becomes its gradient, factor z, and de -= that. */
function scaled(z: usize, rowBytes: usize, factor: f32, de: usize): f64 {
  const by = f32x4.splat(factor);
  let square = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const value = v128.load(z + at), g = f32x4.mul(value, by);
    square = madd(value, value, square);
    v128.store(z + at, g);
    v128.store(de + at, f32x4.sub(v128.load(de + at), g));
  }
  return <f64>horizontalSum(square);
}

/** z . y, and dy += weight z. */
function dotAndAdd(z: usize, y: usize, weight: f32, rowBytes: usize, dy: usize): f32 {
  const factor = f32x4.splat(weight);
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const g = v128.load(z + at);
    sums = madd(g, v128.load(y + at), sums);
    v128.store(dy + at, madd(factor, g, v128.load(dy + at)));
  }
  return horizontalSum(sums);
}
