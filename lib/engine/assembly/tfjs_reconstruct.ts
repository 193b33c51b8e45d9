/**
 * Re4's re-construction of the items that made an interest, with its gradients. From the interests
 * v of a user, a matrix C_l and c_l for each position l, with the real positions l of the user, and
 * for every interest k and every item r that made it,
 *
 *     Y_lk = C_l^T v_k + c_l,   S_lk = W4^T tanh(W3^T Y_lk),   M_l = softmax_l(S_lk,r),
 *     z = W5^T (sum_l M_l Y_lk) - e_r,   loss = scale sum |z|^2.
 *
 * Only what made an interest is mapped by W5: the sum comes first.
 *
 * Layouts: rows are those of real positions, position by position, sizes [positions] of each; slots
 * [n] where a row is of B L, rows [B, L] the row of each slot, n on padding; v [B, K, d],
 * C [d, L, d], c [L, d], W3, W5 [d, d], W4 [d, L], E [n, d], made [n, K] 0 or 1; gradients like
 * these, 0 before. d is a multiple of 8. Scratch: bytesOfReconstruct().
 */
import { addTo } from "./adam";
import { expAll } from "./exp";
import { horizontalSum, madd } from "./simd";
import { addBias, addRows, addScaledRow } from "./tfjs_dense";
import { realLength } from "./tfjs_histories";
import { bytesOfBlocks, partMul } from "./tfjs_matmul";
import { bytesOfTanhLayer, tanhLayer, tanhLayerBackward } from "./tfjs_tanh_layer";

let L: i32 = 0;
let K: i32 = 0;
let n: i32 = 0;
let rowBytes: usize = 0;
let scoreBytes: usize = 0;
/** Y, S and their gradients, and M of each pair of an interest and an item that made it */
let Y: usize = 0;
let S: usize = 0;
let dY: usize = 0;
let dS: usize = 0;
let M: usize = 0;

/** Bytes of scratch. */
export function bytesOfReconstruct(positions: i32, items: i32, interests: i32, d: i32): usize {
  const all = <usize>(items * interests + 4);
  return bytesOfTanhLayer(d, d, positions) + ((all * <usize>(9 * d + 3 * (positions + 4))) << 2);
}

/** The loss; gradients of everything. */
export function reconstruct(
  B: i32,
  ofHistory: i32,
  interests: i32,
  d: i32,
  items: i32,
  positions: i32,
  sizes: usize,
  slots: usize,
  rows: usize,
  v: usize,
  C: usize,
  c: usize,
  W3: usize,
  W4: usize,
  W5: usize,
  E: usize,
  made: usize,
  scale: f32,
  dv: usize,
  dC: usize,
  dc: usize,
  dW3: usize,
  dW4: usize,
  dW5: usize,
  dE: usize,
  scratch: usize,
): f64 {
  L = ofHistory;
  K = interests;
  n = items;
  rowBytes = <usize>d << 2;
  scoreBytes = <usize>L << 2;
  const all = n * K, ofAll = <usize>(all + 4) * rowBytes, ofScores = <usize>(all + 4) * scoreBytes;
  const X = scratch + bytesOfTanhLayer(d, d, L);
  Y = X + ofAll;
  dY = Y + ofAll;
  const T = dY + ofAll, dX = T + ofAll, mixed = dX + ofAll, dMixed = mixed + ofAll;
  const z = dMixed + ofAll;
  S = z + ofAll;
  dS = S + ofScores;
  M = dS + ofScores;

  const userBytes = <usize>K * rowBytes, matrixRow = L * d;
  for (let i = 0; i < n; i++) {
    memory.copy(X + <usize>i * userBytes, v + userOf(slots, i) * userBytes, userBytes);
  }
  let first: usize = 0;
  for (let l = 0; l < positions; l++) {
    const m = load<i32>(sizes + (<usize>l << 2)) * K, at = <usize>l * rowBytes, y = Y + first;
    partMul(X + first, d, false, C + at, matrixRow, false, m, d, d, y, d, false, scratch);
    addBias(y, m, d, c + at);
    first += <usize>m * rowBytes;
  }
  tanhLayer(all, d, d, L, Y, W3, 0, W4, T, S, scratch);
  const pairs = mixAll(B, rows, made, mixed);
  partMul(mixed, d, false, W5, d, false, pairs, d, d, z, d, false, scratch);
  const loss = apart(B, rows, made, z, E, dE, 2 * scale);
  partMul(mixed, d, true, z, d, false, d, pairs, d, dW5, d, false, scratch);
  partMul(z, d, false, W5, d, true, pairs, d, d, dMixed, d, false, scratch);
  memory.fill(dY, 0, <usize>all * rowBytes);
  memory.fill(dS, 0, <usize>all * scoreBytes);
  unmixAll(B, rows, made, dMixed);
  tanhLayerBackward(all, d, d, L, Y, W3, W4, T, dS, dX, dW3, 0, dW4, scratch);
  addTo(dY, dX, all * d);
  first = 0;
  for (let l = 0; l < positions; l++) {
    const m = load<i32>(sizes + (<usize>l << 2)) * K, at = <usize>l * rowBytes, g = dY + first;
    addRows(g, m, d, dc + at);
    partMul(X + first, d, true, g, d, false, d, m, d, dC + at, matrixRow, false, scratch);
    partMul(g, d, false, C + at, matrixRow, true, m, d, d, dX + first, d, false, scratch);
    first += <usize>m * rowBytes;
  }
  for (let i = 0; i < n; i++) {
    addTo(dv + userOf(slots, i) * userBytes, dX + <usize>i * userBytes, K * d);
  }
  return loss * <f64>scale;
}

