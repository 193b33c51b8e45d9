/**
 * Attention of one query to some rows x_m of a memory, in four heads. Keys and values are maps of
 * the rows, which are never made: with the query's u_h = K_h q_h on the other side of the product
 *
 *     s_mh = x_m . u_h / sqrt(size),   a_h = softmax_m(s_mh),   w_mh = a_mh kept_hm,
 *     z_h = sum_m w_mh x_m,
 *
 * and z_h is mapped as the values would be, once a query. The heads are the lanes of a vector.
 * Layouts: u, z [4][d]; at [M] which rows, of which `zeroRow` is the zero vector; kept [4][M], or
 * address 0 for none; a, w, da [M][4].
 */
import { expAll } from "./exp";
import { madd, splat0, splat1, splat2, splat3 } from "./simd";

/** The memory, its zero vector, and its rows' width. */
let X: usize = 0;
let zeroRow: i32 = 0;
let rowBytes: usize = 0;

/** The memory of all calls. */
export function setMemory(rows: usize, zero: i32, d: i32): void {
  X = rows;
  zeroRow = zero;
  rowBytes = <usize>d << 2;
}

// @ts-ignore: decorator
@inline
function rowAt(at: usize, m: i32): i32 {
  return load<i32>(at + (<usize>m << 2));
}

/** a. */
export function attention(M: i32, u: usize, at: usize, a: usize): void {
  let highest = f32x4.splat(-Infinity);
  for (let m = 0; m < M; m++) {
    const row = rowAt(at, m);
    const score = row == zeroRow ? f32x4.splat(0) : dots(u, X + <usize>row * rowBytes);
    v128.store(a + (<usize>m << 4), score);
    highest = f32x4.pmax(highest, score);
  }
  const scale = f32x4.splat(1 / sqrt<f32>(<f32>(rowBytes >> 4)));
  const inverse = f32x4.div(f32x4.splat(1), expAll(a, a, M, 16, scale, highest));
  for (let m: usize = 0; m < <usize>M << 4; m += 16) {
    v128.store(a + m, f32x4.mul(v128.load(a + m), inverse));
  }
}

/** to = a kept; the sum over m. */
export function keep(M: i32, kept: usize, a: usize, to: usize): v128 {
  const head = <usize>M << 2;
  let sum = f32x4.splat(0);
  for (let m = 0; m < M; m++) {
    let value = v128.load(a + (<usize>m << 4));
    if (kept) {
      let factors = v128.load32_zero(kept);
      factors = f32x4.replace_lane(factors, 1, load<f32>(kept + head));
      factors = f32x4.replace_lane(factors, 2, load<f32>(kept + 2 * head));
      factors = f32x4.replace_lane(factors, 3, load<f32>(kept + 3 * head));
      value = f32x4.mul(value, factors);
      kept += 4;
    }
    v128.store(to + (<usize>m << 4), value);
    sum = f32x4.add(sum, value);
  }
  return sum;
}

/** z_h = sum_m w_mh x_m. */
export function mix(M: i32, at: usize, w: usize, z: usize): void {
  for (let i: usize = 0; i < rowBytes; i += 32) {
    let z0 = f32x4.splat(0), z1 = z0, z2 = z0, z3 = z0, y0 = z0, y1 = z0, y2 = z0, y3 = z0;
    for (let m = 0; m < M; m++) {
      const row = rowAt(at, m);
      if (row == zeroRow) continue;
      const from = X + <usize>row * rowBytes + i, own = w + (<usize>m << 4);
      const x = v128.load(from), y = v128.load(from, 16);
      let weight = v128.load32_splat(own);
      z0 = madd(weight, x, z0);
      y0 = madd(weight, y, y0);
      weight = v128.load32_splat(own, 4);
      z1 = madd(weight, x, z1);
      y1 = madd(weight, y, y1);
      weight = v128.load32_splat(own, 8);
      z2 = madd(weight, x, z2);
      y2 = madd(weight, y, y2);
      weight = v128.load32_splat(own, 12);
      z3 = madd(weight, x, z3);
      y3 = madd(weight, y, y3);
    }
    let to = z + i;
    v128.store(to, z0);
    v128.store(to, y0, 16);
    to += rowBytes;
    v128.store(to, z1);
    v128.store(to, y1, 16);
    to += rowBytes;
    v128.store(to, z2);
    v128.store(to, y2, 16);
    to += rowBytes;
    v128.store(to, z3);
    v128.store(to, y3, 16);
  }
}

