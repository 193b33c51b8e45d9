/**
 * Two dense layers with a tanh between them, Y = tanh(X W1 + b1) W2, and their way back; a tile of
 * rows at a time, so that what has h columns is made, used and still in a near cache.
 *
 * Layouts: X, dX [n, d]; W1 [d, h], b1 [h] or address 0 for none, W2 [h, K], and gradients
 * likewise, 0 before; Y, dY [n, K]; H [n rounded up to 4, h] the tanh. d and h are multiples of 8.
 * Scratch: bytesOfTanhLayer().
 */
import { addBias, addRows } from "./tfjs_dense";
import { bytesOfBlocks, partMul } from "./tfjs_matmul";
import { tanhInPlace } from "./tanh";

/** Rows of a tile. */
const TILE: i32 = 64;

/** Bytes of scratch. */
export function bytesOfTanhLayer(d: i32, h: i32, K: i32): usize {
  return bytesOfBlocks() + ((max(TILE, h) * wide(K) + TILE * (d + h)) << 2);
}

// @ts-ignore: decorator
@inline
function wide(K: i32): i32 {
  return (K + 7) & -8;
}

/** Y and H. */
export function tanhLayer(
  n: i32,
  d: i32,
  h: i32,
  K: i32,
  X: usize,
  W1: usize,
  b1: usize,
  W2: usize,
  H: usize,
  Y: usize,
  scratch: usize,
): void {
  const y = scratch + bytesOfBlocks();
  for (let i = 0; i < n; i += TILE) {
    const r = min(TILE, n - i);
    partMul(X, d, false, W1, h, false, r, d, h, H, h, false, scratch);
    if (b1) addBias(H, r, h, b1);
    tanhInPlace(H, r * h);
    partMul(H, h, false, W2, K, false, r, h, K, y, wide(K), false, scratch);
    copyColumns(y, r, K, Y);
    X += <usize>(r * d) << 2;
    H += <usize>(r * h) << 2;
    Y += <usize>(r * K) << 2;
  }
}

/** dX, dW1, db1 and dW2. */
export function tanhLayerBackward(
  n: i32,
  d: i32,
  h: i32,
  K: i32,
  X: usize,
  W1: usize,
  W2: usize,
  H: usize,
  dY: usize,
  dX: usize,
  dW1: usize,
  db1: usize,
  dW2: usize,
  scratch: usize,
): void {
  const dw2 = scratch + bytesOfBlocks(), dx = dw2 + (<usize>(max(TILE, h) * wide(K)) << 2);
  const g = dx + (<usize>(TILE * d) << 2);
  memory.fill(dw2, 0, <usize>(h * wide(K)) << 2);
  for (let i = 0; i < n; i += TILE) {
    const r = min(TILE, n - i);
    partMul(dY, K, false, W2, K, true, r, K, h, g, h, false, scratch);
    throughTanh(g, H, <usize>(r * h) << 2);
    if (db1) addRows(g, r, h, db1);
    partMul(H, h, true, dY, K, false, h, r, K, dw2, wide(K), true, scratch);
    partMul(X, d, true, g, h, false, d, r, h, dW1, h, true, scratch);
    partMul(g, h, false, W1, h, true, r, h, d, dx, d, false, scratch);
    memory.copy(dX, dx, <usize>(r * d) << 2);
    X += <usize>(r * d) << 2;
    dX += <usize>(r * d) << 2;
    H += <usize>(r * h) << 2;
    dY += <usize>(r * K) << 2;
  }
  copyColumns(dw2, h, K, dW2);
}

/** g (1 - y^2) in place of g. */
function throughTanh(g: usize, y: usize, bytes: usize): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(y + at);
    const slope = f32x4.sub(one, f32x4.mul(value, value));
    v128.store(g + at, f32x4.mul(v128.load(g + at), slope));
  }
}

/** The first K columns of n rows that have as many as products make. */
function copyColumns(from: usize, n: i32, K: i32, to: usize): void {
  const bytes = <usize>K << 2, step = <usize>wide(K) << 2;
  for (let i = 0; i < n; i++) {
    memory.copy(to, from, bytes);
    from += step;
    to += bytes;
  }
}
