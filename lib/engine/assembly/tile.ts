/**
 * The one micro-kernel behind every matrix product:
 *
 *     C [4, 8] = sum_k A[k][0..4)^T B[k][0..8)     (or C += ..., when adding)
 *
 * A: 4 values a k, one k after the other (16 bytes); B: 8 values a k, `ldb` bytes apart;
 * C: 4 rows of 8 values, `ldc` bytes apart. A product of any size is a grid of tiles over operands
 * packed this way (pack.ts), which is why sizes are padded to multiples of 4 and 8.
 *
 * Measured rules behind its shape: one load of A and three shuffles, but the fourth lane by a load
 * that splats. A fourth shuffle has to wait for the multiplications (4 % slower), and a second such
 * load costs more for its check of the bounds than it saves. One k a loop turn, as unrolling makes
 * V8 spill registers; never more than about thirteen vectors alive.
 */
import { madd, splat0, splat1, splat2 } from "./simd";

// @ts-ignore: decorator
@inline
function tile(A: usize, B: usize, ldb: usize, k: i32, C: usize, ldc: usize, adding: bool): void {
  const C1 = C + ldc, C2 = C1 + ldc, C3 = C2 + ldc;
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0; // columns 0..4 of the four rows
  let d0 = c0, d1 = c0, d2 = c0, d3 = c0; // columns 4..8
  if (adding) {
    c0 = v128.load(C);
    d0 = v128.load(C, 16);
    c1 = v128.load(C1);
    d1 = v128.load(C1, 16);
    c2 = v128.load(C2);
    d2 = v128.load(C2, 16);
    c3 = v128.load(C3);
    d3 = v128.load(C3, 16);
  }
  const end = A + (<usize>k << 4);
  do {
    const a = v128.load(A), b = v128.load(B), d = v128.load(B, 16);
    let x = splat0(a);
    c0 = madd(x, b, c0);
    d0 = madd(x, d, d0);
    x = splat1(a);
    c1 = madd(x, b, c1);
    d1 = madd(x, d, d1);
    x = splat2(a);
    c2 = madd(x, b, c2);
    d2 = madd(x, d, d2);
    x = v128.load32_splat(A, 12);
    c3 = madd(x, b, c3);
    d3 = madd(x, d, d3);
    A += 16;
    B += ldb;
  } while (A < end);
  v128.store(C, c0);
  v128.store(C, d0, 16);
  v128.store(C1, c1);
  v128.store(C1, d1, 16);
  v128.store(C2, c2);
  v128.store(C2, d2, 16);
  v128.store(C3, c3);
  v128.store(C3, d3, 16);
}

/**
 * A grid of tiles: for i < rows and j < columns, tile(A + i*stepA, B + j*stepB) goes to
 * C + i*rowStepC + j*columnStepC. The columns are the inner loop, so A should be the operand that
 * is worth keeping in the nearest cache. k, the length of the sums, is at least 1.
 */
export function product(
  A: usize,
  stepA: usize,
  rows: i32,
  B: usize,
  stepB: usize,
  columns: i32,
  ldb: usize,
  k: i32,
  C: usize,
  rowStepC: usize,
  columnStepC: usize,
  ldc: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let b = B, c = C;
    for (let j = 0; j < columns; j++) {
      tile(A, b, ldb, k, c, ldc, false);
      b += stepB;
      c += columnStepC;
    }
    A += stepA;
    C += rowStepC;
  }
}

/** The same grid, added to what C holds. */
export function addProduct(
  A: usize,
  stepA: usize,
  rows: i32,
  B: usize,
  stepB: usize,
  columns: i32,
  ldb: usize,
  k: i32,
  C: usize,
  rowStepC: usize,
  columnStepC: usize,
  ldc: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let b = B, c = C;
    for (let j = 0; j < columns; j++) {
      tile(A, b, ldb, k, c, ldc, true);
      b += stepB;
      c += columnStepC;
    }
    A += stepA;
    C += rowStepC;
  }
}
