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
 * of the scores, for negativesBackward. Scratch: R8 [d][8]; X8, I8 [4 blocks][8]; terms [48].
 */
import { d, rowBytes } from "./sizes";
import { madd, nmadd, storeTransposed } from "./simd";
import { addProduct, product } from "./tile";
import { expAll } from "./exp";
import { packPanel, unpackPanel } from "./pack";

export let S: i32 = 0;
export let blocks: i32 = 0;
export let N4: usize = 0;
export let D4: usize = 0;
export let strideD4: usize = 0;
export let G4: usize = 0;
export let strideG4: usize = 0;
export let beta: f32 = 0;
let full: bool = false;

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
    const offset = <usize>u * rowBytes, at = <usize>u << 2;
    packPanel(R + offset, rowBytes, R8);
    scores(R8, X8, terms);
    exponentials(X8, I8, terms);
    for (let half: usize = 0; half < 32; half += 16) {
      const weight = v128.load(weights + at + half);
      loss += finish(v128.load(positive + at + half), weight, terms + half);
    }
    gradients(X8, I8, terms, G4 + (<usize>(firstUser + u) << 4), R8); // R8 has served
    unpackPanel(R8, d, dR + offset, rowBytes, 32);
    for (let i = 0; i < min(8, users - u); i++) {
      const row = offset + <usize>i * rowBytes;
      const dx = v128.load32_splat(terms + POSITIVE + (i << 2));
      positiveBackward(dx, R + row, E + row, dR + row, dE + row);
    }
  }
  return loss;
}

// Where `terms` holds what the passes over the scores of eight users leave to each other.
/** exp(x+), shifted; in the end d loss / d x+ */
export const POSITIVE: usize = 0;
/** the highest score of a negative, then its exponential, shifted */
export const HIGHEST: usize = 32;
/** sum_j i_j; in the end the factor `throughMean` of i_j */
export const IMPORTANCE: usize = 64;
/** sum_j i_j exp(x_j); in the end its factor `direct` */
export const WEIGHTED: usize = 96;
const LOSSES: usize = 128; // see sumOfLosses

/**
 * Every pass goes by stretches of so many negatives, with which it does all it has to do: they stay
 * in the nearest cache, and the sums of a million terms lose no more digits than of a thousand.
 */
export const stretch: i32 = 256;

/** The scores of the negatives, and the highest of each user. */
function scores(readouts: usize, x: usize, terms: usize): void {
  let first = f32x4.splat(0), second = first;
  for (let j = 0; j < S; j += stretch) {
    const n = min(stretch, S - j), from = x + (<usize>j << 5), to = from + (<usize>n << 5);
    const n4 = N4 + <usize>j * rowBytes;
    product(n4, rowBytes << 2, (n + 3) >> 2, readouts, 0, 1, 32, d, from, 128, 0, 32);
    if (j == 0) {
      first = v128.load(x);
      second = v128.load(x, 16);
    }
    for (let q = from; q < to; q += 32) {
      first = f32x4.pmax(first, v128.load(q));
      second = f32x4.pmax(second, v128.load(q, 16));
    }
  }
  v128.store(terms, first, HIGHEST);
  v128.store(terms, second, HIGHEST + 16);
}

/** i_j, and i_j exp(x_j) in place of x_j: one exponential each, shifted; and their sums. */
export function exponentials(x: usize, importance: usize, terms: usize): void {
  const hardness = f32x4.splat(beta), together = f32x4.splat(1 + beta);
  memory.fill(terms + IMPORTANCE, 0, 64);
  for (let j = 0; j < S; j += stretch) {
    const n = min(stretch, S - j), at = <usize>j << 5;
    for (let half: usize = 0; half < 32; half += 16) {
      const q = x + at + half, highest = v128.load(terms + half, HIGHEST);
      if (beta != 0) {
        const sum = expAll(q, importance + at + half, n, 32, hardness, highest);
        addSum(sum, terms + half + IMPORTANCE);
      }
      addSum(expAll(q, q, n, 32, together, highest), terms + half + WEIGHTED);
    }
  }
}

// @ts-ignore: decorator
@inline
function addSum(sum: v128, to: usize): void {
  v128.store(to, f32x4.add(v128.load(to), sum));
}

