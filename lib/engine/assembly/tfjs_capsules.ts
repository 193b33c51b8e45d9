/**
 * Dynamic routing over packed histories, forward and backward. For each user and interest k, with
 * the votes u_l of the user's real positions, and three rounds r from b_0 = start,
 *
 *     C_r = softmax_l(b_r-1),   s_r = sum_l C_rl u_l,   v_r = squash(s_r) = g s_r,
 *     b_rl = b_r-1,l + u_l . v_r,        g = q / ((1 + q) sqrt(q + 1e-9)),  q = |s_r|^2.
 *
 * The softmax runs over all L positions; padding has no votes, so its b stays what it was.
 *
 * Layouts: rows [B, L] the row of each slot, n on padding; votes and their gradient, 0 before,
 * [n, heads, d], heads K, or 1 if every interest gets the same; start, C_3 and its gradient
 * [B, K, L]; v_3 and its gradient [B, K, d]. d is a multiple of 4.
 * Scratch: 8 d floats and 6 of L rounded up to 4.
 */
import { expAll } from "./exp";
import { horizontalSum, madd } from "./simd";

const ROUNDS: i32 = 3;

// what every part of a call works with: its sizes, and the user whose turn it is
let positions: i32 = 0, length: i32 = 0;
let rows: usize = 0, rowBytes: usize = 0, voteBytes: usize = 0, softmaxBytes: usize = 0;
let b: usize = 0, C: usize = 0, s: usize = 0, v: usize = 0;
let db: usize = 0, dC: usize = 0, ds: usize = 0, dv: usize = 0;

/** v_3 and C_3. */
export function capsules(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  heads: i32,
  n: i32,
  slots: usize,
  votes: usize,
  start: usize,
  V: usize,
  routing: usize,
  scratch: usize,
): void {
  begin(L, d, heads, slots, scratch);
  const lastC = C + 2 * softmaxBytes, lastV = v + 2 * rowBytes;
  for (let user = 0; user < B; user++) {
    countReal(n);
    for (let k = 0; k < K; k++) {
      route(ofInterest(votes, heads, k), start);
      memory.copy(V, lastV, rowBytes);
      memory.copy(routing, lastC, <usize>length << 2);
      memory.fill(routing + (length << 2), 0, <usize>(L - length) << 2);
      start += <usize>L << 2;
      routing += <usize>L << 2;
      V += rowBytes;
    }
    rows += <usize>L << 2;
  }
}

/** The gradient of the votes where C_3 is a constant. */
export function capsulesBackwardOfLast(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  heads: i32,
  n: i32,
  slots: usize,
  votes: usize,
  routing: usize,
  dV: usize,
  dU: usize,
  scratch: usize,
): void {
  begin(L, d, heads, slots, scratch);
  for (let user = 0; user < B; user++) {
    countReal(n);
    for (let k = 0; k < K; k++) {
      gather(routing, ofInterest(votes, heads, k), s);
      squashBackward(s, dV, ds);
      addOuter(routing, ds, ofInterest(dU, heads, k));
      routing += <usize>L << 2;
      dV += rowBytes;
    }
    rows += <usize>L << 2;
  }
}

/** The gradient of the votes through all rounds, from those of v_3 and of C_3. */
export function capsulesBackward(
  B: i32,
  L: i32,
  K: i32,
  d: i32,
  heads: i32,
  n: i32,
  slots: usize,
  votes: usize,
  start: usize,
  dV: usize,
  dRouting: usize,
  dU: usize,
  scratch: usize,
): void {
  begin(L, d, heads, slots, scratch);
  for (let user = 0; user < B; user++) {
    countReal(n);
    for (let k = 0; k < K; k++) {
      const u = ofInterest(votes, heads, k), du = ofInterest(dU, heads, k);
      route(u, start);
      memory.copy(dC, dRouting, <usize>length << 2);
      memory.copy(dv, dV, rowBytes);
      memory.fill(db, 0, softmaxBytes);
      for (let r = ROUNDS - 1; r >= 0; r--) {
        const ofRound = C + <usize>r * softmaxBytes;
        if (r < ROUNDS - 1) { // b_r = b_r-1 + u . v_r
          gather(db, u, dv);
          addOuter(db, v + <usize>r * rowBytes, du);
          memory.fill(dC, 0, softmaxBytes);
        }
        squashBackward(s + <usize>r * rowBytes, dv, ds);
        addOuter(ofRound, ds, du);
        addAgreement(ds, u, dC);
        addSoftmaxBackward(ofRound);
      }
      start += <usize>L << 2;
      dRouting += <usize>L << 2;
      dV += rowBytes;
    }
    rows += <usize>L << 2;
  }
}

function begin(L: i32, d: i32, heads: i32, slots: usize, scratch: usize): void {
  positions = L;
  rows = slots;
  rowBytes = <usize>d << 2;
  voteBytes = rowBytes * <usize>heads;
  softmaxBytes = <usize>((L + 3) & ~3) << 2;
  b = scratch;
  C = b + softmaxBytes;
  db = C + 3 * softmaxBytes;
  dC = db + softmaxBytes;
  s = dC + softmaxBytes;
  v = s + 3 * rowBytes;
  ds = v + 3 * rowBytes;
  dv = ds + rowBytes;
}

/** How many real positions the user has. */
function countReal(n: i32): void {
  length = 0;
  while (length < positions && load<i32>(rows + (length << 2)) < n) length++;
}

