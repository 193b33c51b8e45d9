/** Locks between processes. */

/**
 * Runs something that one process at a time may do. The lock is the system's own, on a file that is
 * there meanwhile: it ends with the process that holds it, however that ends.
 *
 * @param waits told once, before waiting for another that holds it
 */
export async function whileLocked<T>(
  path: string,
  work: () => Promise<T>,
  waits: () => void = () => {},
): Promise<T> {
  for (let first = true;; first = false) {
    const file = await Deno.open(path, { write: true, create: true });
    try {
      if (!await file.tryLock(true)) {
        if (first) waits();
        await file.lock(true);
      }
      if (!await isAt(path, file)) continue; // the one before removed it
      try {
        return await work();
      } finally {
        await Deno.remove(path).catch(() => {}); // Windows keeps open files
      }
    } finally {
      file.close();
    }
  }
}

/** Whether an open file is the one that has this name. */
async function isAt(path: string, file: Deno.FsFile): Promise<boolean> {
  try {
    return (await Deno.stat(path)).ino === (await file.stat()).ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
