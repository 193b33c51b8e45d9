/**
 * The screening: which items of a panel can enter the N best of a tile's users, and their scores.
 *
 * The score of user u and item e is max_k v_k . e. What is kept is decided by scores in float32,
 * added in a fixed order (`score`); the codes only say where such a score is not needed.
 *
 * **The bound.** Let q be an interest, e an item, X = i q = a + r and Y = j e = c + s their scaled
 * forms, split into integer codes a, c and residuals r, s (retrieval_codes.ts). Then
 *
 *     X . Y = a . c + r . Y + a . s <= a . c + |r| |Y| + |a| |s|          (Cauchy-Schwarz)
 *
 * The float32 score f of d <= 1024 products, added in at most d / 8 + 4 roundings a product, obeys
 * f <= q . e + (d / 8 + 5) 2^-24 |q| |e|, so if f reaches the user's threshold t, then
 *
 *     a . c >= t i j - (|r| + R |X|) |Y| - |a| |s|,     R = ROUNDING = 2^-15 = 512 * 2^-24
 *
 * R also covers that X, Y are rounded products (2^-24 |X| and |Y|, which shifts |r| and |s| by as
 * much); sums of squares, square roots and the few products of the constants are rounded up (UP).
 * What is left are the roundings of the right side as it is computed here: |a . c| < 2^16, so they
 * matter only where t i j is about as small, and there they add up to less than 0.1; we subtract 2,
 * which also covers truncation to an integer. Scores below the normal range of float32 err by at
 * most d 2^-149, which is nothing after scaling, as i and j are at most 2^60 each. An item whose
 * a . c is not above the bound therefore cannot enter, whatever its float32 score; everything else
 * is scored.
 * Items come by falling norm, so a unit stops where |q| |e| < t for every later item.
 */
import { splat0, splat1, splat2, splat3 } from "./simd";
import { PANEL, panelBytes } from "./retrieval_catalogue";
import { belongs, replaceWorst } from "./retrieval_best";
import { BLOCK, CONSTANTS, Search } from "./retrieval_question";

/** R of the bound, relative to |q| |e|. */
export const ROUNDING: f32 = 3.0517578125e-5; // 2^-15

// @ts-ignore: decorator
@inline
/**
 * acc + the products of 16 codes, added in pairs in 16-bit lanes. The relaxed instruction leaves
 * nothing open here: interests have seven bits, and two products stay below 2^15.
 */
function addPairs(items: v128, interest: v128, acc: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return i16x8.add(acc, i16x8.relaxed_dot_i8x16_i7x16_s(items, interest));
  }
  const even = i16x8.mul(lowBytes(items), lowBytes(interest));
  const odd = i16x8.mul(i16x8.shr_s(items, 8), i16x8.shr_s(interest, 8));
  return i16x8.add(acc, i16x8.add(even, odd));
}

// @ts-ignore: decorator
@inline
function lowBytes(codes: v128): v128 {
  return i16x8.shr_s(i16x8.shl(codes, 8), 8);
}

// @ts-ignore: decorator
@inline
/** Where the sum of the two lanes of an item is above its bound. */
function above(lanes: v128, bound: v128): v128 {
  return i32x4.gt_s(i32x4.extadd_pairwise_i16x8_s(lanes), bound);
}

/** Panels first..end against the active units; units and flags as in `search`. */
export function scan(s: Search, units: usize, active: i32, first: i32, end: i32): void {
  const bytes = panelBytes(s.d), tiles = s.tiles, tileBytes = <usize>s.d << 2;
  const flags = units + (<usize>BLOCK << 2);
  const unitCodes = tileBytes * tiles, unitConstants = CONSTANTS * <usize>tiles;
  for (let panel = first; panel < end; panel++) {
    const codes = s.panels + <usize>panel * bytes;
    const starts = codes + (<usize>s.d << 3);
    for (let i = 0; i < active; i++) {
      const unit = load<i32>(units + (<usize>i << 2));
      let A = s.codes + <usize>unit * unitCodes;
      let constants = s.constants + <usize>unit * unitConstants;
      let any = false;
      for (let tile = 0; tile < tiles; tile++) {
        let B = codes;
        const endA = A + tileBytes;
        let c0 = v128.load(starts), c1 = c0, c2 = c0, c3 = c0; // items 0..4 of the panel
        let d0 = v128.load(starts, 16), d1 = d0, d2 = d0, d3 = d0; // items 4..8
        do {
          const a = v128.load(A), b = v128.load(B), d = v128.load(B, 16);
          let x = splat0(a);
          c0 = addPairs(b, x, c0);
          d0 = addPairs(d, x, d0);
          x = splat1(a);
          c1 = addPairs(b, x, c1);
          d1 = addPairs(d, x, d1);
          x = splat2(a);
          c2 = addPairs(b, x, c2);
          d2 = addPairs(d, x, d2);
          x = splat3(a);
          c3 = addPairs(b, x, c3);
          d3 = addPairs(d, x, d3);
          A += 16;
          B += 32;
        } while (A < endA);
        const bounds = i32x4.trunc_sat_f32x4_s(boundsOf(constants, starts));
        constants += CONSTANTS;
        let x = splat0(bounds);
        c0 = above(c0, x);
        d0 = above(d0, x);
        x = splat1(bounds);
        c1 = above(c1, x);
        d1 = above(d1, x);
        x = splat2(bounds);
        c2 = above(c2, x);
        d2 = above(d2, x);
        x = splat3(bounds);
        c3 = above(c3, x);
        d3 = above(d3, x);
        const c = v128.or(v128.or(c0, c1), v128.or(c2, c3));
        const d = v128.or(v128.or(d0, d1), v128.or(d2, d3));
        let flagged: u32 = 0;
        if (v128.any_true(v128.or(c, d))) {
          any = true;
          flagged = lanes(c0, d0) | (lanes(c1, d1) << 8) | (lanes(c2, d2) << 16) |
            (lanes(c3, d3) << 24);
        }
        store<u32>(flags + (<usize>tile << 2), flagged);
      }
      if (any) scoreFlagged(s, flags, unit, panel);
    }
  }
}

