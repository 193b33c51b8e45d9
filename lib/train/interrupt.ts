/**
 * Stopping a training by hand: Ctrl-C in a terminal, the stop button in a notebook. Both arrive as
 * SIGINT, which ends a Deno kernel unless someone listens.
 */

/** Milliseconds after which another Ctrl-C is a second one: deno task passes each on once more. */
const ANOTHER = 1000;

let requested = false;
let requestedAt = 0;
let listening = false;

/**
 * Starts to listen, and forgets an earlier request, so that each training can be stopped anew. A
 * second Ctrl-C ends a terminal's process at once; the last checkpoint stays.
 */
export function listenForInterrupts(): void {
  requested = false;
  if (listening) return;
  listening = true;
  Deno.addSignalListener("SIGINT", () => {
    const again = requested && performance.now() - requestedAt > ANOTHER;
    if (again && Deno.stdin.isTerminal()) Deno.exit(130);
    if (!requested) requestedAt = performance.now();
    requested = true;
  });
}

/** Whether someone asked for a stop since the training began. */
export function interruptRequested(): boolean {
  return requested;
}

/** Lets signals, timers and the kernel's messages in; `await null` would not. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
