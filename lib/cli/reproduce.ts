/** `deno task reproduce`: the main job, from a bare clone to executed notebooks and figures. */
import { renderAll } from "../report/rendered.ts";
import { denoVersion, machineName } from "../results/provenance.ts";
import { executeNotebooks } from "./execute.ts";
import { runCommand } from "./main.ts";

/** A line with the minutes since the start. */
function say(text: string): void {
  const seconds = Math.round(performance.now() / 1000);
  console.log(`[${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}] ${text}`);
}

await runCommand(async () => {
  say(`Deno ${denoVersion()} on ${machineName()}`);
  say("Figures and tables from the recorded runs");
  await renderAll((name) => say(`  ${name}`));
  say("Notebooks, executed by the Deno kernel");
  await executeNotebooks({ atOnce: Math.min(2, navigator.hardwareConcurrency) }, say);
  say("Done. Read them in notebooks/, or in a browser from results/html/index.html.");
});
