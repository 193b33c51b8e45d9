/**
 * Stopping by hand: Ctrl-C in a terminal, the stop button in a notebook. Both arrive as SIGINT.
 *
 * In a notebook stop means the run of all cells, but Deno's kernel goes on with those that are
 * queued. So after a stop the library refuses to work until the queue is over.
 */
import { jupyter, type QueueEnd, whenQueueEnds } from "./kernel.ts";

/** Milliseconds after which another Ctrl-C is a second one: deno task passes each on once more. */
const ANOTHER = 1000;

/** Ends what was stopped by hand; where it is and how it goes on, without a stack. */
export class Stopped extends Error {
  override name = "Stopped";

  /** @param message where it was stopped, and how to go on */
  constructor(message: string) {
    super(message);
    this.stack = message; // which a kernel shows
  }
}

let requested = false; // and nobody has taken it
let requestedAt = -Infinity;
let queue: QueueEnd | null = null; // in a notebook, from a stop on until no queued cell is left
let underWay = 0; // pieces of the library's work
let trainings = 0; // those among them that take a request themselves, to save first
let listening = false;

/**
 * Starts to listen, once a process; a Deno kernel in which nobody listens goes on after a stop. In
 * a terminal Ctrl-C ends the process at once unless a training has to save; a second one does too.
 */
export function listenForInterrupts(): void {
  if (listening) return;
  listening = true;
  Deno.addSignalListener("SIGINT", () => {
    const since = performance.now() - requestedAt;
    if (since < ANOTHER) return;
    const inTerminal = jupyter() === undefined;
    if (inTerminal && (trainings === 0 || since < Infinity)) Deno.exit(130);
    requested = true;
    requestedAt = performance.now();
    if (inTerminal) return;
    queue ??= whenQueueEnds(() => underWay > 0, () => {
      queue = null;
      forget();
    });
    queue.stir();
  });
}

function forget(): void {
  requested = false;
  requestedAt = -Infinity;
}

/** Whether someone asked for a stop that nobody has taken yet. */
export function interruptRequested(): boolean {
  return requested;
}

/**
 * Work that asks {@linkcode interruptRequested} itself, so that it can save; nothing that it calls
 * is stopped on the way.
 */
export async function savingWhenStopped<T>(work: () => Promise<T>): Promise<T> {
  listenForInterrupts();
  trainings++;
  try {
    return await working(work());
  } finally {
    trainings--;
    if (!queue) forget();
    else requested = false;
  }
}

/** Lets signals, timers and the kernel's messages in; `await null` would not. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

let breathed = 0;

/** Milliseconds of work between two chances for a stop. */
const BREATH = 100;

/**
 * A chance to stop inside long work: cheap, so that every turn of a loop may take it.
 *
 * @param what the work, "the evaluation"
 * @throws {Stopped} if someone asked for it
 */
export async function chanceToStop(what: string): Promise<void> {
  if (performance.now() - breathed > BREATH) {
    await breathe();
    breathed = performance.now();
  }
  if (!requested || trainings > 0) return;
  requested = false;
  throw new Stopped(`Stopped by hand during ${what}. Running this cell again begins it anew.`);
}

/**
 * Refuses to begin something in a cell that was queued when another was stopped.
 *
 * @throws {Stopped} until the queue is over; never outside of a notebook
 */
export function refuseIfStopped(): void {
  if (!queue) return;
  queue.stir();
  requested = false;
  throw new Stopped("Not run: stopped above. Run this cell again when you want it.");
}

/** Work of the library in a cell: while it lasts, so does a stop. */
export async function working<T>(work: Promise<T>): Promise<T> {
  underWay++;
  try {
    return await work;
  } finally {
    underWay--;
    queue?.stir();
  }
}
