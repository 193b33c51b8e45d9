/**
 * Matrix products for the generic path: C = A B for any sizes, either operand transposed, as a grid
 * of tiles (tile.ts). Operands are packed into the two forms that the tile reads,
 *
 *     fours   [m/4][k][4]  of A: for each k, four neighbouring rows
 *     panels  [n/8][k][8]  of B: for each k, eight neighbouring columns
 *
 * in blocks so small that both stay in the second cache.
 */
import { storeTransposed } from "./simd";
import { addProduct, product } from "./tile";

/** Rows, columns and length of the sums that are computed at a time; multiples of 8. */
const BLOCK_M: i32 = 64, BLOCK_N: i32 = 256, BLOCK_K: i32 = 256;

/** Bytes that {@link matMul} needs for its packed blocks. */
export function bytesOfBlocks(): usize {
  return (BLOCK_M + BLOCK_N) * BLOCK_K * 4;
}

/**
 * C [m, ldc] = A B, where ldc is n rounded up to 8 and C has room for m rounded up to 4: the caller
 * cuts the padding off. A is [m, k], or [k, m] if transposed; B is [k, n], or [n, k] if transposed.
 */
export function matMul(
  A: usize,
  transposedA: bool,
  B: usize,
  transposedB: bool,
  m: i32,
  k: i32,
  n: i32,
  C: usize,
  blocks: usize,
): void {
  const lda = transposedA ? m : k, ldb = transposedB ? k : n;
  partMul(A, lda, transposedA, B, ldb, transposedB, m, k, n, C, roundUp(n, 8), false, blocks);
}

/**
 * The same of parts of larger matrices, whose rows are lda, ldb and ldc numbers apart; added to
 * what C holds, if asked for. n is a multiple of 8, or else C has room for that.
 */
export function partMul(
  A: usize,
  lda: i32,
  transposedA: bool,
  B: usize,
  ldb: i32,
  transposedB: bool,
  m: i32,
  k: i32,
  n: i32,
  C: usize,
  ldc: i32,
  adding: bool,
  blocks: usize,
): void {
  const panels = blocks + BLOCK_M * BLOCK_K * 4;
  const rowC = <usize>ldc << 2;
  for (let k0 = 0; k0 < k; k0 += BLOCK_K) {
    const length = min(BLOCK_K, k - k0);
    for (let n0 = 0; n0 < n; n0 += BLOCK_N) {
      const columns = min(BLOCK_N, n - n0), c = C + (<usize>n0 << 2);
      pack(B, transposedB, ldb, n0, columns, k0, length, 8, panels);
      byPanels(A, lda, transposedA, panels, columns, m, k0, length, c, rowC, adding, blocks);
    }
  }
}

/** Packs B for {@link matMulPacked}: k times n rounded up to 8 floats. */
export function packRight(B: usize, transposedB: bool, k: i32, n: i32, to: usize): void {
  for (let k0 = 0; k0 < k; k0 += BLOCK_K) {
    const length = min(BLOCK_K, k - k0);
    for (let n0 = 0; n0 < n; n0 += BLOCK_N) {
      const columns = min(BLOCK_N, n - n0);
      pack(B, transposedB, transposedB ? k : n, n0, columns, k0, length, 8, to);
      to += <usize>(length * roundUp(columns, 8)) << 2;
    }
  }
}

/** {@link matMul} with a B that is packed already, as it serves several products. */
export function matMulPacked(
  A: usize,
  transposedA: bool,
  packed: usize,
  m: i32,
  k: i32,
  n: i32,
  C: usize,
  blocks: usize,
): void {
  const lda = transposedA ? m : k, rowC = <usize>roundUp(n, 8) << 2;
  for (let k0 = 0; k0 < k; k0 += BLOCK_K) {
    const length = min(BLOCK_K, k - k0);
    for (let n0 = 0; n0 < n; n0 += BLOCK_N) {
      const columns = min(BLOCK_N, n - n0), c = C + (<usize>n0 << 2);
      byPanels(A, lda, transposedA, packed, columns, m, k0, length, c, rowC, false, blocks);
      packed += <usize>(length * roundUp(columns, 8)) << 2;
    }
  }
}

