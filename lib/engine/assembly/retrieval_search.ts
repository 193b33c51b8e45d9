/** The course of a search over users and panels (retrieval_question.ts has what it works on). */
import {
  INTEREST_CODE,
  inverseScale,
  largestOf,
  normOf,
  packBytes,
  UP,
} from "./retrieval_codes";
import { PANEL } from "./retrieval_catalogue";
import { clear, sortBestFirst } from "./retrieval_best";
import { ROUNDING, scan, scoreOfItem } from "./retrieval_scan";
import { BLOCK, CONSTANTS, Search } from "./retrieval_question";

/** Panels between two looks at which units can stop. */
const STRETCH: i32 = 32;

/**
 * Finds the best items of all users; two threads that are given the same question share it block by
 * block. scratch is the thread's own: [BLOCK] u32 for the units that go on, then [tiles] for flags.
 * Returns 0; or u + 1 if an interest of user u is not finite, -(u + 1) if its scores could leave
 * float32.
 */
export function search(s: Search, scratch: usize): i32 {
  const usersOfUnit = s.usersOfUnit;
  const units = (s.users + usersOfUnit - 1) / usersOfUnit;
  const next = changetype<usize>(s) + offsetof<Search>("next");
  let first = atomic.add<i32>(next, BLOCK);
  while (first < units) {
    const end = min(units, first + BLOCK);
    const refused = packInterests(s, first * usersOfUnit, end * usersOfUnit);
    if (refused) return refused;
    searchBlock(s, first, end, scratch);
    for (let user = first * usersOfUnit; user < min(s.users, end * usersOfUnit); user++) {
      sortBestFirst(s.heap(user), s.N);
    }
    first = atomic.add<i32>(next, BLOCK);
  }
  return 0;
}

/** Units first..end against panel after panel. */
function searchBlock(s: Search, first: i32, end: i32, scratch: usize): void {
  const panelCount = (s.itemCount + PANEL - 1) / PANEL;
  let active = end - first;
  for (let i = 0; i < active; i++) store<i32>(scratch + (<usize>i << 2), first + i);
  for (let panel = 0; panel < panelCount && active > 0; panel += STRETCH) {
    scan(s, scratch, active, panel, min(panelCount, panel + STRETCH));
    active = stillActive(s, scratch, active, panel + STRETCH);
  }
}

/**
 * Keeps the active units that an item of the next panels, or one after them, could still enter; of
 * users with wanted items, those whose N-th best does not beat all of these.
 */
function stillActive(s: Search, units: usize, active: i32, nextPanel: i32): i32 {
  const place = nextPanel * PANEL;
  if (place >= s.itemCount) return 0;
  const longest = s.norm(place);
  let kept = 0;
  for (let i = 0; i < active; i++) {
    const unit = load<i32>(units + (<usize>i << 2));
    for (let j = 0; j < s.usersOfUnit; j++) {
      const user = unit * s.usersOfUnit + j;
      if (user >= s.users) break;
      const length = load<f32>(s.lengths + (<usize>user << 2));
      const threshold = s.threshold(user);
      if (length * longest * (<f32>1 + ROUNDING) < threshold) continue;
      if (threshold > load<f32>(s.ceilings + (<usize>user << 2))) continue;
      store<i32>(units + (<usize>kept << 2), unit);
      kept++;
      break;
    }
  }
  return kept;
}

/** Codes and empty heaps of users first..end, which may run past the last one to fill a unit. */
function packInterests(s: Search, first: i32, end: i32): i32 {
  const longest = s.norm(0);
  const rows = s.rowsOfUser;
  for (let user = first; user < end; user++) {
    const real = user < s.users; // a user that only fills up the last tile can never gain an item
    let length: f32 = 0;
    for (let k = 0; k < rows; k++) {
      const interest = s.interest(real ? user : s.users - 1, k);
      const norm = normOf(interest, s.d);
      if (!(norm < Infinity)) return user + 1;
      length = max(length, norm);
      packInterest(s, interest, norm, user * rows + k);
    }
    if (!(length * longest < Infinity)) return -(user + 1);
    if (real) {
      store<f32>(s.lengths + (<usize>user << 2), length);
      store<f32>(s.ceilings + (<usize>user << 2), ceiling(s, user));
      clear(s.heap(user), s.N);
    }
    s.raiseThreshold(user, real ? -Infinity : Infinity);
  }
  return 0;
}

/** The best score of a user's wanted items: what the N-th best must beat for none to enter. */
function ceiling(s: Search, user: i32): f32 {
  if (!s.wantedEnds) return Infinity;
  const ends = s.wantedEnds + (<usize>user << 2);
  let best: f32 = -Infinity;
  for (let at = load<u32>(ends), end = load<u32>(ends, 4); at < end; at++) {
    const item = load<u32>(s.wanted + (at << 2));
    if (item - 1 < <u32>s.itemCount) best = max(best, scoreOfItem(s, user, item));
  }
  return best;
}

function packInterest(s: Search, interest: usize, norm: f32, row: i32): void {
  const d = s.d;
  const inverse = inverseScale(norm, largestOf(interest, d), INTEREST_CODE, d);
  const scale = f32x4.splat(inverse), offset = i32x4.splat(64);
  const tile = <usize>(row >> 2), within = <usize>(row & 3) << 2;
  const codes = s.codes + tile * (<usize>d << 2) + within;
  let residuals = f32x4.splat(0), lengths = f32x4.splat(0);
  for (let i = 0; i < d; i += 4) {
    const x = f32x4.mul(v128.load(interest + (<usize>i << 2)), scale);
    const rounded = f32x4.nearest(x);
    const residual = f32x4.sub(x, rounded);
    residuals = f32x4.add(residuals, f32x4.mul(residual, residual));
    lengths = f32x4.add(lengths, f32x4.mul(rounded, rounded));
    const code = i32x4.add(i32x4.trunc_sat_f32x4_s(rounded), offset);
    v128.store_lane<u32>(codes + (<usize>i << 2), packBytes(code), 0);
  }
  const constants = s.constants + tile * CONSTANTS + within;
  store<f32>(constants, (root(residuals) + ROUNDING * norm * inverse) * UP, 16);
  store<f32>(constants, root(lengths) * UP, 32);
  store<f32>(constants, inverse, 48);
}

function root(squares: v128): f32 {
  return Mathf.sqrt(
    (f32x4.extract_lane(squares, 0) + f32x4.extract_lane(squares, 1)) +
      (f32x4.extract_lane(squares, 2) + f32x4.extract_lane(squares, 3)),
  );
}
