import assert from "node:assert/strict";
import { projectPath } from "../../base/files.ts";
import { basename } from "../../base/paths.ts";
import { parseNotebook } from "../../notebook/file/ipynb.ts";
import { collection } from "../collection.ts";
import { type Diagnostic, startLanguageServer } from "./language_server.ts";

function inWords(path: string, cells: readonly Diagnostic[][]): string[] {
  return cells.flatMap((found, i) =>
    found.map(({ source, message, range }) =>
      `${basename(path)}, code cell ${i + 1}, line ${range.start.line + 1}: ${source}: ${message}`
    )
  );
}

Deno.test("an editor underlines nothing in the notebooks, and what is wrong", async () => {
  const server = await startLanguageServer();
  try {
    const underlined: string[] = [];
    for (const path of await collection()) {
      const { cells } = parseNotebook(await Deno.readTextFile(path), path);
      const code = cells.flatMap((cell) => cell.cell_type === "code" ? cell.source : []);
      underlined.push(...inWords(path, await server.diagnosticsOf(path, code)));
    }
    assert.deepEqual(underlined, []);

    const wrong = projectPath("notebooks", "wrong.ipynb");
    const [type, name] = await server.diagnosticsOf(wrong, [
      'import { data } from "../lib/mod.ts";\nconst clicks: number = data("synthetic");',
      'import { dta } from "../lib/mod.ts";\ndta("synthetic");',
    ]);
    assert.match(
      inWords(wrong, [type!]).join("\n"),
      /line 2: deno-ts: Type '.*' is not assignable/,
    );
    assert.match(inWords(wrong, [name!]).join("\n"), /'dta'/);
  } finally {
    await server.stop();
  }
});
