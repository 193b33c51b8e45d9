import assert from "node:assert/strict";
import { exists, projectPath } from "../base/files.ts";
import { inFolder } from "../testing/in_folder.ts";
import { findChromium, pagesOfPdf } from "../show/picture/print_page.ts";
import { indexed, writeFigureIndex } from "./figure_index.ts";
import { renderAll, renderAlone, renderedFigures, renderedTables } from "./render_all.ts";
import { testPublished } from "../testing/test_published.ts";
import { withEnv } from "../testing/with_env.ts";

/** The rows of a Markdown table, whatever its columns are padded to. */
function rowsOf(markdown: string): string[] {
  return markdown.split("\n").filter((line) => line.startsWith("|") && !/^\|[ :-]+\|/.test(line))
    .map((line) => line.replaceAll(/\s*\|\s*/g, "|"));
}

const recorded = ["results/runs", "results/users"];

await testPublished("the README shows the tables as they are rendered", recorded, async () => {
  const shown = new Set(rowsOf(await Deno.readTextFile(projectPath("README.md"))));
  const data = ["synthetic", "retailrocket", "gowalla", "books"];
  for (const name of [...data.map((name) => `${name}-results`), "retailrocket-official"]) {
    const rows = rowsOf((await renderedTables[name]!()).toMarkdown());
    assert.deepEqual(rows.filter((row) => !shown.has(row)), [], `README lacks rows of ${name}`);
  }
});

Deno.test("the README's pictures are there, and no other PNG is committed", async () => {
  const readme = await Deno.readTextFile(projectPath("README.md"));
  const shown = Array.from(
    readme.matchAll(/results\/figures\/([\w-]+)\.png/g),
    ([, name]) => name!,
  );
  assert.ok(shown.length > 0);
  for (const name of shown) assert.ok(await exists(projectPath("results/figures", `${name}.png`)));
  const ignored = await Deno.readTextFile(projectPath(".gitignore"));
  assert.deepEqual(
    Array.from(ignored.matchAll(/^!results\/figures\/(.*)\.png$/gm), ([, name]) => name),
    [...new Set(shown)],
  );
});

/** Runs a test with an empty folder of results. */
function inResults(test: (folder: string) => Promise<void>): Promise<void> {
  return inFolder((folder) => withEnv({ REMI_RESULTS: folder }, () => test(folder)));
}

Deno.test("another results folder is drawn from and to alone; what it lacks is said", () =>
  inResults(async (folder) => {
    const names = ["framework", "books-metrics", "books-results"];
    const leftOut = await renderAll({ names });
    assert.deepEqual([...leftOut.keys()], ["books-metrics", "books-results"]);
    for (const why of leftOut.values()) assert.match(why, /no recorded run fits/);
    const files = Array.from(Deno.readDirSync(`${folder}/figures`), ({ name }) => name).sort();
    assert.deepEqual(files, ["framework.json", "framework.svg"]);
    await assert.rejects(() => renderAll({ names: ["unheard"] }), /no such figure.*unheard/);
  }));

Deno.test("one figure alone: its words gone, its shape as asked, what cannot be is refused", () =>
  inResults(async (folder) => {
    const alone = async (...args: Parameters<typeof renderAlone>) => {
      for await (const path of renderAlone(...args)) written.push(path);
    };
    const written: string[] = [];
    await assert.rejects(() => alone("unheard", {}), /no such figure.*unheard/);
    await assert.rejects(() => alone("framework", { size: "wide" }), /--size: not a shape/);
    const browser = await findChromium();
    const rendered = alone("framework", { plain: true, size: "16:9" });
    if (browser) await rendered;
    else await assert.rejects(rendered, /no browser that prints it/);
    const stem = `${folder}/figures/alone/framework-plain-16x9`;
    const endings = ["svg", "png", ...browser ? ["pdf"] : []]; // told as far as they are there
    assert.deepEqual(written, endings.map((ending) => `${stem}.${ending}`));
    const svg = await Deno.readTextFile(`${stem}.svg`);
    const [, width, height] = svg.match(/width="([\d.]+)" height="([\d.]+)"/)!;
    assert.ok(Math.abs(Number(width) / Number(height) - 16 / 9) < 0.01);
    assert.ok(await exists(`${stem}.png`));
    if (browser) assert.equal(pagesOfPdf(await Deno.readFile(`${stem}.pdf`)), 1);
  }));

Deno.test("the index names each figure, what it says, its data and its command", () =>
  inResults(async (folder) => {
    const figure = await renderedFigures["framework"]!();
    await renderAll({ names: ["framework"] });
    await writeFigureIndex([indexed("framework", figure)]);
    const { finding } = figure.layout.meta as { finding: string };
    const markdown = await Deno.readTextFile(`${folder}/figures/README.md`);
    assert.match(markdown, /<img src="framework\.svg".*\| `deno task figures framework` \|/);
    assert.ok(markdown.includes(`**${finding}**`));
    const page = await Deno.readTextFile(`${folder}/html/figures.html`);
    assert.match(page, /<li id="framework"><img alt="[^"]+" src="data:image\/svg\+xml/);
  }));

Deno.test("the committed index lists the figures that there are", async () => {
  const index = await Deno.readTextFile(projectPath("results/figures/README.md"));
  const listed = Array.from(index.matchAll(/<img src="([\w-]+)\.svg"/g), ([, name]) => name!);
  assert.ok(listed.length > 0);
  assert.deepEqual(listed.filter((name) => !Object.hasOwn(renderedFigures, name)), []);
});
