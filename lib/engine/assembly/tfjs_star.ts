/**
 * A block of PIMI's star graph (lib/model/star_graph.ts) and its way back. Queries x attend to rows
 * of a memory X in four heads (tfjs_star_attention.ts),
 *
 *     q = x Wq + bq,   u_h = Wk_h q_h,   mixed_h = z_h Wv_h + bv_h sum_m w_mh,
 *     y = relu(mixed Wo + bo),
 *
 * first the n items, then the B centres. A tile of queries goes through all of it at a time.
 *
 * Layouts: X [n items | n embedded | B centres | a zero vector | n new items][d], and dX likewise;
 * weights [Wq | Wk | Wv | Wo | bq | bv | bo], and their gradients likewise; at and kept as the
 * attention has them, for each query; state of a block: for items, then for centres, q [n'][d],
 * a [n'][M][4], mixed [n'][d], y [n'][d], where n' is n rounded up to 4. Scratch: bytesOfStar().
 * X has room for 4 more rows.
 */
import { addBias, addRows, addScaledRow } from "./tfjs_dense";
import { bytesOfBlocks, partMul } from "./tfjs_matmul";
import { attention, attentionBackward, keep, mix, setMemory } from "./tfjs_star_attention";

/** Queries of a tile. */
const TILE: i32 = 64;

let d: i32 = 0;
let rowBytes: usize = 0;
/** d / 4 numbers of a head */
let size: i32 = 0;
let W: usize = 0;
let dW: usize = 0;
/** [TILE][4][d] */
let U: usize = 0;
let Z: usize = 0;
let dU: usize = 0;
let dZ: usize = 0;
/** [TILE][d] */
let D: usize = 0;
let G: usize = 0;
/** [M][4] */
let weights: usize = 0;
let slopes: usize = 0;
/** [TILE][4] sum_m w_mh */
let sums: usize = 0;
let blocks: usize = 0;

/** Bytes of scratch. */
export function bytesOfStar(L: i32, width: i32): usize {
  return bytesOfBlocks() + ((TILE * width * 18 + TILE * 4 + (L + 4) * 8) << 2);
}

/** Bytes of what a block keeps for its way back. */
export function bytesOfStarState(n: i32, B: i32, L: i32, width: i32): usize {
  return stateBytes(n, 4, width) + stateBytes(B, L + 1, width);
}

function stateBytes(count: i32, M: i32, width: i32): usize {
  return <usize>((count + 3) & -4) * <usize>(3 * width + 4 * M) << 2;
}

function begin(n: i32, B: i32, L: i32, width: i32, X: usize, ofWeights: usize, free: usize): void {
  d = width;
  rowBytes = <usize>d << 2;
  size = d >> 2;
  W = ofWeights;
  blocks = free;
  const tile = <usize>TILE * rowBytes;
  U = free + bytesOfBlocks();
  Z = U + 4 * tile;
  dU = Z + 4 * tile;
  dZ = dU + 4 * tile;
  D = dZ + 4 * tile;
  G = D + tile;
  sums = G + tile;
  weights = sums + (TILE << 4);
  slopes = weights + (<usize>(L + 4) << 4);
  setMemory(X, 2 * n + B, d);
}

// @ts-ignore: decorator
@inline
function matrix(i: i32): usize {
  return <usize>i * <usize>d * rowBytes;
}

// @ts-ignore: decorator
@inline
function bias(i: i32): usize {
  return matrix(4) + <usize>i * rowBytes;
}

