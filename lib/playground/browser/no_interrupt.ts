/** Stopping in a browser: the page asks for a few steps at a time and simply asks for no more. */

/** Nothing waits for a signal here. */
export function chanceToStop(_what: string): Promise<void> {
  return Promise.resolve();
}
