/** Work that a full disk ends somewhere in its middle, for tests of what is left then. */
import { BadInput } from "../base/bad_input.ts";

/**
 * Runs something on a disk on which only so many files are replaced or removed.
 *
 * @returns whether it came to its end all the same
 */
export async function interruptedAfter(
  changes: number,
  run: () => Promise<unknown>,
): Promise<boolean> {
  const { rename, remove } = Deno;
  let left = changes;
  const refuse = (path: string | URL) => {
    if (left-- > 0) return;
    throw Object.assign(new Error(`No space left on device: ${path}`), { code: "ENOSPC" });
  };
  Deno.rename = async (from, to) => {
    refuse(to);
    await rename(from, to);
  };
  Deno.remove = async (path, options) => {
    if (!`${path}`.endsWith(".tmp")) refuse(path); // what a failed write leaves may go
    await remove(path, options);
  };
  try {
    await run();
    return true;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return false;
  } finally {
    Object.assign(Deno, { rename, remove });
  }
}
