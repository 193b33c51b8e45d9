/** Whose a temporary file is: its name says so, and what killed processes left can be removed. */
import { createHash } from "node:crypto";
import { hostname } from "node:os";
import process from "node:process";
import { join } from "./paths.ts";

/** Processes of other machines and containers may use the same folder; their ids mean nothing. */
const host = createHash("sha256").update(hostname() + pidNamespace()).digest("hex").slice(0, 6);

let names = 0;

/** What tells containers of one name apart: "pid:[4026531836]"; nothing where there is none. */
function pidNamespace(): string {
  try {
    return Deno.readLinkSync("/proc/self/ns/pid");
  } catch {
    return ""; // no Linux, or a kernel without
  }
}

/** A name's ending that is this process's alone: "4711-3fa2b1-1". */
export function ownEnding(): string {
  return `${Deno.pid}-${host}-${++names}`;
}

/** Whether a process of this machine runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // no signal, only whether one could be sent
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM"; // somebody else's
  }
}

/**
 * Whether a name ends as {@linkcode ownEnding} does, a kind of file after it, and the process of
 * this machine that gave it has ended.
 */
export function isOrphan(name: string): boolean {
  const [, pid, at] = name.match(/[.-](\d+)-([0-9a-f]{6})-\d+(?:\.\w+)?$/) ?? [];
  return at === host && !isRunning(Number(pid));
}

/** What a lock's file says of who holds it: "process 4711 on host since …". */
export function holderText(): string {
  return `process ${Deno.pid} on ${hostname()} since ${new Date().toISOString()}`;
}

/** Removes a lock's file whose holder on this machine has ended, unless another holds it now. */
async function removeDeadLock(path: string): Promise<void> {
  const [, pid, at] = (await Deno.readTextFile(path)).match(/^process (\d+) on (\S+) since/) ?? [];
  if (at !== hostname() || isRunning(Number(pid))) return;
  using file = await Deno.open(path, { read: true, write: true });
  // who waits for it sees that it is gone, and makes another
  if (await file.tryLock(true) && await isAt(path, file)) await Deno.remove(path);
}

/** Whether an open file is the one that has this name: another may have been made in its place. */
export async function isAt(path: string, file: Deno.FsFile): Promise<boolean> {
  try {
    return (await Deno.stat(path)).ino === (await file.stat()).ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Removes from a folder what ended processes of this machine left in it: files and folders whose
 * names begin with `prefix` and say whose they are, and files of locks. What cannot be removed
 * stays.
 */
export async function sweepOrphans(folder: string, prefix = ""): Promise<void> {
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (!name.startsWith(prefix)) continue;
      if (isFile && name.endsWith(".lock")) {
        await removeDeadLock(join(folder, name)).catch(() => {});
      }
      if (!isOrphan(name)) continue;
      await Deno.remove(join(folder, name), { recursive: true }).catch(() => {});
    }
  } catch {
    // no such folder, or one that may not be read: nothing of ours is in it
  }
}
