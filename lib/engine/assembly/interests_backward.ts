/**
 * Routing and interests, backward, with the routing penalty. For the selected head k* with readout
 * gradient dv, and for every head k with penalty entry c_k (routing_penalty.ts):
 *
 *     dh_l = A_k*l dv,
 *     dA_kl = [k = k*] h_l . dv + scale c_k A_kl,
 *     dlogits_kl = A_kl (dA_kl - sum_m A_km dA_km).
 *
 * scale = 4 lambda w, where the penalty is w times the sum of c_k^2. (The derivative of c_k is
 * 2 (A_kl - 1/L); its constant part drops out behind the softmax.)
 * Layouts as in interests.ts; dLogits like weights; dH like H.
 */
import { groups, heads, rowBytes } from "./sizes";
import { horizontalSum, madd } from "./simd";
import { routingPenalty } from "./routing_penalty";

// Windows of four into these are the mask of the first i lanes, and the mask of lane i alone.
const leadingOnes = memory.data<f32>([1, 1, 1, 1, 0, 0, 0, 0]);
const singleOne = memory.data<f32>([0, 0, 0, 1, 0, 0, 0]);

/** dLogits (zero on padding rows) and dH of a sub-batch of `rows` real rows; sum of c_k^2. */
export function interestsBackward(
  weights: usize,
  panels: i32,
  offsets: usize,
  users: i32,
  H: usize,
  dReadout: usize,
  selected: usize,
  scale: f32,
  L: i32,
  dLogits: usize,
  dH: usize,
): f64 {
  const groupBytes = <usize>panels << 7;
  const rows = load<u32>(offsets + (users << 2));
  let penalty: f64 = 0;
  for (let b = 0; b < users; b++) {
    const first = load<u32>(offsets + (b << 2));
    const n = load<u32>(offsets + (b << 2), 4) - first;
    const k = load<i32>(selected + (b << 2));
    const dv = dReadout + <usize>b * rowBytes;
    for (let g = 0; g < groups; g++) {
      const at = <usize>g * groupBytes + (<usize>first << 4);
      const a = weights + at, da = dLogits + at;
      const used = v128.load(leadingOnes + ((4 - min(4, heads - (g << 2))) << 2));
      const c = f32x4.mul(used, routingPenalty(a, n, L));
      penalty += <f64>horizontalSum(f32x4.mul(c, c));
      const pull = f32x4.mul(c, f32x4.splat(scale));
      for (let l: usize = 0; l < <usize>n << 4; l += 16) {
        v128.store(da + l, f32x4.mul(pull, v128.load(a + l)));
      }
      if (g == k >> 2) {
        const offset = <usize>first * rowBytes;
        readoutBackward(a, n, k & 3, H + offset, dv, da, dH + offset);
      }
      softmaxBackward(a, n, da);
    }
  }
  const padding = (<usize>panels << 7) - (<usize>rows << 4);
  for (let g = 0; g < groups; g++) {
    memory.fill(dLogits + <usize>g * groupBytes + (<usize>rows << 4), 0, padding);
  }
  return penalty;
}

/** dh_l = A_l dv, and h_l . dv added to dA_l, of one head, lane `lane` of a and da [n][4]. */
function readoutBackward(
  a: usize,
  n: i32,
  lane: i32,
  h: usize,
  dv: usize,
  da: usize,
  dh: usize,
): void {
  const only = v128.load(singleOne + ((3 - lane) << 2));
  for (let l = 0; l < n; l++) {
    const weight = v128.load32_splat(a + (lane << 2));
    let even = f32x4.splat(0), odd = even;
    for (let at: usize = 0; at < rowBytes; at += 32) {
      const g0 = v128.load(dv + at), g1 = v128.load(dv + at, 16);
      even = madd(v128.load(h + at), g0, even);
      odd = madd(v128.load(h + at, 16), g1, odd);
      v128.store(dh + at, f32x4.mul(weight, g0));
      v128.store(dh + at, f32x4.mul(weight, g1), 16);
    }
    const dot = f32x4.splat(horizontalSum(f32x4.add(even, odd)));
    v128.store(da, madd(only, dot, v128.load(da)));
    a += 16;
    da += 16;
    h += rowBytes;
    dh += rowBytes;
  }
}

/** dA becomes dlogits, n rows of four heads. */
function softmaxBackward(a: usize, n: i32, da: usize): void {
  const bytes = <usize>n << 4;
  let sum = f32x4.splat(0);
  for (let l: usize = 0; l < bytes; l += 16) {
    sum = madd(v128.load(a + l), v128.load(da + l), sum);
  }
  for (let l: usize = 0; l < bytes; l += 16) {
    v128.store(da + l, f32x4.mul(v128.load(a + l), f32x4.sub(v128.load(da + l), sum)));
  }
}
