/** `deno task figures`: every figure and table from the recorded runs alone. */
import { BadInput } from "../base/bad_input.ts";
import { renderAll, renderedFigures } from "../render/render_all.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";

const usage = `deno task figures [names…] [options]

Renders every figure and every table, or those that are named, to figures/ and tables/ of the
results folder, from the recorded runs in it. What has no runs there is left out, and named.

  --png                  figures also as PNG (one that is there already is always drawn anew)
  ${resultsUsage}`;

await runCommand(async () => {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options: {
      png: { type: "boolean", default: false },
      ...resultsOption,
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  useResults(values);
  if (
    values.png && names.length > 0 && !names.some((name) => Object.hasOwn(renderedFigures, name))
  ) {
    throw new BadInput("tables have no PNG", "--png", names.join(", "), "Leave --png out.");
  }
  const leftOut = await renderAll({ names, png: values.png, written: console.log });
  if (leftOut.size === 0) return;
  console.error(`left out: ${[...leftOut.keys()].join(", ")}`);
  for (const why of new Set(leftOut.values())) console.error(`  ${why}`);
  if (names.length > 0 || !Deno.env.has("REMI_RESULTS")) Deno.exitCode = 1;
});
