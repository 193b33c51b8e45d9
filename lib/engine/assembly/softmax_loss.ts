/**
 * The softmax loss over negatives shared by the batch, forward and backward. With x+ = v . e+ and
 * x_j = v . e_j of a user, i_j = exp(beta x_j) the importance weights (1 when beta = 0):
 *
 *     sampled, IHN:  Neg = sum_j i_j exp(x_j) / mean_j i_j,
 *                    loss = -log( exp(x+) / (exp(x+) + Neg) ),   gradients through i_j, too
 *     full:          loss = -x+ + log sum_j exp(x_j),   j over the whole catalogue
 *
 * Everything is shifted by maxima. Users go in groups of eight, the lanes of a panel; a user's
 * gradients are scaled by its weight, 1/B, or 0 for the users that fill up the last group.
 *
 * Layouts: negatives as pack.ts makes them, N4 [blocks][d][4] and D4 [d/4][4 blocks][4];
 * R, E (readouts and targets), dR, dE [users, d]; G4 [blocks][users of the batch][4], the gradients
 * of the scores, for negativesBackward. Scratch: R8 [d][8]; X8 [4 blocks][8]; I8 the same, but at
 * least [d][8]; terms [24].
 */
import { d, rowBytes } from "./sizes";
import { madd, storeTransposed } from "./simd";
import { addProduct, product } from "./tile";
import { expAll } from "./exp";
import { packPanel, unpackPanel } from "./pack";

let S: i32 = 0, blocks: i32 = 0;
let N4: usize = 0, D4: usize = 0, strideD4: usize = 0;
let G4: usize = 0, strideG4: usize = 0;
let beta: f32 = 0, full: bool = false;

/** What the loss of every user shares; strides in bytes. */
export function setNegatives(
  count: i32,
  n4: usize,
  d4: usize,
  d4Stride: usize,
  g4: usize,
  g4Stride: usize,
  hardness: f32,
  overCatalogue: bool,
): void {
  S = count;
  blocks = (count + 3) >> 2;
  N4 = n4;
  D4 = d4;
  strideD4 = d4Stride;
  G4 = g4;
  strideG4 = g4Stride;
  beta = hardness;
  full = overCatalogue;
}

/**
 * Losses of `users` users, summed (not yet divided by B), dR, dE, and their columns of G4 from
 * `firstUser` on. weights [8-padded users].
 */
export function softmaxLoss(
  users: i32,
  firstUser: i32,
  R: usize,
  positive: usize,
  E: usize,
  weights: usize,
  R8: usize,
  X8: usize,
  I8: usize,
  terms: usize,
  dR: usize,
  dE: usize,
): f64 {
  let loss: f64 = 0;
  for (let u: i32 = 0; u < users; u += 8) {
    const offset = <usize>u * rowBytes;
    packPanel(R + offset, R8);
    product(N4, rowBytes << 2, blocks, R8, 0, 1, 32, d, X8, 128, 0, 32); // scores [S][8]
    for (let half: usize = 0; half < 32; half += 16) {
      const at = (<usize>u << 2) + half;
      const weight = v128.load(weights + at);
      loss += scoresBackward(X8 + half, I8 + half, v128.load(positive + at), weight, terms, half);
    }
    memory.fill(X8 + (<usize>S << 5), 0, <usize>((blocks << 2) - S) << 5);
    storeScoreGradients(X8, G4 + (<usize>(firstUser + u) << 4));
    readoutGradients(X8, I8); // I8 is free again
    unpackPanel(I8, d, dR + offset, rowBytes, 32);
    for (let i = 0; i < min(8, users - u); i++) {
      const at = offset + <usize>i * rowBytes;
      positiveBackward(v128.load32_splat(terms + (i << 2)), R + at, E + at, dR + at, dE + at);
    }
  }
  return loss;
}

/**
 * Four users: their losses, summed; scores x [S][8] become gradients; the gradient of x+ goes to
 * `terms` (at `half`), which also holds the four losses for a moment.
 */