// @ts-ignore: decorator
@inline
/** What belongs to an interest in the first row. */
function ofInterest(votes: usize, heads: i32, k: i32): usize {
  return heads == 1 ? votes : votes + <usize>k * rowBytes;
}

// @ts-ignore: decorator
@inline
/** That of position l. */
function at(votes: usize, l: i32): usize {
  return votes + <usize>load<i32>(rows + (l << 2)) * voteBytes;
}

/** C, s and v of all rounds. */
function route(u: usize, start: usize): void {
  memory.copy(b, start, <usize>positions << 2);
  for (let r = 0; r < ROUNDS; r++) {
    const ofC = C + <usize>r * softmaxBytes;
    const ofS = s + <usize>r * rowBytes, ofV = v + <usize>r * rowBytes;
    softmax(ofC);
    gather(ofC, u, ofS);
    squash(ofS, ofV);
    if (r < ROUNDS - 1) addAgreement(ofV, u, b);
  }
}

/** to [L] = softmax(b). */
function softmax(to: usize): void {
  let highest: f32 = -Infinity;
  for (let l = 0; l < positions; l++) highest = max(highest, load<f32>(b + (l << 2)));
  for (let l: usize = <usize>positions << 2; l < softmaxBytes; l += 4) store<f32>(b + l, -Infinity);
  const count = <i32>(softmaxBytes >> 4);
  const sums = expAll(b, to, count, 16, f32x4.splat(1), f32x4.splat(highest));
  const sum = f32x4.splat(horizontalSum(sums));
  for (let l: usize = 0; l < softmaxBytes; l += 16) {
    v128.store(to + l, f32x4.div(v128.load(to + l), sum));
  }
}

/** to = sum_l factor_l u_l. */
function gather(factors: usize, u: usize, to: usize): void {
  const wide = rowBytes & ~63;
  let i: usize = 0;
  for (; i < wide; i += 64) {
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
    for (let l = 0; l < length; l++) {
      const x = v128.load32_splat(factors + (l << 2)), p = at(u, l) + i;
      c0 = madd(x, v128.load(p), c0);
      c1 = madd(x, v128.load(p, 16), c1);
      c2 = madd(x, v128.load(p, 32), c2);
      c3 = madd(x, v128.load(p, 48), c3);
    }
    v128.store(to + i, c0);
    v128.store(to + i, c1, 16);
    v128.store(to + i, c2, 32);
    v128.store(to + i, c3, 48);
  }
  for (; i < rowBytes; i += 16) {
    let sums = f32x4.splat(0);
    for (let l = 0; l < length; l++) {
      sums = madd(v128.load32_splat(factors + (l << 2)), v128.load(at(u, l) + i), sums);
    }
    v128.store(to + i, sums);
  }
}

/** to_l += x . u_l. */
function addAgreement(x: usize, u: usize, to: usize): void {
  for (let l = 0; l < length; l++) {
    store<f32>(to, load<f32>(to) + dot(x, at(u, l)));
    to += 4;
  }
}

/** du_l += factor_l x. */
function addOuter(factors: usize, x: usize, du: usize): void {
  for (let l = 0; l < length; l++) {
    const factor = v128.load32_splat(factors + (l << 2)), p = at(du, l);
    for (let i: usize = 0; i < rowBytes; i += 16) {
      v128.store(p + i, madd(factor, v128.load(x + i), v128.load(p + i)));
    }
  }
}

/** db_l += C_l (dC_l - sum_l' C_l' dC_l'), of real positions. */
function addSoftmaxBackward(ofRound: usize): void {
  let sum: f64 = 0;
  const end = <usize>length << 2;
  for (let l: usize = 0; l < end; l += 4) {
    sum += <f64>load<f32>(ofRound + l) * <f64>load<f32>(dC + l);
  }
  for (let l: usize = 0; l < end; l += 4) {
    const g = <f64>load<f32>(ofRound + l) * (<f64>load<f32>(dC + l) - sum);
    store<f32>(db + l, <f32>(<f64>load<f32>(db + l) + g));
  }
}

function squash(x: usize, to: usize): void {
  const q = <f64>dot(x, x);
  const g = f32x4.splat(<f32>(q / ((1 + q) * sqrt(q + 1e-9))));
  for (let i: usize = 0; i < rowBytes; i += 16) {
    v128.store(to + i, f32x4.mul(g, v128.load(x + i)));
  }
}

/** dx = g dy + 2 g'(q) (x . dy) x. */
function squashBackward(x: usize, dy: usize, dx: usize): void {
  const q = <f64>dot(x, x), h = 1 / ((1 + q) * sqrt(q + 1e-9)); // g = q h
  const slope = h * (1 / (1 + q) - q / (2 * (q + 1e-9)));
  const g = f32x4.splat(<f32>(q * h)), ofX = f32x4.splat(<f32>(2 * slope * <f64>dot(x, dy)));
  for (let i: usize = 0; i < rowBytes; i += 16) {
    v128.store(dx + i, madd(ofX, v128.load(x + i), f32x4.mul(g, v128.load(dy + i))));
  }
}

function dot(x: usize, y: usize): f32 {
  let sums = f32x4.splat(0);
  for (let i: usize = 0; i < rowBytes; i += 16) {
    sums = madd(v128.load(x + i), v128.load(y + i), sums);
  }
  return horizontalSum(sums);
}