/** What a packed block of B gives all rows of C, in the first block of sums, or adds to them. */
function byPanels(
  A: usize,
  lda: i32,
  transposedA: bool,
  panels: usize,
  columns: i32,
  m: i32,
  k0: i32,
  length: i32,
  C: usize,
  rowC: usize,
  adding: bool,
  fours: usize,
): void {
  const stepA = <usize>length << 4, stepB = <usize>length << 5;
  const countB = (columns + 7) >> 3;
  for (let m0 = 0; m0 < m; m0 += BLOCK_M) {
    const rows = min(BLOCK_M, m - m0);
    pack(A, !transposedA, lda, m0, rows, k0, length, 4, fours);
    const countA = (rows + 3) >> 2;
    const c = C + <usize>m0 * rowC;
    if (k0 == 0 && !adding) {
      product(fours, stepA, countA, panels, stepB, countB, 32, length, c, rowC << 2, 32, rowC);
    } else {
      addProduct(fours, stepA, countA, panels, stepB, countB, 32, length, c, rowC << 2, 32, rowC);
    }
  }
}

// @ts-ignore: decorator
@inline
function roundUp(n: i32, multiple: i32): i32 {
  return (n + multiple - 1) & -multiple;
}

/**
 * Packs lines [first, first + count) x sum positions [k0, k0 + length) of a matrix to
 * [count / width][length][width], width 4 or 8; lines past the last are zero. The matrix holds a
 * line one after the other [lines, ld] if `lineMajor`, else a sum position after the other [k, ld].
 */
function pack(
  from: usize,
  lineMajor: bool,
  ld: i32,
  first: i32,
  count: i32,
  k0: i32,
  length: i32,
  width: i32,
  to: usize,
): void {
  const stride = <usize>ld << 2, step = <usize>width << 2;
  for (let i = 0; i < roundUp(count, width); i += 4) {
    const block = to + <usize>(i & -width) * length * 4 + (<usize>(i & (width - 1)) << 2);
    const lines = count - i;
    if (lineMajor) {
      const line = from + <usize>(first + i) * stride + (<usize>k0 << 2);
      if (lines >= 4) packLines(line, stride, length, block, step);
      else packLastLines(line, stride, 4, lines, length, block, step);
    } else {
      const position = from + <usize>k0 * stride + (<usize>(first + i) << 2);
      if (lines >= 4) packPositions(position, stride, length, block, step);
      else packLastLines(position, 4, stride, lines, length, block, step);
    }
  }
}

/** Four whole lines, `stride` bytes apart: transposed, four positions at a time. */
function packLines(line: usize, stride: usize, length: i32, to: usize, step: usize): void {
  const line1 = line + stride, line2 = line1 + stride, line3 = line2 + stride;
  const whole = <usize>(length & ~3) << 2, end = <usize>length << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    storeTransposed(
      v128.load(line + at),
      v128.load(line1 + at),
      v128.load(line2 + at),
      v128.load(line3 + at),
      to,
      step,
    );
    to += step << 2;
  }
  for (; at < end; at += 4) {
    store<f32>(to, load<f32>(line + at));
    store<f32>(to, load<f32>(line1 + at), 4);
    store<f32>(to, load<f32>(line2 + at), 8);
    store<f32>(to, load<f32>(line3 + at), 12);
    to += step;
  }
}

/** Four neighbouring lines where a position's lines lie side by side: copied. */
function packPositions(from: usize, stride: usize, length: i32, to: usize, step: usize): void {
  for (let p = 0; p < length; p++) {
    v128.store(to, v128.load(from));
    from += stride;
    to += step;
  }
}

/** Fewer than four lines (none, too), filled up with zeros. */
function packLastLines(
  from: usize,
  lineStep: usize,
  positionStep: usize,
  lines: i32,
  length: i32,
  to: usize,
  step: usize,
): void {
  for (let p = 0; p < length; p++) {
    v128.store(to, f32x4.splat(0));
    for (let i = 0; i < lines; i++) {
      store<f32>(to + (<usize>i << 2), load<f32>(from + <usize>i * lineStep));
    }
    from += positionStep;
    to += step;
  }
}
