/** Times as a model reads them: in days. */

/** Seconds of a day. */
const DAY = 86_400;

/**
 * The day of a click, round((time - first) / 86400) + 1, half to even as Python rounds.
 *
 * @param time in seconds
 * @param first of the same user's, in seconds
 */
export function dayOf(time: number, first: number): number {
  const days = (time - first) / DAY;
  const below = Math.floor(days);
  const over = days - below;
  return below + (over > 0.5 || (over === 0.5 && below % 2 !== 0) ? 1 : 0) + 1;
}
