/**
 * The softmax loss (softmax_loss.ts) where every item meets the interest nearest to it: with
 *
 *     x_j = max_k V_k . e_j,   k_j the first interest that reaches it,   x+ likewise of the target,
 *
 * the gradient of x_j goes to V_k_j alone. So there are K rows a user, each with its own part of
 * the scores' gradients and zeros elsewhere.
 *
 * Layouts: negatives and their gradients as in softmax_loss.ts, where a user is 4 groups of rows,
 * one an interest and zeros after them: V and dV [users, 4 groups, d], G4 [blocks][rows][4].
 * R [users, d], selected, positive [users] are the targets' own (interests.ts), E, dE [users, d].
 * Scratch: V8 [heads][d][8]; X8, I8, Y8, W8 [4 blocks][8]; terms [48].
 */
import { d, groups, heads, rowBytes } from "./sizes";
import { nmadd, storeTransposed } from "./simd";
import { addProduct, product } from "./tile";
import { packPanel, unpackPanel } from "./pack";
import {
  beta,
  blocks,
  D4,
  exponentials,
  finish,
  G4,
  HIGHEST,
  IMPORTANCE,
  N4,
  POSITIVE,
  positiveBackward,
  S,
  stretch,
  strideD4,
  strideG4,
  WEIGHTED,
} from "./softmax_loss";

/** Losses of the users, summed, dV, dE, and G4. weights [8-padded users]. */
export function perItemLoss(
  users: i32,
  V: usize,
  R: usize,
  selected: usize,
  positive: usize,
  E: usize,
  weights: usize,
  V8: usize,
  X8: usize,
  I8: usize,
  Y8: usize,
  W8: usize,
  terms: usize,
  dV: usize,
  dE: usize,
): f64 {
  const userBytes = <usize>(groups << 2) * rowBytes;
  const panelBytes = rowBytes << 3;
  let loss: f64 = 0;
  for (let u: i32 = 0; u < users; u += 8) {
    const at = <usize>u << 2, rows = <usize>u * userBytes;
    for (let k = 0; k < heads; k++) {
      packPanel(V + rows + <usize>k * rowBytes, userBytes, V8 + <usize>k * panelBytes);
    }
    highestScores(V8, X8, Y8, W8, terms);
    exponentials(X8, I8, terms);
    for (let half: usize = 0; half < 32; half += 16) {
      const weight = v128.load(weights + at + half);
      loss += finish(v128.load(positive + at + half), weight, terms + half);
    }
    scoreGradients(X8, I8, terms);
    const g4 = G4 + ((<usize>u * <usize>groups) << 6);
    for (let k = 0; k < heads; k++) {
      const to = g4 + (<usize>k << 4);
      const panel = V8 + <usize>k * panelBytes; // has served
      ofInterest(k, X8, W8, Y8, to, panel);
      unpackPanel(panel, d, dV + rows + <usize>k * rowBytes, userBytes, 32);
    }
    for (let i = 0; i < min(8, users - u); i++) {
      const row = <usize>(u + i) * rowBytes;
      const dx = v128.load32_splat(terms + POSITIVE + (i << 2));
      const k = <usize>load<u32>(selected + at + (i << 2));
      const dv = dV + rows + <usize>i * userBytes + k * rowBytes;
      positiveBackward(dx, R + row, E + row, dv, dE + row);
    }
  }
  return loss;
}

