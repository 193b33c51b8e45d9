/**
 * The NDCG that the official code prints. It collects the N best items in a Python `set` and then
 * numbers them in the set's iteration order, so its "ranks" are places in a hash table. To compare
 * with its values we iterate as CPython (3.7 and later, Objects/setobject.c) would: open addressing
 * with the integer itself as hash, up to nine neighbouring places probed before a jump, and growth
 * to at least four times the content when three fifths are used.
 *
 * Only for comparisons; the metrics of this project rank by score (metrics.ts).
 */
import { gain, idealDcg } from "./metrics.ts";

const SMALLEST_TABLE = 8;
const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5;
/** From this size on a set grows to twice its content only. */
const LARGE = 50_000;

/** Places of a table whose length is a power of two; -1 is an empty one. */
type Table = Int32Array;

/**
 * The order in which CPython iterates over a set of these integers, added one after the other.
 *
 * @param values from 0 to 2^31 - 1
 */
export function setOrder(values: Iterable<number>): number[] {
  let table: Table = new Int32Array(SMALLEST_TABLE).fill(-1);
  let used = 0;
  for (const value of values) {
    if (!insert(table, value)) continue;
    used++;
    if (used * 5 < (table.length - 1) * 3) continue;
    table = grown(table, used > LARGE ? used * 2 : used * 4);
  }
  return Array.from(table).filter((value) => value >= 0);
}

/**
 * The official NDCG of one user: places in the set instead of ranks, and an ideal DCG of as many
 * hits as there were.
 *
 * @param found distinct item ids in the order in which the official code adds them, best first
 */
export function referenceNdcg(found: Iterable<number>, targets: ArrayLike<number>): number {
  const wanted = new Set(Array.from(targets));
  let hits = 0, dcg = 0;
  setOrder(found).forEach((item, place) => {
    if (!wanted.has(item)) return;
    hits++;
    dcg += gain(place);
  });
  return hits > 0 ? dcg / idealDcg(hits)[hits]! : 0;
}

/** Puts a value into the first free place of its probe sequence; false if it is there already. */
function insert(table: Table, value: number): boolean {
  const mask = table.length - 1;
  let perturb = value;
  let start = value & mask;
  while (true) {
    // A run of neighbours, unless it would leave the table.
    const end = start + LINEAR_PROBES <= mask ? start + LINEAR_PROBES : start;
    for (let place = start; place <= end; place++) {
      if (table[place] === value) return false;
      if (table[place] !== -1) continue;
      table[place] = value;
      return true;
    }
    perturb >>>= PERTURB_SHIFT;
    start = (start * 5 + 1 + perturb) & mask;
  }
}

/** A table of the next power of two above `least`, with the old places' values in their order. */
function grown(table: Table, least: number): Table {
  let size = SMALLEST_TABLE;
  while (size <= least) size *= 2;
  const larger = new Int32Array(size).fill(-1);
  for (const value of table) if (value >= 0) insert(larger, value);
  return larger;
}
