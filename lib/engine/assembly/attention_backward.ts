/**
 * The attention of ComiRec-SA, backward. From dLogits [groups][8 panels][4] (zero on padded rows):
 *
 *     dz = W2 dLogits,  dpre = dz (1 - z^2),
 *     dx = W1 dpre,     dh += dx,  dp += dx,
 *     dW1 = sum_l x_l dpre_l^T,    dW2 = sum_l z_l dLogits_l^T
 *
 * Layouts as in attention.ts, and: D [panels][hidden][8] is dpre; D8 and Z8 [hidden/8][rows][8]
 * are dpre and z once more as right operands of a product over the rows, `stride8` bytes between
 * their blocks; W1R fours of W1 over its rows [d/4][hidden][4]; dW2T [4 groups, hidden] is dW2
 * transposed.
 */
import { d, groups, hidden, rowBytes } from "./sizes";
import { madd, nmadd, splat0, splat1, splat2, splat3, storeTransposed } from "./simd";
import { addProduct, product } from "./tile";
import { unpackPanel } from "./pack";

/** dpre, and the copies D8 and Z8; scratch [4][8]. */
export function attentionBackwardHidden(
  Z: usize,
  dLogits: usize,
  panels: i32,
  W2G: usize,
  D: usize,
  D8: usize,
  Z8: usize,
  stride8: usize,
  scratch: usize,
): void {
  const groupBytes = <usize>panels << 7, panelBytes = <usize>hidden << 5;
  for (let panel: usize = 0; panel < <usize>panels; panel++) {
    const z = Z + panel * panelBytes, dpre = D + panel * panelBytes;
    for (let g = 0; g < groups; g++) {
      const from = dLogits + <usize>g * groupBytes + (panel << 7);
      transposeRows(from, scratch);
      transposeRows(from + 64, scratch + 16);
      const w2 = W2G + (<usize>g * hidden << 4);
      if (groups == 1) addHeads(scratch, w2, dpre, z, false, true);
      else if (g == 0) addHeads(scratch, w2, dpre, z, false, false);
      else if (g < groups - 1) addHeads(scratch, w2, dpre, z, true, false);
      else addHeads(scratch, w2, dpre, z, true, true);
    }
    unpackPanel(dpre, hidden, D8 + (panel << 8), 32, stride8);
    unpackPanel(z, hidden, Z8 + (panel << 8), 32, stride8);
  }
}

// @ts-ignore: decorator
@inline
function transposeRows(from: usize, to: usize): void {
  storeTransposed(
    v128.load(from),
    v128.load(from, 16),
    v128.load(from, 32),
    v128.load(from, 48),
    to,
    32,
  );
}

// @ts-ignore: decorator
@inline
/**
 * dz [hidden][8] = (or +=, when adding) the part of four heads, whose dLogits [4][8] stay in
 * registers; the last part makes dz into dpre = dz (1 - z^2).
 */
function addHeads(
  dLogits: usize,
  W2: usize,
  dz: usize,
  z: usize,
  adding: bool,
  last: bool,
): void {
  const a0 = v128.load(dLogits), b0 = v128.load(dLogits, 16);
  const a1 = v128.load(dLogits, 32), b1 = v128.load(dLogits, 48);
  const a2 = v128.load(dLogits, 64), b2 = v128.load(dLogits, 80);
  const a3 = v128.load(dLogits, 96), b3 = v128.load(dLogits, 112);
  const one = f32x4.splat(1);
  const end = dz + (<usize>hidden << 5);
  while (dz < end) {
    const w = v128.load(W2);
    let x = splat0(w);
    let a = f32x4.mul(x, a0), b = f32x4.mul(x, b0);
    x = splat1(w);
    a = madd(x, a1, a);
    b = madd(x, b1, b);
    x = splat2(w);
    a = madd(x, a2, a);
    b = madd(x, b2, b);
    x = splat3(w);
    a = madd(x, a3, a);
    b = madd(x, b3, b);
    if (adding) {
      a = f32x4.add(v128.load(dz), a);
      b = f32x4.add(v128.load(dz, 16), b);
    }
    if (last) {
      const za = v128.load(z), zb = v128.load(z, 16);
      a = f32x4.mul(a, nmadd(za, za, one));
      b = f32x4.mul(b, nmadd(zb, zb, one));
    }
    v128.store(dz, a);
    v128.store(dz, b, 16);
    W2 += 16;
    dz += 32;
    z += 32;
  }
}

/** dx of the n real rows, added to dH [n, d] and summed into dP [L, d]; scratch [40, d]. */
export function attentionBackwardInput(
  W1R: usize,
  D: usize,
  panels: i32,
  n: i32,
  positions: usize,
  dH: usize,
  dP: usize,
  L: i32,
  scratch: usize,
): void {
  memory.fill(dP, 0, <usize>L * rowBytes);
  const panelD = <usize>hidden << 5, panelX = <usize>d << 5;
  const rows = scratch + 4 * panelX;
  for (let first = 0; first < panels; first += 4) {
    const count = min(4, panels - first);
    product(
      W1R, <usize>hidden << 4, d >> 2,
      D + <usize>first * panelD, panelD, count, 32, hidden,
      scratch, 128, panelX, 32,
    );
    for (let q = 0; q < count; q++) {
      unpackPanel(scratch + <usize>q * panelX, d, rows, rowBytes, 32);
      const row = (first + q) << 3;
      for (let r = 0; r < min(8, n - row); r++) {
        const dx = rows + <usize>r * rowBytes;
        const dh = dH + <usize>(row + r) * rowBytes;
        const dp = dP + <usize>load<u32>(positions + ((row + r) << 2)) * rowBytes;
        for (let at: usize = 0; at < rowBytes; at += 16) {
          const x = v128.load(dx + at);
          v128.store(dh + at, f32x4.add(v128.load(dh + at), x));
          v128.store(dp + at, f32x4.add(v128.load(dp + at), x));
        }
      }
    }
  }
}

/** dW1 [d, hidden] and dW2T; X4 fours of x over d [d/4][rows][4], `strideX4` between its blocks. */
export function attentionBackwardWeights(
  X4: usize,
  strideX4: usize,
  D8: usize,
  Z8: usize,
  stride8: usize,
  dLogits: usize,
  rows: i32,
  dW1: usize,
  dW2T: usize,
): void {
  const ldc = <usize>hidden << 2;
  // Stretches of 256 rows: their part of X4 stays in the second cache while D8 streams by.
  for (let k = 0; k < rows; k += 256) {
    const count = min(256, rows - k);
    const x4 = X4 + (<usize>k << 4);
    for (let j: usize = 0; j < <usize>hidden >> 3; j++) {
      const d8 = D8 + j * stride8 + (<usize>k << 5), to = dW1 + (j << 5);
      if (k == 0) product(x4, strideX4, d >> 2, d8, 0, 1, 32, count, to, 4 * ldc, 0, ldc);
      else addProduct(x4, strideX4, d >> 2, d8, 0, 1, 32, count, to, 4 * ldc, 0, ldc);
    }
  }
  for (let g = 0; g < groups; g++) {
    const of4 = dLogits + (<usize>g * rows << 4);
    product(of4, 0, 1, Z8, stride8, hidden >> 3, 32, rows, dW2T + <usize>g * 4 * ldc, 0, 32, ldc);
  }
}
