/** Histories as kernels see them: the row of each slot, or n, one after the last, on padding. */

/** How many of a user's L slots are real. */
export function realLength(rows: usize, L: i32, n: i32): i32 {
  let length = 0;
  while (length < L && load<i32>(rows + (<usize>length << 2)) < n) length++;
  return length;
}
