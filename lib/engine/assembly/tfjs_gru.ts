/**
 * The gates of a recurrent unit, forward and backward, for m users at one position. With x the
 * input's part and g = h U the state's, [m, 3 H], columns r, z, n:
 *
 *     r = sigmoid(x_r + g_r),  z = sigmoid(x_z + g_z),  n = tanh(x_n + r g_n),
 *     h' = n + z (h - n),      sigmoid(a) = (1 + tanh(a / 2)) / 2
 *
 * gates [m, 4 H]: r, z, n and g_n, which the way back needs. H is a multiple of 4.
 */
import { madd, nmadd } from "./simd";
import { tanhInPlace } from "./tanh";

/** gates and h' of m users; h is [m, H]. */
export function gruForward(
  m: i32,
  H: i32,
  x: usize,
  g: usize,
  h: usize,
  gates: usize,
  next: usize,
): void {
  const part = <usize>H << 2;
  const half = f32x4.splat(0.5);
  for (let i = 0; i < m; i++) {
    for (let at: usize = 0; at < 2 * part; at += 16) {
      const sum = f32x4.add(v128.load(x + at), v128.load(g + at));
      v128.store(gates + at, f32x4.mul(half, sum));
    }
    tanhInPlace(gates, 2 * H);
    const n = gates + 2 * part, gn = n + part;
    for (let at: usize = 0; at < 2 * part; at += 16) {
      v128.store(gates + at, madd(half, v128.load(gates + at), half));
    }
    for (let at: usize = 0; at < part; at += 16) {
      const ofState = v128.load(g + 2 * part + at);
      v128.store(gn + at, ofState);
      v128.store(n + at, madd(v128.load(gates + at), ofState, v128.load(x + 2 * part + at)));
    }
    tanhInPlace(n, H);
    for (let at: usize = 0; at < part; at += 16) {
      const fresh = v128.load(n + at);
      const kept = f32x4.sub(v128.load(h + at), fresh);
      v128.store(next + at, madd(v128.load(gates + part + at), kept, fresh));
    }
    x += 3 * part;
    g += 3 * part;
    h += part;
    gates += 4 * part;
    next += part;
  }
}

/** From dh', dx and dg [m, 3 H] and the direct part of dh [m, H], which replaces dh'. */
export function gruBackward(
  m: i32,
  H: i32,
  gates: usize,
  h: usize,
  dNext: usize,
  dx: usize,
  dg: usize,
): void {
  const part = <usize>H << 2;
  const one = f32x4.splat(1);
  for (let i = 0; i < m; i++) {
    for (let at: usize = 0; at < part; at += 16) {
      const q = gates + at;
      const r = v128.load(q), z = v128.load(q + part);
      const n = v128.load(q + 2 * part), gn = v128.load(q + 3 * part);
      const d = v128.load(dNext + at);
      const dz = f32x4.mul(d, f32x4.sub(v128.load(h + at), n));
      const dn = f32x4.mul(nmadd(z, d, d), nmadd(n, n, one)); // before the tanh
      const dr = f32x4.mul(dn, gn);
      const ofR = f32x4.mul(dr, f32x4.mul(r, f32x4.sub(one, r)));
      const ofZ = f32x4.mul(dz, f32x4.mul(z, f32x4.sub(one, z)));
      v128.store(dx + at, ofR);
      v128.store(dg + at, ofR);
      v128.store(dx + part + at, ofZ);
      v128.store(dg + part + at, ofZ);
      v128.store(dx + 2 * part + at, dn);
      v128.store(dg + 2 * part + at, f32x4.mul(dn, r));
      v128.store(dNext + at, f32x4.mul(d, z));
    }
    gates += 4 * part;
    h += part;
    dNext += part;
    dx += 3 * part;
    dg += 3 * part;
  }
}
