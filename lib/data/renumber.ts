/** Item numbers of a source that go far beyond the number of its items, closed up. */

/**
 * Numbers the items that occur from 1 on, in the order of their old numbers.
 *
 * @param numbers old numbers, in any order, repeats allowed
 * @param labels  by old number, where there are any
 * @returns the new number of each of `numbers`; by new number the label, or else the old number
 */
export function renumber(
  numbers: readonly number[],
  labels?: readonly string[],
): { numbers: number[]; labels: string[] } {
  const old = Uint32Array.from(numbers).sort().filter((number, i, all) => number !== all[i - 1]);
  return {
    numbers: numbers.map((number) => 1 + placeOf(number, old)),
    labels: ["", ...Array.from(old, (number) => labels?.[number] ?? String(number))],
  };
}

/** Where a number stands in rising ones, by bisection: a Map ends at 16 million. */
function placeOf(number: number, rising: Uint32Array): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
