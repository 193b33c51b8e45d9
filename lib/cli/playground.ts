/** `deno task playground`: the page that trains in a browser, as one file. */
import { shownPath } from "../base/files.ts";
import { writePlayground } from "../playground/page/playground_html.ts";
import { runPlainCommand } from "./main.ts";

const usage = `deno task playground

Makes results/html/playground.html: one file in which the fused engine trains, in any current
browser and without a network. Open it, or put it on any web server.`;

await runPlainCommand(usage, async () => {
  const { path, bytes } = await writePlayground();
  console.log(`${shownPath(path)}: ${(bytes / 2 ** 20).toFixed(2)} MiB`);
});
