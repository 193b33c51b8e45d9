/** What the client adds to a kernel before the first cell. */

/**
 * Code that makes a headless kernel strict and mortal. An error that nothing awaits (in a timer, or
 * of a promise) is published like a cell's error; by itself the kernel hides the one of a promise
 * and hangs after the one of a timer. A kernel whose client was killed without a chance to end it
 * ends itself.
 */
export const PRELUDE = `{
  const report = (event, error) => {
    event.preventDefault();
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const content = { ename: name, evalue: message, traceback: String(stack).split("\\n") };
    Deno.jupyter.broadcast("error", content);
  };
  addEventListener("error", (event) => report(event, event.error));
  addEventListener("unhandledrejection", (event) => report(event, event.reason));
  const client = Deno.ppid;
  setInterval(() => {
    if (Deno.ppid !== client) Deno.exit();
  }, 1000);
}`;
