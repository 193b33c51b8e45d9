import assert from "node:assert/strict";
import { exists, projectPath } from "../base/files.ts";
import { inFolder } from "../testing/in_folder.ts";
import { renderAll, renderedTables } from "./render_all.ts";

/** The rows of a Markdown table, whatever its columns are padded to. */
function rowsOf(markdown: string): string[] {
  return markdown.split("\n").filter((line) => line.startsWith("|") && !/^\|[ :-]+\|/.test(line))
    .map((line) => line.replaceAll(/\s*\|\s*/g, "|"));
}

Deno.test("the README shows the tables as they are rendered from the recorded runs", async () => {
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

Deno.test("another results folder is drawn from and to alone; what it lacks is said", () =>
  inFolder(async (folder) => {
    Deno.env.set("REMI_RESULTS", folder);
    try {
      const names = ["framework", "books-metrics", "books-results"];
      const leftOut = await renderAll({ names });
      assert.deepEqual([...leftOut.keys()], ["books-metrics", "books-results"]);
      for (const why of leftOut.values()) assert.match(why, /no recorded run fits/);
      const files = Array.from(Deno.readDirSync(`${folder}/figures`), ({ name }) => name).sort();
      assert.deepEqual(files, ["framework.json", "framework.svg"]);
      await assert.rejects(() => renderAll({ names: ["unheard"] }), /no such figure.*unheard/);
    } finally {
      Deno.env.delete("REMI_RESULTS");
    }
  }));
