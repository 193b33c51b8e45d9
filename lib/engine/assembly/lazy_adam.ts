/**
 * Exact lazy Adam of the table's rows: a row without gradient still moves by its momentum, and gets
 * all its missed steps at once when it is needed next. For a row last touched at step t0 the missed
 * steps k = 1..g subtract lr_k b1^k m / (s_k + eps), lr_k = lr / (1 - b1^(t0+k)),
 * s_k = s (1 - u_k), s = sqrt(v / (1 - b2^t0)). With r = s / (s + eps):
 *
 *     1 / (s_k + eps) = 1 / (s + eps) * sum_j (r u_k)^j,
 *     p -= m / (s + eps) * ( c_0 + r (c_1 + r (c_2 + r (c_3 + r c_4))) ),
 *     c_j(t0, g) = sum_{k=1..g} lr_k b1^k u_k^j,       m *= b1^g,   v *= b2^g.
 *
 * The c_j come from tables (lib/engine/core/catch_up_tables.ts). Rows last touched before step
 * `seriesFrom`, where u_k is too large for the series, are replayed step by step. After `maxGap`
 * missed steps b1^k is below float32 resolution and only v goes on shrinking.
 *
 * A table row is [p | m | v], 3 d values in a row: one place in memory a row.
 */
import { rowBytes } from "./sizes";
import { madd, nmadd } from "./simd";
import { adam, addTo, beta1, beta2, epsilon } from "./adam";

let table: usize = 0, rowStride: usize = 0;
let lastStep: usize = 0; // [items + 1] u32, the step a row was last brought to; 0 = never touched
let perGap: usize = 0; // [maxGap + 1][8]: c_0..c_4, b1^g, b2^g, 1 / (1 - b2^t0) for t0 = t - 1 - g
let perStart: usize = 0; // [settled + 1][8]: the same for g = maxGap, by t0; b1^g is 0
let maxGap: u32 = 0;
let secondDecay: usize = 0; // [longestDecay + 1]: b2^g
let longestDecay: u32 = 0;
let steps: usize = 0; // [settled + 1][2]: lr / (1 - b1^t), 1 / (1 - b2^t); constant from there on
let settled: u32 = 0;
let seriesFrom: u32 = 0;

/** Where the table and the tables of the catch-up are. */
export function setLazyAdam(
  tableAt: usize,
  lastStepAt: usize,
  perGapAt: usize,
  gaps: u32,
  perStartAt: usize,
  secondDecayAt: usize,
  decays: u32,
  stepsAt: usize,
  settledAt: u32,
  seriesFromStep: u32,
): void {
  table = tableAt;
  rowStride = 3 * rowBytes;
  lastStep = lastStepAt;
  perGap = perGapAt;
  maxGap = gaps;
  perStart = perStartAt;
  secondDecay = secondDecayAt;
  longestDecay = decays;
  steps = stepsAt;
  settled = settledAt;
  seriesFrom = seriesFromStep;
}

// Reading a value of every cache line of 16 rows before any is computed with lets their misses
// overlap: rows lie anywhere in a table far larger than the caches. The first line of each comes
// first, as finding the pages of a row takes longer than reading on in it.
const ahead: i32 = 16;
let sink: i32 = 0;

function touch(rows: usize, from: i32, to: i32): void {
  let sum = 0;
  for (let at: usize = 0; at < rowStride; at += 64) {
    for (let u = from; u < to; u++) {
      const row = table + <usize>load<u32>(rows + (<usize>u << 2)) * rowStride;
      sum ^= load<i32>(row + at);
    }
  }
  sink ^= sum; // a use, so that the reads are not optimized away
}

/** The same for what the catch-up of these rows needs of other tables. */
function touchTables(rows: usize, from: i32, to: i32): void {
  let sum = 0;
  for (let u = from; u < to; u++) {
    const t0 = load<u32>(lastStep + (<usize>load<u32>(rows + (<usize>u << 2)) << 2));
    sum ^= load<i32>(perStart + (<usize>min(t0, settled) << 5));
  }
  sink ^= sum;
}

/** Brings rows[from..to) to step t - 1. */
export function catchUp(rows: usize, from: i32, to: i32, t: u32): void {
  for (let u = from; u < to; u += ahead) {
    const end = min(u + ahead, to);
    touchTables(rows, u, end);
    touch(rows, u, end);
    for (let i = u; i < end; i++) catchUpRow(load<u32>(rows + (<usize>i << 2)), t);
  }
}

/** Brings the rows of items from..to to step t - 1. */
export function catchUpItems(from: u32, to: u32, t: u32): void {
  for (let item = from; item < to; item++) catchUpRow(item, t);
}

