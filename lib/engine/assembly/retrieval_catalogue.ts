/**
 * The catalogue as the screening wants it: items by falling norm, eight to a panel.
 *
 * A panel of d-dimensional items is 8 d + 48 bytes:
 *
 *     codes    [d / 4][8 items][4 dimensions] int8
 *     starts   [8 items][2 lanes] int16: -64 times the sum of the lane's codes, which takes back
 *              the 64 that is added to the codes of interests (lane 0 adds dimensions 0 and 1 of
 *              every four, lane 1 dimensions 2 and 3)
 *     inverse  f32, the factor from items to codes, one for the panel
 *     length   f32, max |Y| over its items, Y = inverse * item
 *     residual f32, max |Y - codes| over its items, then 4 unused bytes
 */
import { ITEM_CODE, inverseScale, largestOf, normOf, packBytes, UP } from "./retrieval_codes";

/** Items of a panel. */
export const PANEL: i32 = 8;

/** Bytes of a panel. */
export function panelBytes(d: i32): usize {
  return (<usize>d << 3) + 48;
}

/**
 * Norms of consecutive rows: norms [count] from rows [count, d]. Returns how many rows were fine
 * before one whose norm is not a finite float32: count if all are.
 */
export function measureNorms(rows: usize, d: i32, count: u32, norms: usize): u32 {
  for (let i: u32 = 0; i < count; i++) {
    const norm = normOf(rows + (<usize>i * d << 2), d);
    if (!(norm < Infinity)) return i;
    store<f32>(norms + (<usize>i << 2), norm);
  }
  return count;
}

// Three stable counting sorts of 11 bits: float32 without sign order like their bits.
const DIGIT: u32 = 11;
const DIGITS: u32 = 2048;

/**
 * Items 1..itemCount by falling norm, equal norms by rising id: order [itemCount]; and the other
 * way round places [itemCount], item i being order[places[i - 1]]. norms is [itemCount], counters
 * [2048] is scratch.
 */
export function orderByNorm(
  norms: usize,
  itemCount: u32,
  order: usize,
  places: usize,
  counters: usize,
): void {
  for (let i: u32 = 0; i < itemCount; i++) store<u32>(places + (i << 2), i + 1);
  let from = places, to = order;
  for (let pass: u32 = 0; pass < 3; pass++) {
    memory.fill(counters, 0, DIGITS << 2);
    for (let item: u32 = 1; item <= itemCount; item++) {
      const counter = counters + (digit(norms, item, pass) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
    let before: u32 = 0; // larger norms first
    for (let value: i32 = DIGITS - 1; value >= 0; value--) {
      const counter = counters + (<usize>value << 2);
      const count = load<u32>(counter);
      store<u32>(counter, before);
      before += count;
    }
    for (let i: u32 = 0; i < itemCount; i++) {
      const item = load<u32>(from + (i << 2));
      const counter = counters + (digit(norms, item, pass) << 2);
      const place = load<u32>(counter);
      store<u32>(counter, place + 1);
      store<u32>(to + (place << 2), item);
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  for (let i: u32 = 0; i < itemCount; i++) {
    store<u32>(places + (load<u32>(order + (i << 2)) - 1 << 2), i);
  }
}

// @ts-ignore: decorator
@inline
function digit(norms: usize, item: u32, pass: u32): u32 {
  return (load<u32>(norms + (<usize>(item - 1) << 2)) >> (pass * DIGIT)) & (DIGITS - 1);
}

/** Copies consecutive rows [count, d], the first of which is item `first`, to their places. */
export function placeRows(
  rows: usize,
  d: i32,
  first: u32,
  count: u32,
  places: usize,
  placed: usize,
): void {
  const bytes = <usize>d << 2;
  for (let i: u32 = 0; i < count; i++) {
    const place = <usize>load<u32>(places + (first - 1 + i << 2));
    memory.copy(placed + place * bytes, rows + <usize>i * bytes, bytes);
  }
}

/** Panels of placed rows [itemCount, d]; lanes past the last item hold zero codes. */
export function packPanels(rows: usize, d: i32, itemCount: u32, panels: usize): void {
  for (let first: u32 = 0; first < itemCount; first += PANEL) {
    packPanel(rows, d, min<u32>(PANEL, itemCount - first), panels);
    rows += <usize>d * PANEL << 2;
    panels += panelBytes(d);
  }
}

function packPanel(rows: usize, d: i32, items: u32, panel: usize): void {
  const bytes = <usize>d << 2;
  const norm = normOf(rows, d); // of the longest
  let largest: f32 = 0;
  for (let i: u32 = 0; i < items; i++) {
    largest = max(largest, largestOf(rows + <usize>i * bytes, d));
  }
  const inverse = inverseScale(norm, largest, ITEM_CODE, d);
  memory.fill(panel, 0, panelBytes(d));
  const starts = panel + (<usize>d << 3);
  let residual: f32 = 0;
  for (let i: u32 = 0; i < items; i++) {
    const row = rows + <usize>i * bytes;
    residual = max(residual, packItem(row, d, inverse, panel + (i << 2), starts + (i << 2)));
  }
  store<f32>(starts, inverse, 32);
  store<f32>(starts, norm * inverse * UP, 36);
  store<f32>(starts, residual * UP, 40);
}

/** Codes and starts of one item; returns |Y - codes|. */
function packItem(row: usize, d: i32, inverse: f32, codes: usize, starts: usize): f32 {
  const scale = f32x4.splat(inverse);
  let sums = i32x4.splat(0), squares = f32x4.splat(0);
  for (let i = 0; i < d; i += 4) {
    const y = f32x4.mul(v128.load(row + (<usize>i << 2)), scale);
    const rounded = f32x4.nearest(y);
    const residual = f32x4.sub(y, rounded);
    squares = f32x4.add(squares, f32x4.mul(residual, residual));
    const code = i32x4.trunc_sat_f32x4_s(rounded);
    sums = i32x4.add(sums, code);
    v128.store_lane<u32>(codes + (<usize>i << 3), packBytes(code), 0);
  }
  store<i16>(starts, -64 * (i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1)));
  store<i16>(starts, -64 * (i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3)), 2);
  return Mathf.sqrt(
    (f32x4.extract_lane(squares, 0) + f32x4.extract_lane(squares, 1)) +
      (f32x4.extract_lane(squares, 2) + f32x4.extract_lane(squares, 3)),
  );
}