// @ts-ignore: decorator
@inline
/** The right side of the bound, minus 2, for the four interests of a tile. */
function boundsOf(constants: usize, starts: usize): v128 {
  const length = v128.load32_splat(starts, 36), residual = v128.load32_splat(starts, 40);
  const threshold = f32x4.mul(v128.load(constants), v128.load32_splat(starts, 32));
  const ofInterest = f32x4.mul(v128.load(constants, 16), length);
  const ofItem = f32x4.mul(v128.load(constants, 32), residual);
  return f32x4.sub(f32x4.sub(f32x4.sub(threshold, ofInterest), ofItem), f32x4.splat(2));
}

// @ts-ignore: decorator
@inline
function lanes(low: v128, high: v128): u32 {
  return <u32>(i32x4.bitmask(low) | (i32x4.bitmask(high) << 4));
}

/**
 * Scores the flagged items of a panel for the users of a unit, and keeps the good ones. Flags are
 * one word a tile: bit 8 * interest + item.
 */
function scoreFlagged(s: Search, flags: usize, unit: i32, panel: i32): void {
  const users = s.usersOfUnit;
  if (users == 1) return scoreFlaggedOf(s, flags, unit, panel, 0xffffffff, 0);
  const bits = 8 * s.K;
  for (let slot = 0; slot < users; slot++) {
    const user = unit * users + slot;
    if (user >= s.users) return;
    const mine: u32 = ((1 << bits) - 1) << (slot * bits);
    scoreFlaggedOf(s, flags, user, panel, mine, slot * s.K);
  }
}

/** The same for one user: its flags in each tile, and the row of its first interest there. */
function scoreFlaggedOf(
  s: Search,
  flags: usize,
  user: i32,
  panel: i32,
  mine: u32,
  firstRow: i32,
): void {
  const tiles = s.tiles, heap = s.heap(user);
  let any: u32 = 0;
  for (let tile = 0; tile < tiles; tile++) any |= load<u32>(flags + (<usize>tile << 2)) & mine;
  any |= any >> 16;
  let items = (any | (any >> 8)) & lanesOf(s, panel);
  while (items) {
    const lane = ctz(items);
    items &= items - 1;
    const place = <usize>(panel * PANEL + lane);
    const item = load<u32>(s.order + (place << 2)), row = s.rows + (place * s.d << 2);
    let best: f32 = -Infinity;
    for (let tile = 0; tile < tiles; tile++) {
      let rows = ((load<u32>(flags + (<usize>tile << 2)) & mine) >> lane) & 0x01010101;
      while (rows) {
        const k = 4 * tile + (ctz(rows) >> 3) - firstRow;
        rows &= rows - 1;
        best = max(best, score(s.interest(user, k), row, s.d));
      }
    }
    if (!belongs(heap, best, item) || excluded(s, user, item)) continue;
    replaceWorst(heap, s.N, best, item);
    s.raiseThreshold(user, load<f32>(heap));
  }
}

// @ts-ignore: decorator
@inline
/** The places of a panel that hold items: all eight but in the last panel. */
function lanesOf(s: Search, panel: i32): u32 {
  return (1 << min(PANEL, s.itemCount - panel * PANEL)) - 1;
}

/** The score of a user and an item. */
export function scoreOfItem(s: Search, user: i32, item: u32): f32 {
  const row = s.rows + (<usize>load<u32>(s.places + (item - 1 << 2)) * s.d << 2);
  let best: f32 = -Infinity;
  for (let k = 0; k < s.K; k++) best = max(best, score(s.interest(user, k), row, s.d));
  return best;
}

/**
 * The score of an interest and an item in float32: eight sums of every eighth product, added as
 * p_i = s_i + s_{i+4}, then (p_0 + p_1) + (p_2 + p_3); with an odd number of fours, the last four
 * products go to s_0..s_3.
 */
function score(interest: usize, row: usize, d: i32): f32 {
  let low = f32x4.splat(0), high = low;
  const bytes = <usize>d << 2, eights = bytes & ~31;
  let at: usize = 0;
  for (; at < eights; at += 32) {
    low = f32x4.add(low, f32x4.mul(v128.load(interest + at), v128.load(row + at)));
    high = f32x4.add(high, f32x4.mul(v128.load(interest + at, 16), v128.load(row + at, 16)));
  }
  if (at < bytes) low = f32x4.add(low, f32x4.mul(v128.load(interest + at), v128.load(row + at)));
  const sum = f32x4.add(low, high);
  return (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
}

/** Whether an item is one of the user's excluded ones, by bisection. */
function excluded(s: Search, user: i32, item: u32): bool {
  const ends = s.excludedEnds + (<usize>user << 2);
  let low = load<u32>(ends), high = load<u32>(ends, 4);
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = load<u32>(s.excluded + (<usize>middle << 2));
    if (found == item) return true;
    if (found < item) low = middle + 1;
    else high = middle;
  }
  return false;
}