/** The new items, in X, and centres, both in the state; the last block has no centres. */
export function starBlock(
  n: i32,
  B: i32,
  L: i32,
  width: i32,
  X: usize,
  ofWeights: usize,
  ofItems: usize,
  ofCentres: usize,
  keptItems: usize,
  keptCentres: usize,
  last: bool,
  state: usize,
  scratch: usize,
): void {
  begin(n, B, L, width, X, ofWeights, scratch);
  attend(n, 4, X, ofItems, keptItems, state);
  if (last) return;
  memory.copy(X + <usize>(2 * n + B + 1) * rowBytes, yOf(n, 4, state), <usize>n * rowBytes);
  const centres = X + <usize>(2 * n) * rowBytes;
  attend(B, L + 1, centres, ofCentres, keptCentres, state + stateBytes(n, 4, d));
}

/** Adds to dX, given that of the new items and dC of the new centres, and to dWeights. */
export function starBlockBackward(
  n: i32,
  B: i32,
  L: i32,
  width: i32,
  X: usize,
  ofWeights: usize,
  ofItems: usize,
  ofCentres: usize,
  keptItems: usize,
  keptCentres: usize,
  last: bool,
  state: usize,
  dC: usize,
  dX: usize,
  dWeights: usize,
  scratch: usize,
): void {
  begin(n, B, L, width, X, ofWeights, scratch);
  dW = dWeights;
  if (!last) {
    const centres = <usize>(2 * n) * rowBytes, ofState = state + stateBytes(n, 4, d);
    attendBackward(B, L + 1, X + centres, ofCentres, keptCentres, ofState, dC, dX, dX + centres);
  }
  const dNew = dX + <usize>(2 * n + B + 1) * rowBytes;
  attendBackward(n, 4, X, ofItems, keptItems, state, dNew, dX, dX);
}

/** Where the y of a state are. */
function yOf(count: i32, M: i32, state: usize): usize {
  return state + (<usize>((count + 3) & -4) * <usize>(2 * d + 4 * M) << 2);
}

/** u_h of r queries. */
function mapQueries(q: usize, r: i32): void {
  for (let h = 0; h < 4; h++) {
    const part = <usize>h * <usize>d, ofHead = <usize>h * rowBytes; // d / 4 numbers have d bytes
    const Wk = W + matrix(1) + part;
    partMul(q + part, d, false, Wk, d, true, r, size, d, U + ofHead, 4 * d, false, blocks);
  }
}

function attend(count: i32, M: i32, x: usize, at: usize, kept: usize, state: usize): void {
  const rows = <usize>((count + 3) & -4);
  let q = state, a = q + rows * rowBytes, mixed = a + (rows * <usize>M << 4);
  let y = mixed + rows * rowBytes;
  const Wq = W, Wv = W + matrix(2), Wo = W + matrix(3);
  for (let i = 0; i < count; i += TILE) {
    const r = min(TILE, count - i), bytes = <usize>r * rowBytes;
    partMul(x, d, false, Wq, d, false, r, d, d, q, d, false, blocks);
    addBias(q, r, d, W + bias(0));
    mapQueries(q, r);
    for (let j = 0; j < r; j++) {
      const own = <usize>j * rowBytes << 2;
      attention(M, U + own, at, a);
      v128.store(sums + (<usize>j << 4), keep(M, kept, a, weights));
      mix(M, at, weights, Z + own);
      at += <usize>M << 2;
      a += <usize>M << 4;
      if (kept) kept += <usize>M << 4;
    }
    for (let h = 0; h < 4; h++) {
      const part = <usize>h * <usize>d, z = Z + <usize>h * rowBytes;
      partMul(z, 4 * d, false, Wv + part, d, false, r, d, size, mixed + part, d, false, blocks);
      for (let j = 0; j < r; j++) {
        const sum = v128.load32_splat(sums + (<usize>j << 4) + (<usize>h << 2));
        const to = mixed + <usize>j * rowBytes + part;
        addScaledRow(sum, W + bias(1) + part, <usize>d, to);
      }
    }
    partMul(mixed, d, false, Wo, d, false, r, d, d, y, d, false, blocks);
    addBias(y, r, d, W + bias(2));
    for (let at = y; at < y + bytes; at += 16) {
      v128.store(at, f32x4.pmax(v128.load(at), f32x4.splat(0)));
    }
    x += bytes;
    q += bytes;
    mixed += bytes;
    y += bytes;
  }
}

