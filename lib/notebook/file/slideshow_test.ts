import assert from "node:assert/strict";
import { code, notebookOf } from "../../testing/example_notebooks.ts";
import { collection } from "../../testing/collection.ts";
import { readNotebook } from "./ipynb.ts";
import { withSlides } from "./slideshow.ts";

/** What Jupyter knows: https://nbconvert.readthedocs.io, and "-" for a slide that goes on. */
const types = ["slide", "subslide", "fragment", "skip", "notes", "-"];

function typesOf(notebook: ReturnType<typeof notebookOf>): unknown[] {
  return notebook.cells.map(({ metadata }) =>
    (metadata.slideshow as { slide_type?: string } | undefined)?.slide_type
  );
}

Deno.test("headings open slides, figures stand below, what to see is the speaker's", () => {
  const notebook = withSlides(notebookOf(
    "# Title\n\nWords.",
    code("const seed = 1;", "parameters"),
    code('import { show } from "../lib/mod.ts";'),
    "## A question?",
    code("await show(figure.bars());"),
    "**What to see.** Bars.\n\n**An answer.**",
    "**An answer.**",
    "**2. A function.** Write it.",
    "<details><summary>Solution</summary>\n\n4\n\n</details>",
  ));
  const wanted = "slide skip skip slide subslide notes fragment slide skip".split(" ");
  assert.deepEqual(typesOf(notebook), wanted);
  assert.deepEqual(notebook.cells[1]!.metadata.tags, ["parameters"]); // other metadata stay
  assert.deepEqual(withSlides(notebook), notebook);
});

Deno.test("where the project's notebooks are slides, each cell is what the rule says", async () => {
  const wrong: string[] = [];
  let slides = 0;
  for (const path of await collection()) {
    const notebook = await readNotebook(path);
    const found = typesOf(notebook);
    if (found.every((type) => type === undefined)) continue;
    slides++;
    const wanted = typesOf(withSlides(notebook));
    assert.ok(wanted.every((type) => types.includes(String(type))));
    found.forEach((type, i) => {
      if (type !== wanted[i]) wrong.push(`${path}, cell ${i + 1}: ${type}, not ${wanted[i]}`);
    });
  }
  assert.ok(slides > 0);
  assert.deepEqual(wrong, [], "deno task notebooks --format sets them");
});
