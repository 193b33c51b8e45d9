/**
 * Copies that bring operands into the two forms that the tile reads (tile.ts):
 *
 *     fours   [n/4][k][4]  left operand A: for each k, four neighbouring values of n
 *     panels  [n/8][k][8]  right operand B: for each k, eight neighbouring values of n
 */
import { d, rowBytes } from "./sizes";
import { storeTransposed } from "./simd";

/** Copies n rows of the table, given by their ids, one after the other: [n, d]. */
export function gatherRows(table: usize, stride: usize, ids: usize, n: i32, to: usize): void {
  for (let i = 0; i < n; i++) {
    const row = table + <usize>load<u32>(ids) * stride;
    for (let at: usize = 0; at < rowBytes; at += 32) {
      v128.store(to + at, v128.load(row + at));
      v128.store(to + at, v128.load(row + at, 16), 16);
    }
    to += rowBytes;
    ids += 4;
  }
}

/**
 * The attention's input x = h + p of n history positions, packed one after the other.
 *
 * H [n, d] the rows h; P [L, d] the position embeddings; positions [n]; panels = ceil(n / 8);
 * X8 panels of x over d [panels][d][8]; X4 fours over the rows [d/4][8 panels][4], `strideX4` bytes
 * between its blocks; scratch [8, d]. Rows after n are zero.
 */
export function packHistory(
  H: usize,
  n: i32,
  P: usize,
  positions: usize,
  panels: i32,
  X8: usize,
  X4: usize,
  strideX4: usize,
  scratch: usize,
): void {
  for (let panel = 0; panel < panels; panel++) {
    for (let r = 0; r < 8; r++) {
      const x = scratch + <usize>r * rowBytes;
      const i = (panel << 3) + r;
      if (i >= n) {
        memory.fill(x, 0, rowBytes);
        continue;
      }
      const h = H + <usize>i * rowBytes;
      const p = P + <usize>load<u32>(positions + (i << 2)) * rowBytes;
      for (let at: usize = 0; at < rowBytes; at += 32) {
        v128.store(x + at, f32x4.add(v128.load(h + at), v128.load(p + at)));
        v128.store(x + at, f32x4.add(v128.load(h + at, 16), v128.load(p + at, 16)), 16);
      }
    }
    let x4 = X4 + (<usize>panel << 7);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      packFourRows(scratch + at, x4, X8, 32);
      packFourRows(scratch + at + 4 * rowBytes, x4 + 64, X8 + 16, 32);
      x4 += strideX4;
      X8 += 128;
    }
  }
}

// @ts-ignore: decorator
@inline
/** Four neighbouring values of four rows: as they are to x4, transposed to x8. */
function packFourRows(row: usize, x4: usize, x8: usize, stride8: usize): void {
  const a = v128.load(row);
  const b = v128.load(row + rowBytes);
  const c = v128.load(row + 2 * rowBytes);
  const e = v128.load(row + 3 * rowBytes);
  v128.store(x4, a);
  v128.store(x4, b, 16);
  v128.store(x4, c, 32);
  v128.store(x4, e, 48);
  storeTransposed(a, b, c, e, x8, stride8);
}

/**
 * The negatives in the two forms of the loss, straight from the table; blocks of four, from..to.
 *
 * N4 fours over the negatives [blocks][d][4]; D4 fours over d [d/4][4 blocks][4], `strideD4` bytes
 * between its blocks. Negatives from S on are the row `zeros`.
 */
export function packNegatives(
  table: usize,
  stride: usize,
  ids: usize,
  S: i32,
  zeros: usize,
  from: i32,
  to: i32,
  N4: usize,
  D4: usize,
  strideD4: usize,
): void {
  for (let block = from; block < to; block++) {
    const j = block << 2;
    const row0 = negative(table, stride, ids, j, S, zeros);
    const row1 = negative(table, stride, ids, j + 1, S, zeros);
    const row2 = negative(table, stride, ids, j + 2, S, zeros);
    const row3 = negative(table, stride, ids, j + 3, S, zeros);
    let n4 = N4 + <usize>block * rowBytes * 4;
    let d4 = D4 + (<usize>block << 6);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const a = v128.load(row0 + at), b = v128.load(row1 + at);
      const c = v128.load(row2 + at), e = v128.load(row3 + at);
      v128.store(d4, a);
      v128.store(d4, b, 16);
      v128.store(d4, c, 32);
      v128.store(d4, e, 48);
      storeTransposed(a, b, c, e, n4, 16);
      n4 += 64;
      d4 += strideD4;
    }
  }
}

// @ts-ignore: decorator
@inline
function negative(
  table: usize,
  stride: usize,
  ids: usize,
  j: i32,
  S: i32,
  zeros: usize,
): usize {
  return j < S ? table + <usize>load<u32>(ids + (<usize>j << 2)) * stride : zeros;
}

/** W [m, n] to fours over its columns [n/4][m][4]. */
export function packColumns(W: usize, m: i32, n: i32, to: usize): void {
  const row = <usize>n << 2;
  for (let j: usize = 0; j < row; j += 16) {
    let w = W + j;
    for (let i = 0; i < m; i++) {
      v128.store(to, v128.load(w));
      w += row;
      to += 16;
    }
  }
}

/** W [m, n] to fours over its rows [m/4][n][4]. */
export function packRows(W: usize, m: i32, n: i32, to: usize): void {
  const row = <usize>n << 2;
  for (let i = 0; i < m; i += 4) {
    for (let j: usize = 0; j < row; j += 16) {
      const w = W + j;
      storeTransposed(
        v128.load(w),
        v128.load(w + row),
        v128.load(w + 2 * row),
        v128.load(w + 3 * row),
        to,
        16,
      );
      to += 64;
    }
    W += 4 * row;
  }
}

/** Eight rows of d values, `step` bytes apart, to one panel [d][8]. */
export function packPanel(rows: usize, step: usize, to: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16) {
    for (let half: usize = 0; half < 32; half += 16) {
      const row = rows + at + (half >> 2) * step;
      storeTransposed(
        v128.load(row),
        v128.load(row + step),
        v128.load(row + 2 * step),
        v128.load(row + 3 * step),
        to + half,
        32,
      );
    }
    to += 128;
  }
}

/**
 * One panel [n][8] back to eight rows of n values: value 8j + i of row r goes to
 * to + r*rowStep + j*blockStep + 4i. n is a multiple of 8.
 */
export function unpackPanel(
  panel: usize,
  n: i32,
  to: usize,
  rowStep: usize,
  blockStep: usize,
): void {
  for (let j = 0; j < n; j += 8) {
    unpackFour(panel, to, rowStep);
    unpackFour(panel + 16, to + 4 * rowStep, rowStep);
    unpackFour(panel + 128, to + 16, rowStep);
    unpackFour(panel + 144, to + 4 * rowStep + 16, rowStep);
    panel += 256;
    to += blockStep;
  }
}

// @ts-ignore: decorator
@inline
function unpackFour(panel: usize, to: usize, rowStep: usize): void {
  storeTransposed(
    v128.load(panel),
    v128.load(panel, 32),
    v128.load(panel, 64),
    v128.load(panel, 96),
    to,
    rowStep,
  );
}