/** Adds to dX, to dx of the queries, and to dWeights. */
function attendBackward(
  count: i32,
  M: i32,
  x: usize,
  at: usize,
  kept: usize,
  state: usize,
  dy: usize,
  dX: usize,
  dx: usize,
): void {
  const rows = <usize>((count + 3) & -4);
  let q = state, a = q + rows * rowBytes, mixed = a + (rows * <usize>M << 4);
  let y = mixed + rows * rowBytes;
  const Wq = W, Wk = W + matrix(1), Wv = W + matrix(2), Wo = W + matrix(3);
  const dWk = dW + matrix(1), dWv = dW + matrix(2), dWo = dW + matrix(3);
  for (let i = 0; i < count; i += TILE) {
    const r = min(TILE, count - i), bytes = <usize>r * rowBytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const above = f32x4.gt(v128.load(y + at), f32x4.splat(0));
      v128.store(D + at, v128.and(v128.load(dy + at), above));
    }
    addRows(D, r, d, dW + bias(2));
    partMul(mixed, d, true, D, d, false, d, r, d, dWo, d, true, blocks);
    partMul(D, d, false, Wo, d, true, r, d, d, G, d, false, blocks);
    mapQueries(q, r);
    for (let h = 0; h < 4; h++) {
      const part = <usize>h * <usize>d, dz = dZ + <usize>h * rowBytes;
      partMul(G + part, d, false, Wv + part, d, true, r, size, d, dz, 4 * d, false, blocks);
    }
    for (let j = 0; j < r; j++) {
      const own = <usize>j * rowBytes << 2, g = G + <usize>j * rowBytes;
      const sum = keep(M, kept, a, weights);
      mix(M, at, weights, Z + own);
      v128.store(sums, sum);
      v128.store(sums, ofHeads(W + bias(1), g), 16);
      for (let h = 0; h < 4; h++) {
        const part = <usize>h * <usize>d, factor = v128.load32_splat(sums + (<usize>h << 2));
        addScaledRow(factor, g + part, <usize>d, dW + bias(1) + part);
      }
      const ofBias = v128.load(sums, 16);
      attentionBackward(
        M, U + own, at, kept, a, weights, dZ + own, ofBias, slopes, dU + own, dX,
      );
      at += <usize>M << 2;
      a += <usize>M << 4;
      if (kept) kept += <usize>M << 4;
    }
    for (let h = 0; h < 4; h++) {
      const part = <usize>h * <usize>d, ofHead = <usize>h * rowBytes;
      const z = Z + ofHead, du = dU + ofHead;
      partMul(z, 4 * d, true, G + part, d, false, d, r, size, dWv + part, d, true, blocks);
      partMul(du, 4 * d, true, q + part, d, false, d, r, size, dWk + part, d, true, blocks);
      partMul(du, 4 * d, false, Wk + part, d, false, r, d, size, D + part, d, false, blocks);
    }
    addRows(D, r, d, dW + bias(0)); // D is dq now
    partMul(x, d, true, D, d, false, d, r, d, dW, d, true, blocks);
    partMul(D, d, false, Wq, d, true, r, d, d, dx, d, true, blocks);
    x += bytes;
    dx += bytes;
    q += bytes;
    mixed += bytes;
    y += bytes;
    dy += bytes;
  }
}

/** b_h . g_h of the four heads. */
function ofHeads(b: usize, g: usize): v128 {
  for (let h = 0; h < 4; h++) {
    let dot: f32 = 0;
    for (let i = 0; i < size; i++) {
      dot += load<f32>(b) * load<f32>(g);
      b += 4;
      g += 4;
    }
    store<f32>(sums + 32 + (<usize>h << 2), dot);
  }
  return v128.load(sums, 32);
}
