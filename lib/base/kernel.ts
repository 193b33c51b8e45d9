/** The notebook kernel that this code may run in, as far as the library needs it. */

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

/** Looks in a row without work after which no queued cell is left: they follow within one. */
const LOOKS = 5;

/** Waits for the end of a run of all cells. */
export interface QueueEnd {
  /** Says that a queued cell has just done something, so that others may follow. */
  stir(): void;
}

/**
 * Calls back when the kernel has rested for a tenth of a second: cells that were queued follow each
 * other within a few milliseconds, and a person takes longer to start another. The kernel does not
 * say which cells were queued. A cell that only waits looks like rest, but its end is heard.
 *
 * @param working whether something of the library is under way
 */
export function whenQueueEnds(working: () => boolean, done: () => void): QueueEnd {
  let looks = 0;
  const stir = () => void (looks = 0);
  const unhook = onCellEnd(stir);
  const timer = setInterval(() => {
    looks = working() ? 0 : looks + 1;
    if (looks < LOOKS) return;
    clearInterval(timer);
    unhook();
    done();
  }, LOOK);
  return { stir };
}

/** The function that the kernel calls with each cell's result; internal to Deno, so it may go. */
interface Results {
  broadcastResult?: (count: number, result: unknown) => Promise<void>;
}

/** Hears of every cell that ends without an error, until the returned function is called. */
function onCellEnd(heard: () => void): () => void {
  const deno = Deno as unknown as
    & { readonly internal: symbol }
    & Record<
      symbol,
      { readonly jupyter?: Results } | undefined
    >;
  const results = deno[deno.internal]?.jupyter;
  const broadcast = results?.broadcastResult;
  if (!results || !broadcast) return () => {};
  results.broadcastResult = (count, result) => {
    heard();
    return broadcast(count, result);
  };
  return () => void (results.broadcastResult = broadcast);
}
