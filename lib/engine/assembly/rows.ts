/**
 * Which table rows a step touches, each once, and where: the ids of the histories, targets and
 * negatives in one list, many of them repeated.
 *
 * slots [items + 1] is a sparse set that is never cleared: id is in the list exactly if
 * slots[id] < count and rows[slots[id]] = id. The occurrences of row u are a chain in the order of
 * the ids: first[u], next[first[u]], ... up to -1.
 */

/** Fills rows, first, last [n] and next [n]; the number of different rows. */
export function uniqueRows(
  ids: usize,
  n: i32,
  slots: usize,
  rows: usize,
  first: usize,
  last: usize,
  next: usize,
): i32 {
  let count: i32 = 0;
  for (let i = 0; i < n; i++) {
    const id = load<u32>(ids + (i << 2));
    const slot = load<u32>(slots + (<usize>id << 2));
    store<i32>(next + (i << 2), -1);
    if (slot < <u32>count && load<u32>(rows + (slot << 2)) == id) {
      store<i32>(next + (load<u32>(last + (slot << 2)) << 2), i);
      store<i32>(last + (slot << 2), i);
    } else {
      store<u32>(slots + (<usize>id << 2), count);
      store<u32>(rows + (count << 2), id);
      store<i32>(first + (count << 2), i);
      store<i32>(last + (count << 2), i);
      count++;
    }
  }
  return count;
}
