/** The notebook kernel that this code may run in, as far as the library needs it. */
import { Session } from "node:inspector";

/** What `Deno.jupyter` offers, or undefined outside of a notebook. */
export function jupyter(): unknown {
  try {
    // Not in Deno's stable types; reading it throws outside of the notebook kernel.
    return (Deno as unknown as { readonly jupyter: unknown }).jupyter;
  } catch {
    return undefined;
  }
}

/** Milliseconds between two looks at whether the kernel rests. */
const LOOK = 20;

/** Looks in a row at rest after which no queued cell is left: they follow within one. */
const LOOKS = 5;

/** Waits for the end of a run of all cells. */
export interface QueueEnd {
  /** Says that a queued cell has just done something, so that others may follow. */
  stir(): void;
}

/**
 * Calls back when the kernel has rested for a tenth of a second: cells that were queued follow each
 * other within a few milliseconds, and a person takes longer to start another. The kernel does not
 * say which cells were queued.
 *
 * @param working whether something of the library is under way
 */
export function whenQueueEnds(working: () => boolean, done: () => void): QueueEnd {
  let looks = 0;
  const stir = () => void (looks = 0);
  const cells = new CellWatch(stir);
  const timer = setInterval(() => {
    looks = working() || cells.running ? 0 : looks + 1;
    if (looks < LOOKS) return;
    clearInterval(timer);
    cells.close();
    done();
  }, LOOK);
  return { stir };
}

/**
 * Sees cells start and end. The kernel evaluates a script for each cell and another, which hands
 * its result or error on, at its end. The inspector tells of both, and of those before it was
 * asked.
 */
class CellWatch {
  readonly #session = new Session();
  #started = false;
  #ends = 0;

  constructor(onChange: () => void) {
    this.#session.connect();
    this.#session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
      if (url !== "") return; // a module
      this.#session.post("Debugger.getScriptSource", { scriptId }, (error, script) => {
        if (error) return;
        this.#hear(script.scriptSource);
        onChange();
      });
    });
    this.#session.post("Debugger.enable");
  }

  /** Whether a cell runs; false as long as no end was seen, without which it would run for ever. */
  get running(): boolean {
    return this.#started && this.#ends > 0;
  }

  close(): void {
    this.#session.disconnect();
  }

  #hear(source: string): void {
    if (source.startsWith("'use strict'; void 0;")) this.#started = true;
    else if (/^\((async function \(execution_count|function\(object\))/.test(source)) {
      this.#started = false;
      this.#ends++;
    }
  }
}