function catchUpRow(item: u32, t: u32): void {
  const last = lastStep + (<usize>item << 2);
  const t0 = load<u32>(last), gap = t - 1 - t0;
  if (t0 == 0 || gap == 0) return;
  store<u32>(last, t - 1);
  const p = table + <usize>item * rowStride;
  if (t0 < seriesFrom) replay(p, t0, gap);
  else if (gap <= maxGap) series(p, perGap + (<usize>gap << 5), perGap + (<usize>gap << 5) + 24);
  else series(p, perStart + (<usize>min(t0, settled) << 5), decay(gap));
}

// @ts-ignore: decorator
@inline
/** Where b2^gap is. */
function decay(gap: u32): usize {
  return secondDecay + (<usize>min(gap, longestDecay) << 2);
}

function series(p: usize, c: usize, secondFactor: usize): void {
  const c0 = v128.load32_splat(c), c1 = v128.load32_splat(c, 4), c2 = v128.load32_splat(c, 8);
  const c3 = v128.load32_splat(c, 12), c4 = v128.load32_splat(c, 16);
  const b1 = v128.load32_splat(c, 20), correction = v128.load32_splat(c, 28);
  const b2 = v128.load32_splat(secondFactor);
  const eps = f32x4.splat(epsilon), one = f32x4.splat(1);
  let m = p + rowBytes, v = m + rowBytes;
  const end = p + rowBytes;
  while (p < end) {
    const first = v128.load(m), second = v128.load(v);
    const s = f32x4.sqrt(f32x4.mul(second, correction));
    const inverse = f32x4.div(one, f32x4.add(s, eps));
    const r = f32x4.mul(s, inverse);
    let y = madd(r, c4, c3);
    y = madd(r, y, c2);
    y = madd(r, y, c1);
    y = madd(r, y, c0);
    v128.store(p, nmadd(f32x4.mul(first, inverse), y, v128.load(p)));
    v128.store(m, f32x4.mul(first, b1));
    v128.store(v, f32x4.mul(second, b2));
    p += 16;
    m += 16;
    v += 16;
  }
}

/** The missed steps one by one; beyond maxGap the momentum is gone. */
function replay(p: usize, t0: u32, gap: u32): void {
  const b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2), eps = f32x4.splat(epsilon);
  const count = min(gap, maxGap);
  const rest = v128.load32_splat(decay(gap - count));
  const kept = f32x4.splat(gap > maxGap ? 0 : 1);
  let m = p + rowBytes, v = m + rowBytes;
  const end = p + rowBytes;
  while (p < end) {
    let value = v128.load(p), first = v128.load(m), second = v128.load(v);
    for (let k: u32 = 1; k <= count; k++) {
      const step = steps + (<usize>min(t0 + k, settled) << 3);
      first = f32x4.mul(first, b1);
      second = f32x4.mul(second, b2);
      const root = f32x4.sqrt(f32x4.mul(second, v128.load32_splat(step, 4)));
      const move = f32x4.mul(first, v128.load32_splat(step));
      value = f32x4.sub(value, f32x4.div(move, f32x4.add(root, eps)));
    }
    v128.store(p, value);
    v128.store(m, f32x4.mul(first, kept));
    v128.store(v, f32x4.mul(second, rest));
    p += 16;
    m += 16;
    v += 16;
  }
}

/**
 * Adam's step t of rows[from..to): the gradients of a row's occurrences (rows.ts) in `gradients`
 * [ids, d] are summed in their order; scratch [d].
 */
export function rowsAdam(
  rows: usize,
  from: i32,
  to: i32,
  first: usize,
  next: usize,
  gradients: usize,
  t: u32,
  scratch: usize,
): void {
  for (let u = from; u < to; u += ahead) {
    const end = min(u + ahead, to);
    touch(rows, u, end);
    for (let i = u; i < end; i++) {
      const item = load<u32>(rows + (<usize>i << 2));
      const gradient = gradientOf(load<i32>(first + (<usize>i << 2)), next, gradients, scratch);
      const p = table + <usize>item * rowStride;
      adam(p, gradient, p + rowBytes, p + 2 * rowBytes, <i32>(rowBytes >> 2));
      store<u32>(lastStep + (<usize>item << 2), t);
    }
  }
}

// @ts-ignore: decorator
@inline
/** Where the sum of the gradients of a chain of occurrences is: in scratch if there are several. */
function gradientOf(first: i32, next: usize, gradients: usize, scratch: usize): usize {
  const only = gradients + <usize>first * rowBytes;
  let i = load<i32>(next + (<usize>first << 2));
  if (i < 0) return only;
  memory.copy(scratch, only, rowBytes);
  while (i >= 0) {
    addTo(scratch, gradients + <usize>i * rowBytes, <i32>(rowBytes >> 2));
    i = load<i32>(next + (<usize>i << 2));
  }
  return scratch;
}
