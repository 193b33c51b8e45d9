/**
 * The attention of ComiRec-SA, forward: of every history position l the K logits
 *
 *     z_l = tanh(W1^T x_l)  [hidden],      logits_l = W2^T z_l  [K],      x_l = h_l + p_l
 *
 * over panels of eight positions. Layouts: W1C fours of W1 over its columns [hidden/4][d][4];
 * X8 [panels][d][8]; Z [panels][hidden][8]; W2G [groups][hidden][4] (four heads a group);
 * logits [groups][8 panels][4].
 */
import { d, groups, hidden } from "./sizes";
import { storeTransposed } from "./simd";
import { product } from "./tile";
import { tanhInPlace } from "./tanh";

/** Logits, and Z for the way back; scratch [4][8]. */
export function attentionForward(
  W1C: usize,
  X8: usize,
  panels: i32,
  Z: usize,
  W2G: usize,
  logits: usize,
  scratch: usize,
): void {
  const panelX = <usize>d << 5, panelZ = <usize>hidden << 5;
  const groupBytes = <usize>panels << 7;
  // Four panels at a time: they stay in the nearest cache while W1 streams by.
  for (let first = 0; first < panels; first += 4) {
    const count = min(4, panels - first);
    const z4 = Z + <usize>first * panelZ;
    product(
      W1C, <usize>d << 4, hidden >> 2,
      X8 + <usize>first * panelX, panelX, count, 32, d,
      z4, 128, panelZ, 32,
    );
    for (let q = 0; q < count; q++) {
      const z = z4 + <usize>q * panelZ;
      tanhInPlace(z, hidden << 3);
      for (let g = 0; g < groups; g++) {
        const w2 = W2G + (<usize>g * hidden << 4);
        product(w2, 0, 1, z, 0, 1, 32, hidden, scratch, 0, 0, 32); // [4 heads][8 positions]
        const to = logits + <usize>g * groupBytes + (<usize>(first + q) << 7);
        transposeHalf(scratch, to);
        transposeHalf(scratch + 16, to + 64);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function transposeHalf(from: usize, to: usize): void {
  storeTransposed(
    v128.load(from),
    v128.load(from, 32),
    v128.load(from, 64),
    v128.load(from, 96),
    to,
    16,
  );
}
