/** `deno task reproduce`: the main job, from a bare clone to executed notebooks and figures. */
import { basename } from "../base/paths.ts";
import { NotebookProblems, runNotebooks } from "../notebook/notebooks.ts";
import { CellError } from "../notebook/run.ts";
import { renderAll } from "../report/rendered.ts";
import { denoVersion, machineName } from "../results/provenance.ts";
import { runCommand } from "./main.ts";

/** A heading with the minutes since the start. */
function say(text: string): void {
  const seconds = Math.round(performance.now() / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  console.log(`[${clock}] ${text}`);
}

await runCommand(async () => {
  say(`Deno ${denoVersion()} on ${machineName()}`);
  say("Figures and tables from the recorded runs");
  await renderAll((name) => say(`  ${name}`));
  say("Notebooks, executed by the Deno kernel");
  const atOnce = Math.min(2, navigator.hardwareConcurrency);
  const ended = new AbortController();
  Deno.addSignalListener("SIGINT", () => ended.abort(new Error("stopped by hand")));
  try {
    const results = await runNotebooks({
      atOnce,
      signal: ended.signal,
      onCell: ({ file, cell, total, line }) => {
        if (cell <= total) say(`  ${file} ${cell}/${total}  ${line.slice(0, 60)}`);
      },
    });
    for (const { path, seconds } of results) say(`${basename(path)}: ${seconds.toFixed(0)} s`);
  } catch (error) {
    if (!(error instanceof CellError || error instanceof NotebookProblems)) throw error;
    console.error(`error: ${error.message}`);
    Deno.exit(1);
  }
  say("Done. Read them in notebooks/, or in a browser from results/html/index.html.");
  Deno.exit(); // the SIGINT listener would keep the process
});
