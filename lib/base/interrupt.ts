/**
 * Stopping by hand: Ctrl-C in a terminal, the stop button in a notebook. Both arrive as SIGINT. A
 * scheduler that wants its machine back sends SIGTERM.
 *
 * In a terminal both end the process at once, as of any program, unless a training has to save.
 * In a notebook stop means the run of all cells, but Deno's kernel goes on with those that are
 * queued. So after a stop the library refuses to work until the queue is over.
 */
import { removeUnfinished } from "./unfinished.ts";
import { jupyter, type QueueEnd, whenQueueEnds } from "./notebook_kernel.ts";

/** Milliseconds after which another Ctrl-C is a second one: deno task passes each on once more. */
const ANOTHER = 500;

/** What asks a process to end, with the exit codes that shells know. Windows has no SIGTERM. */
const endings: Readonly<Partial<Record<Deno.Signal, number>>> = Deno.build.os === "windows"
  ? { SIGINT: 130 }
  : { SIGINT: 130, SIGTERM: 143 };

/** A request to end the process. */
export interface Ending {
  readonly signal: Deno.Signal;
  /** for Deno.exit */
  readonly exitCode: number;
}

/** Hears of requests to end the process, which is not ended by them until `release` is called. */
export function onEnding(heard: (ending: Ending) => void): { release(): void } {
  const listeners = Object.entries(endings).map(([signal, exitCode]) => {
    const ending = { signal: signal as Deno.Signal, exitCode };
    const listener = () => heard(ending);
    Deno.addSignalListener(ending.signal, listener);
    return () => Deno.removeSignalListener(ending.signal, listener);
  });
  return { release: () => listeners.forEach((remove) => remove()) };
}

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
let answered = false; // a second request
const answers = new Set<{ readonly doing: () => string }>(); // of the trainings under way
let terminated: Ending | null = null; // by SIGTERM, also in a notebook

/**
 * In a notebook, starts to listen, once a process: a Deno kernel in which nobody listens goes on
 * after a stop. In a terminal only trainings listen.
 */
export function listenForInterrupts(): void {
  if (listening || jupyter() === undefined) return;
  listening = true;
  Deno.addSignalListener("SIGINT", () => {
    if (performance.now() - requestedAt < ANOTHER) return;
    request();
    queue ??= whenQueueEnds(() => underWay > 0, () => {
      queue = null;
      forget();
    });
    queue.stir();
  });
}

/**
 * A training hears that the process is to end. A second request is answered; a third ends it at
 * once, and what was being written goes, so that the last that was whole stays.
 */
function hear(ending: Ending): void {
  const inTerminal = jupyter() === undefined;
  if (!inTerminal && ending.signal === "SIGINT") return; // its own listener hears it
  if (ending.signal === "SIGTERM") terminated ??= ending;
  if (performance.now() - requestedAt < ANOTHER) return;
  if (inTerminal && answered) {
    removeUnfinished();
    Deno.exit(ending.exitCode);
  }
  if (inTerminal && requestedAt > -Infinity) {
    answered = true;
    const { doing } = [...answers].at(-1)!;
    console.error(`\n${doing()} A third time ends it at once; the last checkpoint stays.`);
  }
  request();
}

function request(): void {
  requested = true;
  requestedAt = performance.now();
}

function forget(): void {
  requested = false;
  requestedAt = -Infinity;
  answered = false;
}

/** Whether someone asked for a stop that nobody has taken yet. */
export function interruptRequested(): boolean {
  return requested;
}

/**
 * Work that asks {@linkcode interruptRequested} itself, so that it can save; nothing that it calls
 * is stopped on the way.
 *
 * @param doing what it is doing, in a sentence, for who asks a second time
 */
export async function savingWhenStopped<T>(
  work: () => Promise<T>,
  doing: () => string,
): Promise<T> {
  listenForInterrupts();
  const answer = { doing };
  answers.add(answer);
  const endings = onEnding(hear);
  trainings++;
  try {
    return await working(work());
  } finally {
    trainings--;
    answers.delete(answer);
    endings.release();
    if (!queue) forget();
    else requested = false;
  }
}

/** Ends the process, once everything is saved, if it was SIGTERM that asked for it. */
export function endIfTerminated(said: string): void {
  if (!terminated) return;
  console.error(said);
  Deno.exit(terminated.exitCode);
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
