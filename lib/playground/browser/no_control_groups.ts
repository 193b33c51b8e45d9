/** Memory in a browser: there are no control groups that limit it. */

/** No limit. */
export function cgroupMemory(): number {
  return Infinity;
}