/**
 * The way back: from a, w and dz, with ofBias what every w_mh gets besides, ds in place of da and
 *
 *     da_mh = kept_hm (dz_h . x_m + ofBias_h),
 *     ds_mh = a_mh (da_mh - sum_m' a_m'h da_m'h) / sqrt(size),
 *     dx_m += sum_h w_mh dz_h + ds_mh u_h,   du_h = sum_m ds_mh x_m.
 */
export function attentionBackward(
  M: i32,
  u: usize,
  at: usize,
  kept: usize,
  a: usize,
  w: usize,
  dz: usize,
  ofBias: v128,
  da: usize,
  du: usize,
  dX: usize,
): void {
  for (let m = 0; m < M; m++) {
    const row = rowAt(at, m);
    const slope = row == zeroRow
      ? ofBias
      : f32x4.add(dots(dz, X + <usize>row * rowBytes), ofBias);
    v128.store(da + (<usize>m << 4), slope);
  }
  if (kept) keep(M, kept, da, da);
  let sum = f32x4.splat(0);
  for (let m: usize = 0; m < <usize>M << 4; m += 16) {
    sum = madd(v128.load(a + m), v128.load(da + m), sum);
  }
  const scale = f32x4.splat(1 / sqrt<f32>(<f32>(rowBytes >> 4)));
  for (let m = 0; m < M; m++) {
    const ds = da + (<usize>m << 4);
    const g = f32x4.mul(v128.load(a + (<usize>m << 4)), f32x4.sub(v128.load(ds), sum));
    v128.store(ds, f32x4.mul(g, scale));
    const row = rowAt(at, m);
    if (row != zeroRow) addScaled(w + (<usize>m << 4), dz, ds, u, dX + <usize>row * rowBytes);
  }
  mix(M, at, da, du);
}

/** x . u_h of the four heads. */
function dots(u: usize, x: usize): v128 {
  const u1 = u + rowBytes, u2 = u1 + rowBytes, u3 = u2 + rowBytes;
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let i: usize = 0; i < rowBytes; i += 16) {
    const value = v128.load(x + i);
    a = madd(value, v128.load(u + i), a);
    b = madd(value, v128.load(u1 + i), b);
    c = madd(value, v128.load(u2 + i), c);
    d = madd(value, v128.load(u3 + i), d);
  }
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(
    v128.shuffle<f32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
  );
}

/** to += sum_h p_h x_h + q_h y_h, rows x_h and y_h of the heads. */
function addScaled(p: usize, x: usize, q: usize, y: usize, to: usize): void {
  const ofX = v128.load(p), ofY = v128.load(q);
  const p0 = splat0(ofX), p1 = splat1(ofX), p2 = splat2(ofX), p3 = splat3(ofX);
  const q0 = splat0(ofY), q1 = splat1(ofY), q2 = splat2(ofY), q3 = splat3(ofY);
  const x1 = x + rowBytes, x2 = x1 + rowBytes, x3 = x2 + rowBytes;
  const y1 = y + rowBytes, y2 = y1 + rowBytes, y3 = y2 + rowBytes;
  for (let i: usize = 0; i < rowBytes; i += 16) {
    let sum = madd(p0, v128.load(x + i), v128.load(to + i));
    let other = f32x4.mul(q0, v128.load(y + i));
    sum = madd(p1, v128.load(x1 + i), sum);
    other = madd(q1, v128.load(y1 + i), other);
    sum = madd(p2, v128.load(x2 + i), sum);
    other = madd(q2, v128.load(y2 + i), other);
    sum = madd(p3, v128.load(x3 + i), sum);
    other = madd(q3, v128.load(y3 + i), other);
    v128.store(to + i, f32x4.add(sum, other));
  }
}
