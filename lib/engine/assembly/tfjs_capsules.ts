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
import {
  addAgreement,
  addOuter,
  begin,
  gather,
  ofInterest,
  rowBytes,
  squash,
  squashBackward,
  turnTo,
} from "./capsule_parts";
import { expAll } from "./exp";
import { horizontalSum } from "./simd";

const ROUNDS: i32 = 3;

// what a round leaves to the next, and to the way back
let length: i32 = 0, positions: i32 = 0, softmaxBytes: usize = 0;
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
  begin(L, d, heads);
  layOut(L, scratch);
  const lastC = C + 2 * softmaxBytes, lastV = v + 2 * rowBytes;
  for (let user = 0; user < B; user++) {
    length = turnTo(slots, n);
    for (let k = 0; k < K; k++) {
      route(ofInterest(votes, heads, k), start);
      memory.copy(V, lastV, rowBytes);
      memory.copy(routing, lastC, <usize>length << 2);
      memory.fill(routing + (length << 2), 0, <usize>(L - length) << 2);
      start += <usize>L << 2;
      routing += <usize>L << 2;
      V += rowBytes;
    }
    slots += <usize>L << 2;
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
  begin(L, d, heads);
  layOut(L, scratch);
  for (let user = 0; user < B; user++) {
    length = turnTo(slots, n);
    for (let k = 0; k < K; k++) {
      gather(routing, ofInterest(votes, heads, k), s);
      squashBackward(s, dV, ds);
      addOuter(routing, ds, ofInterest(dU, heads, k));
      routing += <usize>L << 2;
      dV += rowBytes;
    }
    slots += <usize>L << 2;
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
  begin(L, d, heads);
  layOut(L, scratch);
  for (let user = 0; user < B; user++) {
    length = turnTo(slots, n);
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
    slots += <usize>L << 2;
  }
}

function layOut(L: i32, scratch: usize): void {
  positions = L;
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

/** C, s and v of all rounds. */
function route(u: usize, start: usize): void {
  memory.copy(b, start, <usize>positions << 2);
  for (let l: usize = <usize>positions << 2; l < softmaxBytes; l += 4) store<f32>(b + l, -Infinity);
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
  let highest = v128.load(b);
  for (let l: usize = 16; l < softmaxBytes; l += 16) {
    highest = f32x4.pmax(highest, v128.load(b + l));
  }
  highest = f32x4.pmax(highest, v128.shuffle<f32>(highest, highest, 2, 3, 0, 1));
  highest = f32x4.pmax(highest, v128.shuffle<f32>(highest, highest, 1, 0, 3, 2));
  const sums = expAll(b, to, <i32>(softmaxBytes >> 4), 16, f32x4.splat(1), highest);
  const sum = f32x4.splat(horizontalSum(sums));
  for (let l: usize = 0; l < softmaxBytes; l += 16) {
    v128.store(to + l, f32x4.div(v128.load(to + l), sum));
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
