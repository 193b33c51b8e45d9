/**
 * Interests as sums of a user's items, and the way back:
 *
 *     V_k = sum_l A_kl e_l,   dA_kl = dV_k . e_l,   de_l = sum_k A_kl dV_k,
 *
 * over the real positions l. Layouts: rows [B, L] the row of each slot, n on padding; A, dA
 * [B, K, L]; E, dE [n, d]; V, dV [B, K, d]; gradients are 0 before. d is a multiple of 8.
 */
import { madd } from "./simd";
import { addScaledRow, dot } from "./tfjs_dense";
import { realLength } from "./tfjs_histories";

/** V. */
export function routedSums(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  rows: usize,
  A: usize,
  E: usize,
  V: usize,
): void {
  const rowBytes = <usize>d << 2;
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let k = 0; k < K; k++) {
      for (let at: usize = 0; at < rowBytes; at += 32) {
        let x = f32x4.splat(0), y = x;
        for (let l = 0; l < length; l++) {
          const e = E + <usize>load<i32>(rows + (<usize>l << 2)) * rowBytes + at;
          const weight = v128.load32_splat(A + (<usize>l << 2));
          x = madd(weight, v128.load(e), x);
          y = madd(weight, v128.load(e, 16), y);
        }
        v128.store(V + at, x);
        v128.store(V + at, y, 16);
      }
      A += <usize>L << 2;
      V += rowBytes;
    }
    rows += <usize>L << 2;
  }
}

/** dA and dE. */
export function routedSumsBackward(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  n: i32,
  rows: usize,
  A: usize,
  E: usize,
  dV: usize,
  dA: usize,
  dE: usize,
): void {
  const rowBytes = <usize>d << 2;
  for (let b = 0; b < B; b++) {
    const length = realLength(rows, L, n);
    for (let k = 0; k < K; k++) {
      for (let l = 0; l < length; l++) {
        const at = <usize>l << 2, row = <usize>load<i32>(rows + at) * rowBytes;
        store<f32>(dA + at, dot(dV, E + row, rowBytes));
        addScaledRow(v128.load32_splat(A + at), dV, rowBytes, dE + row);
      }
      A += <usize>L << 2;
      dA += <usize>L << 2;
      dV += rowBytes;
    }
    rows += <usize>L << 2;
  }
}
