/** Processes that work for another one, and end when it does. */
import { isRunning } from "./owner.ts";

/** Names the process for which this one works. */
const PARENT = "REMI_PARENT";

/** Milliseconds between two looks at the parent. */
const PAUSE = 500;

/** What to add to the environment of a child that calls {@linkcode endWithParent}. */
export function asParent(): Readonly<Record<string, string>> {
  return { [PARENT]: String(Deno.pid) };
}

/**
 * From now on this process gets SIGTERM once the process that started it has ended, however that
 * ended: a training saves and ends. Does nothing in a process that was started by hand.
 */
export function endWithParent(): void {
  const parent = Number(Deno.env.get(PARENT) ?? 0);
  if (parent === 0) return;
  const look = () => {
    if (Deno.build.os === "windows" ? isRunning(parent) : Deno.ppid === parent) return;
    clearInterval(timer);
    if (Deno.build.os === "windows") Deno.exit(1); // it knows no SIGTERM
    Deno.kill(Deno.pid, "SIGTERM");
  };
  const timer = setInterval(look, PAUSE);
  Deno.unrefTimer(timer); // it keeps no process
  look();
}
