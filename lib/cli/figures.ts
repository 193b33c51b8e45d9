/** `deno task figures`: every figure and table from the recorded runs alone. */
import { BadInput } from "../base/bad_input.ts";
import { resultsPath, shownPath } from "../base/files.ts";
import { renderAll, renderAlone, renderedFigures } from "../render/render_all.ts";
import { parseArgs, resultsOption, resultsUsage, runCommand, useResults } from "./main.ts";

const usage = `deno task figures [names…] [options]

Renders every figure and every table, or those that are named, to figures/ and tables/ of the
results folder, from the recorded runs in it. What has no runs there is left out, and named. All of
them together get an index: figures/README.md, and the page html/figures.html.

  --png                  figures also as PNG (one that is there already is always drawn anew)
  --plain                one figure alone without its title, as SVG, PNG and PDF (by Chromium or
                         Chrome), in figures/alone/
  --size 16:9            one figure alone in this shape, likewise; together with --plain too
  ${resultsUsage}`;

await runCommand(async () => {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options: {
      png: { type: "boolean", default: false },
      plain: { type: "boolean", default: false },
      size: { type: "string" },
      ...resultsOption,
      help: { type: "boolean", default: false, short: "h" },
    },
  }, { excludes: { plain: ["png"], size: ["png"] } });
  if (values.help) return console.log(usage);
  useResults(values);
  const { plain, size } = values;
  if (plain || size !== undefined) {
    const [name, ...more] = names;
    if (name === undefined || more.length > 0) {
      const remedy = "Name one: deno task figures framework --plain.";
      throw new BadInput("not one figure", "names", names.join(", "), remedy);
    }
    for await (const path of renderAlone(name, { plain, size })) console.log(shownPath(path));
    return;
  }
  if (
    values.png && names.length > 0 && !names.some((name) => Object.hasOwn(renderedFigures, name))
  ) {
    throw new BadInput("tables have no PNG", "--png", names.join(", "), "Leave --png out.");
  }
  const leftOut = await renderAll({
    names,
    png: values.png,
    written: (name) => console.log(shownPath(resultsPath(name))),
  });
  if (leftOut.size === 0) return;
  console.error(`left out: ${[...leftOut.keys()].join(", ")}`);
  for (const why of new Set(leftOut.values())) console.error(`  ${why}`);
  if (names.length > 0 || !Deno.env.has("REMI_RESULTS")) Deno.exitCode = 1;
});
