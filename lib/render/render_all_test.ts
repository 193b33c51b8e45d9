import assert from "node:assert/strict";
import { projectPath } from "../base/files.ts";
import { renderedTables } from "./render_all.ts";

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
