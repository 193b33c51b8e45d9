/** Errors of promises that a cell forgot to await: by itself the kernel hides them. */
import { jupyter } from "../base/notebook_kernel.ts";

/** What publishes an error under the cell that runs; `Deno.jupyter` has it. */
interface ErrorFrontend {
  broadcast(
    type: "error",
    content: {
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    },
  ): void;
}

/** Shows the error of a promise that nothing awaits under the cell that runs, in a notebook. */
export function reportForgotten(): void {
  const frontend = jupyter() as ErrorFrontend | undefined;
  if (!frontend) return;
  addEventListener("unhandledrejection", (event) => {
    if (event.defaultPrevented) return; // somebody reports it already
    event.preventDefault();
    const { reason } = event;
    const { name, message, stack } = reason instanceof Error ? reason : new Error(String(reason));
    const traceback = String(stack).split("\n");
    frontend.broadcast("error", { ename: name, evalue: message, traceback });
  });
}
