/** What paper gets of a notebook's page: measured in a browser where there is one. */
import assert from "node:assert/strict";
import { join, toFileUrl } from "../../base/paths.ts";
import { findChromium, pagesOfPdf, printPage } from "../../show/picture/print_page.ts";
import { code, notebookOf, withNotebooks } from "../../testing/example_notebooks.ts";
import { writePages } from "./page.ts";

const chromium = await findChromium();

const svg = (fill: string) =>
  `<img alt="bars" src="data:image/svg+xml;charset=utf-8,${
    encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="450"><rect fill="${fill}" ` +
        `width="760" height="450"/></svg>`,
    ).replaceAll("'", "%27")
  }">`;

/** A section as notebooks have it: a question, a cell with its figure, what to see, a solution. */
function section(i: number) {
  const plot = {
    "application/vnd.plotly.v1+json": { data: [{ type: "bar", y: [1] }], layout: { height: 450 } },
    "text/html": svg("red"),
    "text/plain": "bars",
  };
  return [
    `## Question ${i}\n\n${"Some words on it, in a sentence. ".repeat(12)}`,
    {
      ...code("await show(figure.bars(runs));"),
      outputs: [{ output_type: "display_data" as const, data: plot, metadata: {} }],
    },
    `**What to see.** ${"The bars are as long as each other. ".repeat(12)}`,
    `<details><summary>Solution</summary>\n\n${"A long answer.\n\n".repeat(40)}</details>`,
  ];
}

Deno.test({
  name: "twelve figures with their words are a handout of ten pages, solutions folded away" +
    (chromium ? "" : " (skipped: no Chromium found; CHROMIUM can name one)"),
  ignore: !chromium,
  fn: async () => {
    const notebook = notebookOf(
      "# Title",
      ...Array.from({ length: 12 }, (_, i) => section(i)).flat(),
    );
    await withNotebooks({ "00_a.ipynb": notebook }, async (folder) => {
      await writePages([join(folder, "00_a.ipynb")], folder);
      const page = join(folder, "00_a.html");
      const pages = async () => pagesOfPdf(await printPage(toFileUrl(page).href));
      const handout = await pages();
      assert.ok(handout <= 10, `${handout} pages`);
      const html = await Deno.readTextFile(page);
      await Deno.writeTextFile(page, html.replace('type="checkbox"', 'type="checkbox" checked'));
      const withSolutions = await pages();
      assert.ok(withSolutions >= handout + 4, `${handout}, with solutions ${withSolutions}`);
    });
  },
});
