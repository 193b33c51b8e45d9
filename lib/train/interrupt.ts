/**
 * Stopping a training by hand: Ctrl-C in a terminal, the stop button in a notebook. Both arrive as
 * SIGINT, which ends a Deno kernel unless someone listens.
 */

let requested = false;
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
    if (requested && Deno.stdin.isTerminal()) Deno.exit(130);
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
