/** The files that are being written: a process that ends at once removes them. */

const unfinished = new Set<string>();

/** Notes a temporary file while something writes it. */
export async function whileUnfinished<T>(path: string, write: () => Promise<T>): Promise<T> {
  unfinished.add(path);
  try {
    return await write();
  } finally {
    unfinished.delete(path);
  }
}

/** Removes what is being written; for right before the end of the process. */
export function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      Deno.removeSync(path);
    } catch {
      // it has just got its name, or is gone
    }
  }
}