/** x_j and k_j of eight users, and the highest x_j of each. */
function highestScores(V8: usize, x: usize, y: usize, winner: usize, terms: usize): void {
  const panelBytes = rowBytes << 3;
  let first = f32x4.splat(0), second = first;
  for (let j = 0; j < S; j += stretch) {
    const n = min(stretch, S - j), at = <usize>j << 5, bytes = <usize>n << 5;
    const n4 = N4 + <usize>j * rowBytes, tiles = (n + 3) >> 2;
    product(n4, rowBytes << 2, tiles, V8, 0, 1, 32, d, x + at, 128, 0, 32);
    memory.fill(winner + at, 0, bytes);
    for (let k = 1; k < heads; k++) {
      const panel = V8 + <usize>k * panelBytes;
      product(n4, rowBytes << 2, tiles, panel, 0, 1, 32, d, y, 128, 0, 32);
      challenge(k, y, x + at, winner + at, bytes);
    }
    if (j == 0) {
      first = v128.load(x);
      second = v128.load(x, 16);
    }
    for (let q = x + at; q < x + at + bytes; q += 32) {
      first = f32x4.pmax(first, v128.load(q));
      second = f32x4.pmax(second, v128.load(q, 16));
    }
  }
  v128.store(terms, first, HIGHEST);
  v128.store(terms, second, HIGHEST + 16);
}

/** Interest k wins where its score y is above all before it. */
function challenge(k: i32, y: usize, x: usize, winner: usize, bytes: usize): void {
  const name = i32x4.splat(k);
  for (let at: usize = 0; at < bytes; at += 16) {
    const score = v128.load(y + at), best = v128.load(x + at);
    const wins = f32x4.gt(score, best);
    v128.store(x + at, v128.bitselect(score, best, wins));
    v128.store(winner + at, v128.bitselect(name, v128.load(winner + at), wins));
  }
}

/** direct i exp(x) - throughMean i in place of i exp(x), 0 after the last negative. */
function scoreGradients(x: usize, importance: usize, terms: usize): void {
  const bytes = <usize>S << 5;
  memory.fill(x + bytes, 0, <usize>((blocks << 2) - S) << 5);
  for (let half: usize = 0; half < 32; half += 16) {
    const direct = v128.load(terms + half, WEIGHTED);
    const throughMean = v128.load(terms + half, IMPORTANCE);
    for (let at = half; at < bytes; at += 32) {
      let g = f32x4.mul(direct, v128.load(x + at));
      if (beta != 0) g = nmadd(throughMean, v128.load(importance + at), g);
      v128.store(x + at, g);
    }
  }
}

/** What reaches interest k of eight users: their rows of G4, and dV_k as a panel [d][8]. */
function ofInterest(k: i32, dx: usize, winner: usize, y: usize, g4: usize, panel: usize): void {
  const name = i32x4.splat(k), nextUser = <usize>groups << 6;
  for (let j = 0; j < S; j += stretch) {
    const n = min(stretch, S - j), at = <usize>j << 5, count = (n + 3) >> 2;
    for (let half: usize = 0; half < 32; half += 16) {
      let to = g4 + (half >> 2) * nextUser;
      const end = at + half + (<usize>count << 7);
      let own = y + half;
      for (let q = at + half; q < end; q += 128) {
        const a = won(name, dx + q, winner + q), b = won(name, dx + q + 32, winner + q + 32);
        const c = won(name, dx + q + 64, winner + q + 64);
        const e = won(name, dx + q + 96, winner + q + 96);
        v128.store(own, a);
        v128.store(own, b, 32);
        v128.store(own, c, 64);
        v128.store(own, e, 96);
        storeTransposed(a, b, c, e, to, nextUser);
        own += 128;
        to += strideG4;
      }
    }
    g4 += <usize>(stretch >> 2) * strideG4;
    const d4 = D4 + (<usize>j << 4);
    if (j == 0) product(d4, strideD4, d >> 2, y, 0, 1, 32, n, panel, 128, 0, 32);
    else addProduct(d4, strideD4, d >> 2, y, 0, 1, 32, n, panel, 128, 0, 32);
  }
}

// @ts-ignore: decorator
@inline
/** The gradient where the interest won, else 0. */
function won(name: v128, dx: usize, winner: usize): v128 {
  return v128.and(v128.load(dx), i32x4.eq(v128.load(winner), name));
}
