/** `deno task reproduce`: the main job, from a bare clone to executed notebooks and figures. */
import { BadInput } from "../base/bad_input.ts";
import { shownPath } from "../base/files.ts";
import { join } from "../base/paths.ts";
import { pagesFolder } from "../notebook/page/page.ts";
import { writePlayground } from "../playground/page/playground_html.ts";
import { renderAll } from "../render/render_all.ts";
import { denoVersion, machineName } from "../train/provenance.ts";
import { executeNotebooks } from "./execute.ts";
import { writeSlides } from "../render/slides/slides_page.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task reproduce

The main job: renders every figure and table and the slides from the recorded runs, makes the
playground, then executes every notebook with the Deno kernel and writes a page of each to
results/html.`;

/** A line with the minutes since the start. */
function say(text: string): void {
  const seconds = Math.round(performance.now() / 1000);
  console.log(`[${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}] ${text}`);
}

await runPlainCommand(usage, async () => {
  say(`Deno ${denoVersion()} on ${machineName()}`);
  say("Figures and tables from the recorded runs");
  const leftOut = await renderAll({ written: (name) => say(`  ${name}`) });
  for (const [name, why] of leftOut) say(`  ${name} left out: ${why}`);
  say("Slides");
  await writeSlides().catch((error) => {
    if (!(error instanceof BadInput)) throw error;
    say(`  left out: ${error.message}`);
  });
  say("The playground");
  await writePlayground();
  say("Notebooks, executed by the Deno kernel");
  await executeNotebooks({ atOnce: Math.min(2, navigator.hardwareConcurrency) }, say);
  const index = join(pagesFolder(), "index.html");
  say(`Done. Read them in notebooks/, or in a browser from ${shownPath(index)}.`);
});