function scoresBackward(
  x: usize,
  importance: usize,
  positive: v128,
  weight: v128,
  terms: usize,
  half: usize,
): f64 {
  const one = f32x4.splat(1), hardness = f32x4.splat(beta);
  const end = x + (<usize>S << 5);
  let highest = v128.load(x);
  for (let q = x; q < end; q += 32) highest = f32x4.pmax(highest, v128.load(q));
  const shift = f32x4.pmax(highest, positive);
  if (beta != 0) expAll(x, importance, S, 32, hardness, highest);
  expAll(x, x, S, 32, one, shift);

  // Sums in stretches of 256, so that a million terms lose no more digits than a thousand.
  let sumImportance = f32x4.splat(0), sumWeighted = sumImportance;
  for (let from: usize = 0; from < <usize>S << 5; from += 8192) {
    const to = min(from + 8192, <usize>S << 5);
    let i = f32x4.splat(0), y = i;
    if (beta == 0) {
      for (let q = from; q < to; q += 32) y = f32x4.add(y, v128.load(x + q));
    } else {
      for (let q = from; q < to; q += 32) {
        const weightOfItem = v128.load(importance + q);
        i = f32x4.add(i, weightOfItem);
        y = madd(weightOfItem, v128.load(x + q), y);
      }
    }
    sumImportance = f32x4.add(sumImportance, i);
    sumWeighted = f32x4.add(sumWeighted, y);
  }
  const count = f32x4.splat(<f32>S);
  const mean = beta == 0 ? one : f32x4.div(sumImportance, count);
  const negatives = f32x4.div(sumWeighted, mean); // Neg, shifted
  let ofPositive = f32x4.splat(0); // exp(x+), shifted; full softmax has it among the others
  if (!full) {
    v128.store(terms + half, positive);
    expAll(terms + half, terms + half, 1, 16, one, shift);
    ofPositive = v128.load(terms + half);
  }
  const denominator = f32x4.add(ofPositive, negatives);
  const shifted = f32x4.sub(shift, positive);
  const loss = sumOfLosses(ofPositive, negatives, shifted, weight, terms);
  // d loss / d x+ = -weight Neg / denominator, which is -weight for the full softmax
  v128.store(terms + half, f32x4.neg(f32x4.mul(weight, f32x4.div(negatives, denominator))));

  // d loss / d x_j = weight i_j ((1 + beta) y_j - beta Neg / S) / (mean denominator)
  const scale = f32x4.div(weight, f32x4.mul(mean, denominator));
  const direct = f32x4.mul(scale, f32x4.add(one, hardness));
  if (beta == 0) {
    for (let q = x; q < end; q += 32) v128.store(q, f32x4.mul(direct, v128.load(q)));
  } else {
    const throughMean = f32x4.mul(scale, f32x4.mul(hardness, f32x4.div(negatives, count)));
    for (let q = x; q < end; q += 32) {
      const gradient = f32x4.sub(f32x4.mul(direct, v128.load(q)), throughMean);
      v128.store(q, f32x4.mul(v128.load(importance), gradient));
      importance += 32;
    }
  }
  return loss;
}

/**
 * log(ofPositive + negatives) + shifted of the users whose weight is not 0, in double precision, as
 * a small loss is a small difference; uses terms after its first 32 bytes.
 */
function sumOfLosses(
  ofPositive: v128,
  negatives: v128,
  shifted: v128,
  weight: v128,
  terms: usize,
): f64 {
  v128.store(terms, ofPositive, 32);
  v128.store(terms, negatives, 48);
  v128.store(terms, shifted, 64);
  v128.store(terms, weight, 80);
  let sum: f64 = 0;
  for (let i: usize = 0; i < 16; i += 4) {
    if (load<f32>(terms + i, 80) == 0) continue;
    const denominator = <f64>load<f32>(terms + i, 32) + <f64>load<f32>(terms + i, 48);
    sum += Math.log(denominator) + <f64>load<f32>(terms + i, 64);
  }
  return sum;
}

/** Score gradients [4 blocks][8] to the columns of eight users in G4. */
function storeScoreGradients(x: usize, to: usize): void {
  for (let block = 0; block < blocks; block++) {
    storeTransposed(
      v128.load(x), v128.load(x, 32), v128.load(x, 64), v128.load(x, 96), to, 16,
    );
    storeTransposed(
      v128.load(x, 16), v128.load(x, 48), v128.load(x, 80), v128.load(x, 112), to + 64, 16,
    );
    x += 128;
    to += strideG4;
  }
}

/** dR of eight users as a panel [d][8]: sum_j e_j dx_j, in stretches that stay in the cache. */
function readoutGradients(x: usize, panel: usize): void {
  for (let j = 0; j < S; j += 256) {
    const n = min(256, S - j), d4 = D4 + (<usize>j << 4), dx = x + (<usize>j << 5);
    if (j == 0) product(d4, strideD4, d >> 2, dx, 0, 1, 32, n, panel, 128, 0, 32);
    else addProduct(d4, strideD4, d >> 2, dx, 0, 1, 32, n, panel, 128, 0, 32);
  }
}

// @ts-ignore: decorator
@inline
/** The positive's part of one user: dR += dx+ e+, dE = dx+ v. */
function positiveBackward(dx: v128, r: usize, e: usize, dr: usize, de: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(dr + at, madd(dx, v128.load(e + at), v128.load(dr + at)));
    v128.store(de + at, f32x4.mul(dx, v128.load(r + at)));
  }
}

/** Gradients of the negatives' embeddings, dN [4 blocks, d] = sum_u dx_uj v_u; blocks from..to. */
export function negativesBackward(users: i32, R: usize, dN: usize, from: i32, to: i32): void {
  product(
    G4 + <usize>from * strideG4, strideG4, to - from,
    R, 32, d >> 3, rowBytes, users,
    dN + <usize>from * 4 * rowBytes, 4 * rowBytes, 32, rowBytes,
  );
}
