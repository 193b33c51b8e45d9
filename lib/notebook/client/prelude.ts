/** What the client adds to a kernel before the first cell. */

/**
 * Code that makes a headless kernel strict and mortal. An error that nothing awaits (in a timer, or
 * of a promise) is published like a cell's error; by itself the kernel hides the one of a promise
 * and hangs after the one of a timer. On Windows, where nothing else does, it ends itself once its
 * client has ended.
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
  if (Deno.build.os === "windows") {
    const { kill } = await import("node:process");
    setInterval(() => {
      try {
        kill(Deno.ppid, 0);
      } catch {
        Deno.exit();
      }
    }, 1000);
  }
}`;
