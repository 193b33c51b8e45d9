/** Waiting in a test for what another process does. */

/**
 * Waits until something is so.
 *
 * @param seconds after which it is given up
 * @throws {Error} naming what did not come
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  seconds: number,
): Promise<void> {
  for (let i = 0; i < 10 * seconds; i++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not there after ${seconds} s: ${what}`);
}
