/** Executing notebooks from a terminal: a line a cell, Ctrl-C, and failures in plain words. */
import { onEnding } from "../base/interrupt.ts";
import { basename } from "../base/paths.ts";
import {
  NotebookProblems,
  type NotebooksOptions,
  runNotebooks,
} from "../notebook/project_notebooks.ts";
import { CellError } from "../notebook/client/run_notebook.ts";

/**
 * Executes notebooks as {@linkcode runNotebooks} does. Ctrl-C or SIGTERM stops the running
 * cell so that a training in it saves its state, and ends the process with exit code 130 or 143; a
 * failing cell is printed with its error and ends it with exit code 1.
 *
 * @param say told a line for every cell that starts and every notebook that is done
 * @throws BadInput for a wrong name, parameter or file
 */
export async function executeNotebooks(
  options: Omit<NotebooksOptions, "signal" | "onCell" | "onWait">,
  say: (line: string) => void,
): Promise<void> {
  const stop = new AbortController();
  let exitCode = 0;
  const endings = onEnding((ending) => {
    exitCode = ending.exitCode;
    stop.abort();
  });
  try {
    const results = await runNotebooks({
      ...options,
      signal: stop.signal,
      onWait: say,
      onCell: ({ file, cell, total, line }) => {
        if (cell <= total) say(`${file}  ${cell}/${total}  ${line.slice(0, 60)}`);
      },
    });
    for (const { path, seconds, changed, leftOut } of results) {
      say(`${basename(path)}  ${seconds.toFixed(1)} s, ${changed ? "written" : "unchanged"}`);
      if (leftOut.length === 0) continue;
      say("  edited or removed while it ran, so without new output; run it again:");
      for (const line of leftOut) say(`    ${line.slice(0, 80)}`);
    }
  } catch (error) {
    if (stop.signal.aborted) {
      console.error("Stopped. A notebook that was running is as it was.");
      Deno.exit(exitCode);
    }
    if (!(error instanceof CellError || error instanceof NotebookProblems)) throw error;
    if (error instanceof CellError) console.error(`\n${error.source.replaceAll(/^/gm, "    ")}\n`);
    console.error(`error: ${error.message}`);
    Deno.exit(1);
  } finally {
    endings.release(); // it would keep the process
  }
}