/** Losses of four users, summed, and what their gradients are made with. */
export function finish(positive: v128, weight: v128, terms: usize): f64 {
  const one = f32x4.splat(1), hardness = f32x4.splat(beta), count = f32x4.splat(<f32>S);
  const mean = beta == 0 ? one : f32x4.div(v128.load(terms, IMPORTANCE), count);
  const shift = f32x4.pmax(v128.load(terms, HIGHEST), positive);
  v128.store(terms, positive, POSITIVE);
  expAll(terms, terms, 2, HIGHEST - POSITIVE, one, shift);
  // the full softmax has the positive among the others
  const ofPositive = full ? f32x4.splat(0) : v128.load(terms, POSITIVE);
  const lowered = v128.load(terms, HIGHEST); // from the negatives' shift to that of all
  const sum = f32x4.mul(v128.load(terms, WEIGHTED), lowered);
  const negatives = f32x4.div(sum, mean); // Neg, shifted
  const denominator = f32x4.add(ofPositive, negatives);
  // d loss / d x+ = -weight Neg / denominator, which is -weight for the full softmax
  const ofAll = f32x4.div(negatives, denominator);
  v128.store(terms, f32x4.neg(f32x4.mul(weight, ofAll)), POSITIVE);
  // d loss / d x_j = weight ((1 + beta) i_j exp(x_j) - i_j beta Neg / S) / (mean denominator)
  const scale = f32x4.div(weight, f32x4.mul(mean, denominator));
  const direct = f32x4.mul(scale, f32x4.mul(f32x4.add(one, hardness), lowered));
  const throughMean = f32x4.mul(scale, f32x4.mul(hardness, f32x4.div(negatives, count)));
  v128.store(terms, direct, WEIGHTED);
  v128.store(terms, throughMean, IMPORTANCE);
  return sumOfLosses(ofPositive, negatives, f32x4.sub(shift, positive), weight, terms + LOSSES);
}

/**
 * log(ofPositive + negatives) + shifted of the users whose weight is not 0, in double precision, as
 * a small loss is a small difference.
 */
function sumOfLosses(
  ofPositive: v128,
  negatives: v128,
  shifted: v128,
  weight: v128,
  scratch: usize,
): f64 {
  v128.store(scratch, ofPositive);
  v128.store(scratch, negatives, 16);
  v128.store(scratch, shifted, 32);
  v128.store(scratch, weight, 48);
  let sum: f64 = 0;
  for (let i: usize = 0; i < 16; i += 4) {
    if (load<f32>(scratch + i, 48) == 0) continue;
    const denominator = <f64>load<f32>(scratch + i) + <f64>load<f32>(scratch + i, 16);
    sum += Math.log(denominator) + <f64>load<f32>(scratch + i, 32);
  }
  return sum;
}

/** Gradients of the scores, to G4 as well, and dR of eight users as a panel [d][8]. */
function gradients(x: usize, importance: usize, terms: usize, g4: usize, panel: usize): void {
  const padding = <usize>((blocks << 2) - S) << 5;
  memory.fill(x + (<usize>S << 5), 0, padding);
  memory.fill(importance + (<usize>S << 5), 0, padding);
  for (let j = 0; j < S; j += stretch) {
    const n = min(stretch, S - j), at = <usize>j << 5;
    for (let half: usize = 0; half < 32; half += 16) {
      const direct = v128.load(terms + half, WEIGHTED);
      const throughMean = v128.load(terms + half, IMPORTANCE);
      const from = at + half, count = (n + 3) >> 2, to = g4 + (half << 2);
      scoreGradients(x + from, importance + from, count, direct, throughMean, to);
    }
    g4 += <usize>(stretch >> 2) * strideG4;
    const d4 = D4 + (<usize>j << 4), dx = x + at;
    if (j == 0) product(d4, strideD4, d >> 2, dx, 0, 1, 32, n, panel, 128, 0, 32);
    else addProduct(d4, strideD4, d >> 2, dx, 0, 1, 32, n, panel, 128, 0, 32);
  }
}

/** direct i exp(x) - throughMean i of four users, in place and transposed to G4. */
function scoreGradients(
  x: usize,
  importance: usize,
  count: i32,
  direct: v128,
  throughMean: v128,
  to: usize,
): void {
  const end = x + (<usize>count << 7);
  while (x < end) {
    let a = f32x4.mul(direct, v128.load(x)), b = f32x4.mul(direct, v128.load(x, 32));
    let c = f32x4.mul(direct, v128.load(x, 64)), e = f32x4.mul(direct, v128.load(x, 96));
    if (beta != 0) {
      a = nmadd(throughMean, v128.load(importance), a);
      b = nmadd(throughMean, v128.load(importance, 32), b);
      c = nmadd(throughMean, v128.load(importance, 64), c);
      e = nmadd(throughMean, v128.load(importance, 96), e);
      importance += 128;
    }
    v128.store(x, a);
    v128.store(x, b, 32);
    v128.store(x, c, 64);
    v128.store(x, e, 96);
    storeTransposed(a, b, c, e, to, 16);
    x += 128;
    to += strideG4;
  }
}

// @ts-ignore: decorator
@inline
/** The positive's part of one user: dR += dx+ e+, dE = dx+ v. */
export function positiveBackward(dx: v128, r: usize, e: usize, dr: usize, de: usize): void {
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
