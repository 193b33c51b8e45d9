/** Locks between processes. */
import { writing } from "./disk.ts";
import { chanceToStop } from "./interrupt.ts";
import { holderText, isAt } from "./owner.ts";
import { basename } from "./paths.ts";

/** Milliseconds between two tries. */
const AGAIN = 100;

/** Milliseconds after which it is said what is waited for. */
const SILENCE = 1000;

/**
 * Takes the system's exclusive lock of an open file, which ends with the process that holds it,
 * however that ends. A process that waits can be stopped.
 *
 * @param what is locked, for who waits: "results/runs/synthetic.jsonl"
 * @param say told once, after a second, that another process is waited for
 * @throws {Stopped} if it is stopped by hand while it waits
 */
export async function lockFile(
  file: Deno.FsFile,
  what: string,
  say: (message: string) => void = console.warn,
): Promise<void> {
  const start = performance.now();
  for (let said = false; !await file.tryLock(true);) {
    if (!said && performance.now() - start > SILENCE) {
      said = true;
      say(`Another process holds ${what}: waiting for it. Ctrl-C gives up.`);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    await chanceToStop(`the wait for ${what}`);
  }
}

/**
 * Runs something that one process at a time may do. The lock is on a file that is there meanwhile,
 * and says who holds it.
 *
 * @param waits told once, before waiting for another that holds it: "process 4711 on host since …"
 * @param instead done at once where another holds it, without waiting
 * @throws {Stopped} if it is stopped by hand while it waits
 * @throws {BadInput} if the file cannot be made
 */
export async function whileLocked<T>(
  path: string,
  work: () => Promise<T>,
  waits = (holder: string) => console.warn(`${holder} holds ${basename(path)}: waiting.`),
  instead?: () => Promise<T>,
): Promise<T> {
  for (let first = true;; first = false) {
    const file = await writing(
      path,
      () => Deno.open(path, { read: true, write: true, create: true }),
    );
    try {
      if (!await file.tryLock(true)) {
        if (instead) return await instead();
        if (first) waits(await holderOf(path));
        await lockFile(file, path, () => {});
      }
      if (!await isAt(path, file)) continue; // the one before removed it
      try {
        await nameHolder(file);
        return await work();
      } finally {
        await Deno.remove(path).catch(() => {}); // Windows keeps open files
      }
    } finally {
      file.close();
    }
  }
}

/** For whoever waits; a lock that cannot name its holder, on a full disk, holds as well. */
async function nameHolder(file: Deno.FsFile): Promise<void> {
  const text = new TextEncoder().encode(holderText());
  await file.truncate().then(() => file.write(text)).catch(() => {});
}

async function holderOf(path: string): Promise<string> {
  const text = await Deno.readTextFile(path).catch(() => ""); // Windows lets nobody else read
  return text || "another process";
}