function userOf(slots: usize, i: i32): usize {
  return <usize>(load<i32>(slots + (<usize>i << 2)) / L);
}

// @ts-ignore: decorator
@inline
function rowAt(rows: usize, l: i32): i32 {
  return load<i32>(rows + (<usize>l << 2));
}

// @ts-ignore: decorator
@inline
function isMade(made: usize, row: i32, k: i32): bool {
  return load<f32>(made + (<usize>(row * K + k) << 2)) != 0;
}

/** M and sum_l M_l Y_lk of every pair; how many there are. */
function mixAll(B: i32, rows: usize, made: usize, mixed: usize): i32 {
  let weights = M, pairs = 0;
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let r = 0; r < length; r++) {
      for (let k = 0; k < K; k++) {
        if (!isMade(made, rowAt(rows, r), k)) continue;
        softmax(rows, length, k, S + (<usize>r << 2), weights);
        memory.fill(mixed, 0, rowBytes);
        for (let l = 0; l < length; l++) {
          const y = Y + <usize>(rowAt(rows, l) * K + k) * rowBytes;
          addScaledRow(v128.load32_splat(weights + (<usize>l << 2)), y, rowBytes, mixed);
        }
        mixed += rowBytes;
        weights += scoreBytes + 16;
        pairs++;
      }
    }
    rows += scoreBytes;
  }
  return pairs;
}

/** The sum of |z - e|^2; z becomes its gradient, factor (z - e), and dE gets the negative. */
function apart(B: i32, rows: usize, made: usize, z: usize, E: usize, dE: usize, factor: f32): f64 {
  const by = f32x4.splat(factor);
  let loss: f64 = 0;
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let r = 0; r < length; r++) {
      const row = rowAt(rows, r);
      const e = E + <usize>row * rowBytes, de = dE + <usize>row * rowBytes;
      for (let k = 0; k < K; k++) {
        if (!isMade(made, row, k)) continue;
        let square = f32x4.splat(0);
        for (let at: usize = 0; at < rowBytes; at += 16) {
          const value = f32x4.sub(v128.load(z + at), v128.load(e + at)), g = f32x4.mul(value, by);
          square = madd(value, value, square);
          v128.store(z + at, g);
          v128.store(de + at, f32x4.sub(v128.load(de + at), g));
        }
        loss += <f64>horizontalSum(square);
        z += rowBytes;
      }
    }
    rows += scoreBytes;
  }
  return loss;
}

/** dY through the sums, and dS. */
function unmixAll(B: i32, rows: usize, made: usize, g: usize): void {
  let weights = M;
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let r = 0; r < length; r++) {
      for (let k = 0; k < K; k++) {
        if (!isMade(made, rowAt(rows, r), k)) continue;
        let sum: f32 = 0;
        for (let l = 0; l < length; l++) {
          const row = <usize>(rowAt(rows, l) * K + k), at = row * rowBytes;
          const weight = load<f32>(weights + (<usize>l << 2));
          const slope = dotAndAdd(g, Y + at, weight, dY + at);
          store<f32>(dS + row * scoreBytes + (<usize>r << 2), slope);
          sum += weight * slope;
        }
        for (let l = 0; l < length; l++) {
          const row = <usize>(rowAt(rows, l) * K + k);
          const to = dS + row * scoreBytes + (<usize>r << 2);
          store<f32>(to, load<f32>(weights + (<usize>l << 2)) * (load<f32>(to) - sum));
        }
        g += rowBytes;
        weights += scoreBytes + 16;
      }
    }
    rows += scoreBytes;
  }
}

/** M of one interest and item, whose scores are at s. */
function softmax(rows: usize, length: i32, k: i32, s: usize, to: usize): void {
  let highest: f32 = -Infinity;
  for (let l = 0; l < length; l++) {
    const score = load<f32>(s + <usize>(rowAt(rows, l) * K + k) * scoreBytes);
    store<f32>(to + (<usize>l << 2), score);
    highest = max(highest, score);
  }
  for (let l = length; l & 3; l++) store<f32>(to + (<usize>l << 2), -Infinity);
  const fours = (length + 3) >> 2;
  const sums = expAll(to, to, fours, 16, f32x4.splat(1), f32x4.splat(highest));
  const inverse = f32x4.splat(1 / horizontalSum(sums));
  for (let at: usize = 0; at < <usize>fours << 4; at += 16) {
    v128.store(to + at, f32x4.mul(v128.load(to + at), inverse));
  }
}

/** z . y, and dy += weight z. */
function dotAndAdd(z: usize, y: usize, weight: f32, dy: usize): f32 {
  const factor = f32x4.splat(weight);
  let even = f32x4.splat(0), odd = even;
  for (let at: usize = 0; at < rowBytes; at += 32) {
    const g = v128.load(z + at), h = v128.load(z + at, 16);
    even = madd(g, v128.load(y + at), even);
    odd = madd(h, v128.load(y + at, 16), odd);
    v128.store(dy + at, madd(factor, g, v128.load(dy + at)));
    v128.store(dy + at, madd(factor, h, v128.load(dy + at, 16)), 16);
  }
  return horizontalSum(f32x4.add(even, odd));
}
